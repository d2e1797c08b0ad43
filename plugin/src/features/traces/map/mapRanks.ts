import type { MapNode, ServiceMap } from '../../../domain/traces/serviceMap';

/** Who only answers: they stand in one column at the end of the calls. */
const STORES: ReadonlySet<MapNode['type']> = new Set(['database', 'cache', 'broker']);

type Calls = Pick<ServiceMap, 'nodes' | 'edges'>;

/** The edges without those that would close a circle, which is where a walk meets itself. */
function withoutCircles({ nodes, edges }: Calls): ServiceMap['edges'] {
  const kept = new Set<ServiceMap['edges'][number]>();
  const state = new Map<string, 'under way' | 'done'>();
  const walk = (id: string): void => {
    state.set(id, 'under way');
    for (const edge of edges.filter(({ client }) => client === id)) {
      if (state.get(edge.server) === 'under way') continue;
      kept.add(edge);
      if (!state.has(edge.server)) walk(edge.server);
    }
    state.set(id, 'done');
  };
  const called = new Set(edges.map(({ server }) => server));
  const ids = nodes.map(({ id }) => id);
  for (const id of [...ids.filter((one) => !called.has(one)), ...ids]) if (!state.has(id)) walk(id);
  return edges.filter((edge) => kept.has(edge));
}

/** Devices that talk to brokers alone: they are drawn beyond them, so that services do not stand between. */
function devicesOfBrokers({ nodes, edges }: Calls): ReadonlySet<string> {
  const brokers = new Set(nodes.filter(({ type }) => type === 'broker').map(({ id }) => id));
  const talksElsewhere = ({ id }: MapNode): boolean =>
    edges.some(({ client, server }) => client === id && !brokers.has(server));
  return new Set(
    nodes.filter((node) => node.type === 'devices' && !talksElsewhere(node)).map(({ id }) => id),
  );
}

/**
 * The column of each node, 0 at the left: callers before those whom they call, stores together in the last column of
 * the services, and devices beyond them, next to the broker that they talk to.
 */
export function mapRanks(map: Calls): ReadonlyMap<string, number> {
  const beyond = devicesOfBrokers(map);
  const services = map.nodes.filter(({ id }) => !beyond.has(id));
  const ids = new Set(services.map(({ id }) => id));
  const brokers = new Set(services.filter(({ type }) => type === 'broker').map(({ id }) => id));
  const among = map.edges
    .filter(({ client, server }) => ids.has(client) && ids.has(server))
    // Who takes messages from a broker stands before it, as who gives them to it does.
    .map((edge) => (brokers.has(edge.client) ? { ...edge, client: edge.server, server: edge.client } : edge));
  const calls = withoutCircles({ nodes: services, edges: among });
  const ranks = new Map<string, number>();
  const rankOf = (id: string): number => {
    const known = ranks.get(id);
    if (known !== undefined) return known;
    const callers = calls.filter(({ server }) => server === id);
    const rank = callers.reduce((most, { client }) => Math.max(most, rankOf(client) + 1), 0);
    ranks.set(id, rank);
    return rank;
  };
  for (const { id } of services) rankOf(id);
  const last = Math.max(0, ...ranks.values());
  const callers = new Set(calls.map(({ client }) => client));
  for (const { id, type } of services) if (STORES.has(type) && !callers.has(id)) ranks.set(id, last);
  for (const id of beyond) ranks.set(id, last + 1);
  return ranks;
}
