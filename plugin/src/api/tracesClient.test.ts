import { describe, expect, it } from '@jest/globals';
import { NO_TRACE_FILTER } from '../domain/traces/traceFilter';
import { exporterFails, exporterRoute, fakeGrafana, ok } from '../test-support/fakeGrafana';
import { jaegerSpan, jaegerTrace, traceItem, traceRoute } from '../test-support/traceAnswers';
import { createTracesClient, type TraceQuery } from './tracesClient';

const AT = Date.parse('2026-11-23T12:00:00Z');
const ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const client = createTracesClient('http://exporter');
const QUERY: TraceQuery = { filter: NO_TRACE_FILTER, order: 'newest' };
const says = (status: number, code: string, message: string) =>
  exporterFails({ status, body: { error: { code, message } } });

describe('the client of traces', () => {
  it('reads traces with where they come from', async () => {
    const failed = traceItem(ID, AT, { status: 'error', error: 'HTTP 500', httpStatus: 500, deviceId: 'd' });
    fakeGrafana(traceRoute({ items: [failed], source: 'jaeger', kept: 7, problem: 'it was down' }));
    expect(await client.search(QUERY, 10)).toMatchObject({
      ...{ source: 'jaeger', kept: 7, oldest: AT, problem: 'it was down' },
      items: [
        {
          ...{ traceId: ID, start: AT, duration: 20, isFailed: true, error: 'HTTP 500', httpStatus: 500 },
          ...{ deviceId: 'd', correlationId: null, services: ['valtronics-gateway'] },
        },
      ],
    });
  });

  it('asks with every part of the filter and the time, and with nothing else', async () => {
    const grafana = fakeGrafana(traceRoute({ items: [] }));
    const filter = {
      ...{ service: 's', operation: 'GET /a&b/{id}', minDuration: 250, device: 'd 1', correlation: 'c' },
    };
    await client.search({ filter, span: { from: AT, to: AT + 1000 }, failedOnly: true, order: 'slowest' }, 5);
    await client.search(QUERY, 10);
    await client.map({ from: AT, to: AT + 1000 });
    const asked = grafana.requests.map(({ url }) => {
      const { pathname, searchParams } = new URL(url, 'http://grafana');
      return { path: /traces.*$/.exec(pathname)?.[0], ...Object.fromEntries(searchParams) };
    });
    const times = { from: '2026-11-23T12:00:00.000Z', to: '2026-11-23T12:00:01.000Z' };
    expect(asked).toEqual([
      {
        ...{ path: 'traces', service: 's', operation: 'GET /a&b/{id}', minDurationMs: '250', device: 'd 1' },
        ...{ correlation: 'c', errors: 'true', order: 'slowest', limit: '5', ...times },
      },
      { path: 'traces', order: 'newest', limit: '10' },
      { path: 'traces/map', ...times },
    ]);
  });

  it('reads the spans of a trace by their begin, with parents, links, events and failures', async () => {
    const spans = [
      jaegerSpan('b', AT + 1.5, 10.25, {
        operationName: 'SELECT devices',
        processID: 'p2',
        references: [
          { refType: 'CHILD_OF', traceID: ID, spanID: 'a' },
          { refType: 'FOLLOWS_FROM', traceID: 'f'.repeat(32), spanID: 'x' },
        ],
        tags: [
          { key: 'error', type: 'bool', value: true },
          { key: 'span.kind', type: 'string', value: 'client' },
        ],
        logs: [
          { timestamp: (AT + 2) * 1000, fields: [{ key: 'event', type: 'string', value: 'exception' }] },
        ],
      }),
      jaegerSpan('a', AT, 20),
    ];
    const processes = {
      p1: { serviceName: 'gateway', tags: [{ key: 'service.version', type: 'string', value: '1' }] },
      p2: { serviceName: 'postgres' },
    };
    fakeGrafana(traceRoute({ items: [], traces: { [ID]: jaegerTrace(ID, spans, processes) } }));
    expect(await client.trace(ID)).toMatchObject({
      trace: {
        traceId: ID,
        spans: [
          {
            ...{ spanId: 'a', parentId: null, service: 'gateway', start: AT, duration: 20, isFailed: false },
            serviceTags: [{ key: 'service.version', value: '1' }],
          },
          {
            ...{ spanId: 'b', parentId: 'a', service: 'postgres', operation: 'SELECT devices' },
            ...{ start: AT + 1.5, duration: 10.25, isFailed: true, kind: 'client' },
            links: [{ traceId: 'f'.repeat(32), spanId: 'x' }],
            events: [{ at: AT + 2, fields: [{ key: 'event', value: 'exception' }] }],
          },
        ],
      },
    });
  });

  it('says why a trace is missing, and knows that from an exporter that has no traces', async () => {
    fakeGrafana(traceRoute({ items: [] }));
    expect(await client.trace(ID)).toEqual({ missing: expect.stringContaining('is not kept') });
    fakeGrafana(says(404, 'not_found', 'no such path'));
    for (const asked of [client.trace(ID), client.search(QUERY, 1), client.services()])
      await expect(asked).rejects.toMatchObject({ problem: { kind: 'no-traces' } });
  });

  it('knows that Jaeger does not answer', async () => {
    fakeGrafana(says(503, 'unavailable', 'Jaeger at jaeger:16686 cannot be reached: ECONNREFUSED'));
    await expect(client.trace(ID)).rejects.toMatchObject({ problem: { kind: 'jaeger-down' } });
  });

  it('reads the services by name, and the map with what it does not know left open', async () => {
    const node = { id: 'api', title: 'api', type: 'planet', rate: 1, errorRate: 0.5, p95Ms: null };
    const edge = { client: 'gw', server: 'api', rate: 1, errorRate: 0.5, p95Ms: 9, requests: 60, failed: 30 };
    const messages = { ...edge, kind: 'messages', unmeasured: 'broker_away', rate: null };
    fakeGrafana(
      traceRoute({
        items: [],
        services: { b: ['y'], a: ['x'] },
        map: { nodes: [node], edges: [edge, messages], windowSeconds: 60, source: 'buffer' },
      }),
    );
    expect((await client.services()).map(({ service }) => service)).toEqual(['a', 'b']);
    expect(await client.map({ from: 0, to: 1 })).toMatchObject({
      nodes: [{ id: 'api', type: 'service', p95: null, devices: null }],
      edges: [
        { client: 'gw', server: 'api', p95: 9, requests: 60, failed: 30, kind: 'calls', unmeasured: null },
        { kind: 'messages', unmeasured: 'broker_away', rate: null },
      ],
      window: 60_000,
    });
  });

  it.each([
    [{ items: 'x' }],
    [{ items: [{ traceId: 'a' }] }],
    [{ items: [{ ...traceItem('a', AT), start: 'noon' }] }],
  ])('refuses an answer of another shape: %j', async (body) => {
    fakeGrafana(exporterRoute(() => ok(body)));
    await expect(client.search(QUERY, 10)).rejects.toMatchObject({ problem: { kind: 'unknown' } });
  });

  it('asks nobody without an address of the exporter', async () => {
    const grafana = fakeGrafana();
    await expect(createTracesClient('').services()).rejects.toMatchObject({
      problem: { kind: 'not-configured' },
    });
    expect(grafana.requests).toEqual([]);
  });
});
