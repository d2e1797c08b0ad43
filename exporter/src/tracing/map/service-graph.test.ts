import { describe, expect, it } from '@jest/globals';
import { manualClock } from '../../../test/support/clock.ts';
import { SPAN_AT, spanIdOf, spanRecord } from '../../../test/support/span-record.ts';
import {
  SERVICE_GRAPH_FAILED,
  SERVICE_GRAPH_REQUESTS,
  SERVICE_GRAPH_SECONDS,
} from '../../metrics/catalogue/traces.ts';
import { createMetrics } from '../../metrics/registry.ts';
import type { SpanRecord } from '../../trace/span-record.ts';
import { createMessageTraffic } from './message-traffic.ts';
import { createServiceGraph, type ServiceGraphOptions } from './service-graph.ts';
import { NOTHING_KNOWN } from './topology.ts';

const MINUTE = 60_000;

function graphOf(options: Partial<ServiceGraphOptions> = {}) {
  const clock = manualClock(SPAN_AT);
  const metrics = createMetrics({ defaultMetrics: false });
  const messages = createMessageTraffic();
  const graph = createServiceGraph({
    metrics,
    clock,
    topology: () => NOTHING_KNOWN,
    places: () => new Map(),
    messages,
    ...options,
  });
  clock.advance(MINUTE);
  const end = (...spans: SpanRecord[]): void => {
    for (const span of spans) graph.sink.ended(span);
  };
  const map = (from = SPAN_AT, to = SPAN_AT + MINUTE) => graph.map(from, to);
  const edges = () => map().edges.map(({ client, server, requests }) => `${client} → ${server}: ${requests}`);
  return { clock, metrics, messages, graph, end, map, edges };
}

const server = (id: number, changes: Parameters<typeof spanRecord>[0] = {}) =>
  spanRecord({ spanId: spanIdOf(id), kind: 'server', ...changes });
const client = (id: number, changes: Parameters<typeof spanRecord>[0] = {}) =>
  spanRecord({ spanId: spanIdOf(id), kind: 'client', service: 'valtronics-exporter', ...changes });

describe('calls', () => {
  it('come from clients where a server span has no caller, by their agent where that is known', () => {
    const { end, edges } = graphOf();
    const agent = (name: string) => ({ attributes: { 'user_agent.original': name } });
    end(
      server(1),
      server(2, agent('curl/8')),
      server(3, agent('Prometheus/3.0')),
      server(4, agent('Grafana/12')),
    );
    expect(edges()).toEqual([
      'client → valtronics-gateway: 2',
      'prometheus → valtronics-gateway: 1',
      'grafana → valtronics-gateway: 1',
    ]);
  });

  it('go to whom a client span names', () => {
    const { end, edges } = graphOf({ places: () => new Map([['api:8000', 'valtronics-api']]) });
    end(
      client(1, { attributes: { 'db.system.name': 'postgresql' } }),
      client(2, { attributes: { 'db.system.name': 'redis' } }),
      client(3, { attributes: { 'messaging.system': 'mqtt' } }),
      client(4, { attributes: { 'server.address': 'api', 'server.port': 8000 } }),
      client(5, { attributes: { 'server.address': 'hooks.example.com', 'server.port': 443 } }),
      client(6, { attributes: { 'peer.service': 'other' } }),
      client(7, { service: 'valtronics-gateway', attributes: { 'server.address': 'x' } }),
      client(8),
    );
    expect(edges()).toEqual([
      'valtronics-exporter → postgres: 1',
      'valtronics-exporter → redis: 1',
      'valtronics-exporter → broker: 1',
      'valtronics-exporter → valtronics-api: 1',
      'valtronics-exporter → hooks.example.com: 1',
      'valtronics-exporter → other: 1',
      'valtronics-gateway → valtronics-api: 1',
    ]);
  });

  it('are one where both sides have a span, whichever ends first', () => {
    const { end, edges, clock } = graphOf();
    const attributes = { 'server.address': 'gateway', 'server.port': 8002 };
    end(server(2, { parentSpanId: spanIdOf(1) }), client(1, { attributes }));
    end(client(3, { attributes: { 'peer.service': 'valtronics-gateway' } }));
    end(server(4, { parentSpanId: spanIdOf(3) }));
    clock.advance(20_000);
    expect(edges()).toEqual(['valtronics-exporter → valtronics-gateway: 2']);
  });

  it('come from outside where no span of the caller ends within ten seconds', () => {
    const { end, edges, clock } = graphOf();
    end(server(2, { parentSpanId: spanIdOf(1) }));
    clock.advance(9_999);
    expect(edges()).toEqual([]);
    clock.advance(1);
    expect(edges()).toEqual(['client → valtronics-gateway: 1']);
  });

  it('are neither pieces of work nor messages, of which only a few have a span', () => {
    const { end, edges } = graphOf();
    const attributes = { 'messaging.system': 'mqtt', 'messaging.batch.message_count': 40 };
    end(server(1, { kind: 'consumer', service: 'valtronics-exporter', attributes }));
    end(server(2, { kind: 'internal' }));
    expect(edges()).toEqual([]);
  });

  it('fail with 5xx or without an answer, not with 4xx', () => {
    const { end, map } = graphOf();
    const answered = (status: number) => ({ attributes: { 'http.response.status_code': status } });
    end(server(1, answered(200)), server(2, { ...answered(404), status: 'error' }), server(3, answered(502)));
    end(server(4, { status: 'error' }));
    expect(map().edges).toMatchObject([{ requests: 4, failed: 2, errorRate: 0.5 }]);
  });

  it('are counted under names that dashboards know, with kept traces as exemplars', () => {
    const { end, graph, metrics } = graphOf();
    const failed = client(1, { status: 'error', attributes: { 'db.system.name': 'redis' } });
    end(failed, server(2));
    graph.sink.kept([failed, server(2), server(3, { kind: 'internal' })]);
    const labels = { client: 'valtronics-exporter', server: 'redis' };
    expect(metrics.samples(SERVICE_GRAPH_REQUESTS)).toContainEqual({ labels, value: 1 });
    expect(metrics.samples(SERVICE_GRAPH_FAILED)).toContainEqual({ labels, value: 1 });
    const exemplars = metrics.samples(SERVICE_GRAPH_SECONDS).flatMap(({ exemplar }) => exemplar ?? []);
    expect(exemplars.map(({ labels: of }) => of['span_id'])).toEqual([spanIdOf(1), spanIdOf(2)]);
  });

  it('beyond the most edges are counted together', () => {
    const { end, edges } = graphOf({ maxEdges: 2 });
    for (const name of ['a', 'b', 'c', 'd']) end(client(1, { attributes: { 'server.address': name } }));
    expect(edges()).toEqual(['valtronics-exporter → a: 1', 'valtronics-exporter → b: 1', 'other → other: 2']);
  });
});

