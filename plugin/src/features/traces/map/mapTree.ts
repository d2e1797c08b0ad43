import type { MapEdge, MapNode, ServiceMap } from '../../../domain/traces/serviceMap';

/** A node below the one that it talks with. */
export interface MapBranch {
  readonly node: MapNode;
  /** The calls that lead to it, or from it; undefined at the top. */
  readonly edge: MapEdge | undefined;
  readonly branches: readonly MapBranch[];
}

/**
 * The map as a list of lists: below each node those whom it calls, and below what is called by devices alone the
 * devices. What several call stands below each of them, with what it calls itself below the first.
 */
export function mapTree({ nodes, edges }: Pick<ServiceMap, 'nodes' | 'edges'>): MapBranch[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const isDevices = (id: string): boolean => byId.get(id)?.type === 'devices';
  const calls = edges.filter(
    ({ client, server }) => client !== server && byId.has(client) && byId.has(server),
  );
  const opened = new Set<string>();
  const branch = (node: MapNode, edge: MapEdge | undefined): MapBranch => {
    if (opened.has(node.id)) return { node, edge, branches: [] };
    opened.add(node.id);
    const below = calls.flatMap((call): [string, MapEdge][] => {
      if (call.client === node.id) return [[call.server, call]];
      return call.server === node.id && isDevices(call.client) && !opened.has(call.client)
        ? [[call.client, call]]
        : [];
    });
    return {
      node,
      edge,
      branches: below.flatMap(([id, call]) => {
        const next = byId.get(id);
        return next === undefined || call === edge ? [] : [branch(next, call)];
      }),
    };
  };
  const called = new Set(calls.filter(({ client }) => !isDevices(client)).map(({ server }) => server));
  const tops = nodes.filter(({ id }) => !called.has(id) && !isDevices(id));
  return [...tops, ...nodes].flatMap((node) => (opened.has(node.id) ? [] : [branch(node, undefined)]));
}
