import type { SpanRecord } from '../../trace/span-record.ts';
import { API, GATEWAY } from '../../trace/service-names.ts';
import { BROKER, CLIENT, type Places, POSTGRES, REDIS } from './topology.ts';

const DATABASES: ReadonlyMap<unknown, string> = new Map([
  ['postgresql', POSTGRES],
  ['redis', REDIS],
]);

/** Names by host and port, for places that stay the same between two reloads: no address is put together for each span. */
const known = new WeakMap<Places, Map<string, Map<unknown, string>>>();
/** Hosts whose names are remembered: there are few, and what is asked of a fleet's devices must not pile up. */
const MOST_HOSTS = 200;

function nameAt(places: Places, host: string, port: unknown): string {
  const byHost = known.get(places) ?? new Map<string, Map<unknown, string>>();
  known.set(places, byHost);
  const name = byHost.get(host)?.get(port);
  if (name !== undefined) return name;
  if (byHost.size > MOST_HOSTS) byHost.clear();
  const found = places.get(`${host}:${String(port)}`) ?? host;
  byHost.set(host, (byHost.get(host) ?? new Map<unknown, string>()).set(port, found));
  return found;
}

/** The database that a client span called, by its name on the map; undefined for other calls. */
export function databaseOf({ attributes }: SpanRecord): string | undefined {
  const database = attributes['db.system.name'];
  return database === undefined ? undefined : (DATABASES.get(database) ?? String(database));
}

/** Whom a client span called that is none of a database, by what it says of that; undefined where it says nothing. */
export function calledBy({ service, attributes }: SpanRecord, places: Places): string | undefined {
  // The gateway stands in front of the API and calls nobody else.
  if (service === GATEWAY) return API;
  if (attributes['messaging.system'] !== undefined) return BROKER;
  const peer = attributes['peer.service'];
  if (typeof peer === 'string') return peer;
  const host = attributes['server.address'];
  if (typeof host !== 'string') return undefined;
  return nameAt(places, host, attributes['server.port']);
}

const AGENTS: readonly (readonly [begin: string, name: string])[] = [
  ['Prometheus/', 'prometheus'],
  ['Grafana/', 'grafana'],
];

/** Who called a server, where no span of the caller is known. */
export function callerOf({ attributes }: SpanRecord): string {
  const agent = attributes['user_agent.original'];
  if (typeof agent !== 'string') return CLIENT;
  return AGENTS.find(([begin]) => agent.startsWith(begin))?.[1] ?? CLIENT;
}
