import type { MapEdge, MapNode, MapNodeType, ServiceMap } from './serviceMap';

/** A node of a map. */
export function mapNode(id: string, type: MapNodeType = 'service', more: Partial<MapNode> = {}): MapNode {
  return { id, title: id, type, rate: 1, errorRate: 0, p95: 20, devices: null, ...more };
}

/** Calls of a map: 100 of them, `failed` in vain. */
export function mapEdge(client: string, server: string, failed = 0, more: Partial<MapEdge> = {}): MapEdge {
  const errorRate = failed / 100;
  return {
    ...{ client, server, kind: 'calls', unmeasured: null },
    ...{ rate: 1, errorRate, p95: 20, requests: 100, failed, ...more },
  };
}

/** MQTT messages of a map: 100 of them, `failed` of no use. */
export function messageEdge(
  client: string,
  server: string,
  failed = 0,
  more: Partial<MapEdge> = {},
): MapEdge {
  return mapEdge(client, server, failed, { kind: 'messages', p95: null, ...more });
}

/** The platform as it is drawn in the documents: its API behind the gateway, its stores, its broker with devices. */
export function platformMap(): ServiceMap {
  return {
    nodes: [
      mapNode('client', 'client'),
      mapNode('gateway', 'gateway'),
      mapNode('valtronics-exporter'),
      mapNode('valtronics-api'),
      mapNode('postgres', 'database'),
      mapNode('redis', 'cache'),
      mapNode('broker', 'broker'),
      mapNode('sensor', 'devices', { devices: 812 }),
      mapNode('gateways', 'devices', { devices: 40 }),
    ],
    edges: [
      mapEdge('client', 'gateway', 1, { rate: 12.4, p95: 240 }),
      mapEdge('gateway', 'valtronics-api', 1, { rate: 12.4, p95: 235 }),
      mapEdge('valtronics-exporter', 'gateway', 0, { rate: 0.2, p95: 30 }),
      mapEdge('valtronics-api', 'postgres', 2, { rate: 31, p95: 12 }),
      mapEdge('valtronics-api', 'redis', 0, { rate: 8, p95: 1 }),
      mapEdge('valtronics-exporter', 'postgres', 0, { rate: 0.3, p95: null }),
      messageEdge('sensor', 'broker', 0, { rate: 120 }),
      messageEdge('gateways', 'broker', 0, { rate: 4 }),
    ],
    window: 3_600_000,
    source: 'buffer',
  };
}
