import { API, EXPORTER, GATEWAY } from '../../trace/service-names.ts';
import type { MapNode } from './service-map.ts';

/** Names of who makes no spans of its own, as they stand on the map and in labels. */
export const CLIENT = 'client';
export const POSTGRES = 'postgres';
export const REDIS = 'redis';
export const BROKER = 'broker';

/** What is known of the platform without any span: who is there and who talks to whom. */
export interface Topology {
  /** Name of the exporter in traces. */
  readonly exporter: string;
  /** Whether there is one; by configuration. */
  readonly gateway: boolean;
  readonly api: boolean;
  readonly postgres: boolean;
  readonly redis: boolean;
  readonly broker: boolean;
  /** How many devices there are of each type. */
  readonly devices: ReadonlyMap<string, number>;
}

/** Nothing is known but the exporter itself. */
export const NOTHING_KNOWN: Topology = {
  ...{ exporter: EXPORTER, gateway: false, api: false, postgres: false, redis: false, broker: false },
  devices: new Map(),
};

/** Names on the map by `host:port`: so that a call to an address is one to who is there. */
export type Places = ReadonlyMap<string, string>;

/** Types of devices that have a node of their own, the most frequent. */
const DEVICE_TYPES = 10;
const OTHER = 'other';
const DEVICES = 'devices:';
/** The node of devices whose type has none. */
export const OTHER_DEVICES = `${DEVICES}${OTHER}`;

/** Id of the node of devices of a type. */
export function deviceNodeOf(type: string): string {
  return `${DEVICES}${type}`;
}

const TITLES: ReadonlyMap<string, Pick<MapNode, 'title' | 'type'>> = new Map([
  [CLIENT, { title: 'clients', type: 'client' }],
  ['prometheus', { title: 'Prometheus', type: 'client' }],
  ['grafana', { title: 'Grafana', type: 'client' }],
  [EXPORTER, { title: 'exporter', type: 'service' }],
  [GATEWAY, { title: 'gateway', type: 'gateway' }],
  [API, { title: 'API', type: 'service' }],
  [POSTGRES, { title: 'PostgreSQL', type: 'database' }],
  [REDIS, { title: 'Redis', type: 'cache' }],
  [BROKER, { title: 'MQTT broker', type: 'broker' }],
]);

/** How a node is shown; what is not known is a service under its own name. */
export function look(id: string): Pick<MapNode, 'id' | 'title' | 'type'> {
  if (id === OTHER_DEVICES) return { id, title: OTHER, type: 'devices' };
  return { id, ...(TITLES.get(id) ?? { title: id, type: 'service' }) };
}

/** Devices by type: the most frequent types, the rest together. */
export function deviceNodes({ devices }: Topology): (Pick<MapNode, 'id' | 'title' | 'type'> & {
  readonly devices: number;
})[] {
  const byCount = [...devices].filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1]);
  const rest = byCount.slice(DEVICE_TYPES).reduce((sum, [, count]) => sum + count, 0);
  const shown = byCount.slice(0, DEVICE_TYPES);
  if (rest > 0) shown.push([OTHER, rest]);
  return shown.map(([type, count]) => ({
    ...{ id: deviceNodeOf(type), title: type === '' ? 'devices' : type, type: 'devices', devices: count },
  }));
}

/** Who calls whom by what the platform is, whether somebody measures it or not. */
export function knownCalls({
  gateway,
  api,
  postgres,
  redis,
}: Topology): (readonly [client: string, server: string])[] {
  return [
    ...(gateway ? ([[CLIENT, GATEWAY]] as const) : []),
    ...(gateway && api ? ([[GATEWAY, API]] as const) : []),
    ...(api && !gateway ? ([[CLIENT, API]] as const) : []),
    ...(api && postgres ? ([[API, POSTGRES]] as const) : []),
    ...(api && redis ? ([[API, REDIS]] as const) : []),
  ];
}
