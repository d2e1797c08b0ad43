import type { MapEdge, MapNode, ServiceMap } from './serviceMap';

/** The id of the node that stands for devices of several types. */
export const SEVERAL_TYPES = 'devices of several types';

const sum = (numbers: readonly (number | null)[]): number | null =>
  numbers.reduce<number | null>((all, one) => (one === null ? all : (all ?? 0) + one), null);

function together(edges: readonly MapEdge[], server: string): MapEdge {
  const [first] = edges;
  const requests = edges.reduce((all, edge) => all + edge.requests, 0);
  const failed = edges.reduce((all, edge) => all + edge.failed, 0);
  const isMeasured = edges.some(({ errorRate }) => errorRate !== null);
  return {
    ...{ client: SEVERAL_TYPES, server, requests, failed },
    // All devices talk to it in one way.
    ...{ kind: first?.kind ?? 'calls', unmeasured: first?.unmeasured ?? null },
    rate: sum(edges.map(({ rate }) => rate)),
    errorRate: isMeasured ? failed / Math.max(requests, 1) : null,
    // What 95 of 100 of several are faster than cannot be told from what those of each are.
    p95: null,
  };
}

/** The map with at most `most` nodes of devices: the types with the fewest devices stand together in the last of them. */
export function foldDevices<T extends Pick<ServiceMap, 'nodes' | 'edges'>>(map: T, most: number): T {
  const devices = map.nodes
    .filter(({ type }) => type === 'devices')
    .sort((a, b) => (b.devices ?? 0) - (a.devices ?? 0));
  if (devices.length <= most) return map;
  const folded = devices.slice(most - 1);
  const ids = new Set(folded.map(({ id }) => id));
  const theirs = map.edges.filter(({ client }) => ids.has(client));
  const servers = [...new Set(theirs.map(({ server }) => server))];
  const node: MapNode = {
    ...{ id: SEVERAL_TYPES, title: SEVERAL_TYPES, type: 'devices', rate: null, errorRate: null, p95: null },
    devices: sum(folded.map((one) => one.devices)),
  };
  return {
    ...map,
    nodes: [...map.nodes.filter(({ id }) => !ids.has(id)), node],
    edges: [
      ...map.edges.filter(({ client, server }) => !ids.has(client) && !ids.has(server)),
      ...servers.map((server) =>
        together(
          theirs.filter((edge) => edge.server === server),
          server,
        ),
      ),
    ],
  };
}
