import { describe, expect, it } from '@jest/globals';
import { messageEdges } from './message-edges.ts';
import { createMessageTraffic } from './message-traffic.ts';
import { MINUTE } from './service-edge.ts';
import { NOTHING_KNOWN, type Topology } from './topology.ts';

const FIRST = 29_000_000;
const AT = FIRST * MINUTE;
const WINDOW = { first: FIRST, last: FIRST, now: AT + MINUTE };
const PLATFORM: Topology = {
  ...NOTHING_KNOWN,
  ...{ api: true, broker: true },
  devices: new Map([
    ['sensor', 812],
    ['camera', 4],
  ]),
};

/** Traffic of somebody who has listened for half a minute, with messages of devices of these types. */
function trafficOf(...types: readonly string[]) {
  const traffic = createMessageTraffic();
  traffic.listening(true, AT + 30_000);
  for (const [index, type] of types.entries()) {
    traffic.received('subscribe', AT + 30_000);
    traffic.senderOf(type).sent(index === 0, AT + 30_000);
  }
  return traffic;
}

const row = (edges: ReturnType<typeof messageEdges>) =>
  edges.map(({ client, server, rate, errorRate }) => [client, server, rate, errorRate]);

describe('edges of messages', () => {
  it('have rates of the time in which somebody listened, errors of who sent them, and no p95', () => {
    const traffic = trafficOf('sensor', 'sensor', 'camera');
    traffic.received('publish', AT + 31_000);
    const edges = messageEdges(PLATFORM, traffic, WINDOW);
    expect(row(edges)).toEqual([
      ['valtronics-api', 'broker', 1 / 30, null],
      ['broker', 'valtronics-exporter', 4 / 30, null],
      ['devices:sensor', 'broker', 2 / 30, 0.5],
      ['devices:camera', 'broker', 1 / 30, 0],
    ]);
    for (const edge of edges) expect(edge).toMatchObject({ kind: 'messages', p95Ms: null, unmeasured: null });
    expect(edges[2]).toMatchObject({ requests: 2, failed: 1 });
  });

  it('say that nothing came where somebody listened', () => {
    expect(row(messageEdges(PLATFORM, trafficOf(), WINDOW))).toContainEqual([
      'devices:camera',
      'broker',
      0,
      0,
    ]);
  });

  it('have no figures, and the reason, while the broker is away', () => {
    const traffic = trafficOf('sensor');
    traffic.listening(false, AT + 50_000);
    const nothing = { rate: null, errorRate: null, requests: 0, failed: 0, unmeasured: 'broker_away' };
    const edges = messageEdges(PLATFORM, traffic, WINDOW);
    expect(edges).toHaveLength(4);
    for (const edge of edges) expect(edge).toMatchObject(nothing);
    traffic.listening(true, AT + 55_000);
    expect(row(messageEdges(PLATFORM, traffic, WINDOW))).toContainEqual([
      'broker',
      'valtronics-exporter',
      1 / 25,
      null,
    ]);
  });

  it('have none of minutes in which nobody listened', () => {
    const edges = messageEdges(PLATFORM, trafficOf('sensor'), {
      ...WINDOW,
      first: FIRST - 5,
      last: FIRST - 1,
    });
    expect(edges.map(({ rate }) => rate)).toEqual([null, null, null, null]);
    expect(edges[0]?.unmeasured).toBeNull();
  });

  it('count types that have no node with the others', () => {
    const many = new Map(Array.from({ length: 12 }, (_, index) => [`type${index}`, 20 - index]));
    const edges = messageEdges(
      { ...PLATFORM, devices: many },
      trafficOf('type0', 'type10', 'type11', ''),
      WINDOW,
    );
    expect(edges.find(({ client }) => client === 'devices:other')).toMatchObject({ requests: 3 });
    expect(row(messageEdges(PLATFORM, trafficOf('gone'), WINDOW))).toContainEqual([
      'devices:other',
      'broker',
      1 / 30,
      1,
    ]);
  });

  it('are none without a broker, and none of an API that is not there', () => {
    expect(messageEdges({ ...PLATFORM, broker: false }, trafficOf('sensor'), WINDOW)).toEqual([]);
    const [first] = messageEdges({ ...PLATFORM, api: false }, trafficOf('sensor'), WINDOW);
    expect(first?.client).toBe('broker');
  });
});