describe('the map', () => {
  it('has rate, errors and p95 of the window, of edges and of whom they lead to', () => {
    const { end, map } = graphOf();
    for (let id = 1; id <= 60; id++)
      end(server(id, { duration: id <= 50 ? 4000 : 40_000, status: id <= 6 ? 'error' : 'unset' }));
    const figures = { rate: 1, errorRate: 0.1, p95Ms: expect.closeTo(42.5, 5) };
    expect(map()).toEqual({
      nodes: [
        { id: 'client', title: 'clients', type: 'client', rate: null, errorRate: null, p95Ms: null },
        { id: 'valtronics-gateway', title: 'gateway', type: 'gateway', ...figures },
      ],
      edges: [
        {
          ...{ client: 'client', server: 'valtronics-gateway', kind: 'calls', unmeasured: null },
          ...{ ...figures, requests: 60, failed: 6 },
        },
      ],
      windowSeconds: 60,
    });
  });

  it('shows what is known and not measured, without figures', () => {
    const devices = new Map([
      ['sensor', 812],
      ['', 3],
    ]);
    const topology = {
      exporter: 'valtronics-exporter',
      gateway: true,
      api: true,
      postgres: true,
      redis: true,
      broker: true,
      devices,
    };
    const { end, map, messages } = graphOf({ topology: () => topology });
    end(server(1));
    messages.received('subscribe', SPAN_AT);
    const { nodes, edges } = map();
    expect(edges.map((edge) => [edge.client, edge.server, edge.rate !== null])).toEqual([
      ['client', 'valtronics-gateway', true],
      ['valtronics-gateway', 'valtronics-api', false],
      ['valtronics-api', 'postgres', false],
      ['valtronics-api', 'redis', false],
      ['valtronics-api', 'broker', false],
      ['broker', 'valtronics-exporter', false],
      ['devices:sensor', 'broker', false],
      ['devices:', 'broker', false],
    ]);
    messages.listening(true, SPAN_AT);
    expect(map().edges).toContainEqual(
      expect.objectContaining({ client: 'broker', kind: 'messages', rate: 1 / 60, requests: 1 }),
    );
    expect(nodes).toContainEqual(
      expect.objectContaining({ id: 'devices:sensor', title: 'sensor', type: 'devices', devices: 812 }),
    );
    expect(nodes.map(({ type }) => type)).toEqual([
      ...['client', 'gateway', 'service', 'database', 'cache', 'broker', 'service', 'devices', 'devices'],
    ]);
  });

  it('puts rare types of devices together', () => {
    const devices = new Map(Array.from({ length: 14 }, (_, index) => [`type${index}`, 20 - index]));
    const { map } = graphOf({ topology: () => ({ ...NOTHING_KNOWN, broker: true, devices }) });
    const { nodes } = map();
    expect(nodes.filter(({ type }) => type === 'devices')).toHaveLength(11);
    expect(nodes).toContainEqual(expect.objectContaining({ id: 'devices:other', devices: 10 + 9 + 8 + 7 }));
  });

  it('counts the minutes of its window alone, and forgets after six hours', () => {
    const { end, map, clock } = graphOf();
    end(server(1));
    clock.advance(10 * MINUTE);
    end(server(2, { at: 10 * MINUTE }));
    const requests = (from: number, to: number) => map(SPAN_AT + from, SPAN_AT + to).edges[0]?.requests;
    expect(requests(0, 11 * MINUTE)).toBe(2);
    expect(requests(5 * MINUTE, 11 * MINUTE)).toBe(1);
    expect(requests(MINUTE, 5 * MINUTE)).toBeUndefined();
    clock.advance(6 * 60 * MINUTE);
    end(server(3, { at: 6 * 60 * MINUTE }));
    expect(requests(0, 7 * 60 * MINUTE)).toBe(1);
  });

  it('says how long it has counted, where that is less than the window', () => {
    const { map, clock } = graphOf();
    expect(map(0, SPAN_AT + MINUTE).windowSeconds).toBe(60);
    clock.advance(29 * MINUTE);
    expect(map(0, SPAN_AT + 100 * MINUTE).windowSeconds).toBe(30 * 60);
    expect(map(SPAN_AT + 90 * MINUTE, SPAN_AT + 100 * MINUTE).edges).toEqual([]);
  });
});
