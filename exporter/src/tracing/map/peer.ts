import type { SpanRecord } from '../../trace/span-record.ts';
import { API, GATEWAY } from '../../trace/service-names.ts';
import { BROKER, CLIENT, type Places, POSTGRES, REDIS } from './topology.ts';

const DATABASES: ReadonlyMap<unknown, string> = new Map([
  ['postgresql', POSTGRES],
  ['redis', REDIS],
]);

/** Whom a client span called, by what it says of that; undefined where it says nothing. */
export function calledBy({ service, attributes }: SpanRecord, places: Places): string | undefined {
  // The gateway stands in front of the API and calls nobody else.
  if (service === GATEWAY) return API;
  const database = attributes['db.system.name'];
  if (database !== undefined) return DATABASES.get(database) ?? String(database);
  if (attributes['messaging.system'] !== undefined) return BROKER;
  const peer = attributes['peer.service'];
  if (typeof peer === 'string') return peer;
  const host = attributes['server.address'];
  if (typeof host !== 'string') return undefined;
  return places.get(`${host}:${String(attributes['server.port'])}`) ?? host;
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
