import type { MapEdge, ServiceMap } from './serviceMap';

/** Calls that fail where they arrive, and who higher up answers with errors because of it or beside it. */
export interface ErrorSpread {
  /** The calls that fail without a failing call below them. */
  readonly origin: MapEdge;
  /** Ids of those whose own callers see errors, the nearest first; empty where the caller copes. */
  readonly reaches: readonly string[];
}

const fails = ({ failed, client, server }: MapEdge): boolean => failed > 0 && client !== server;

/**
 * Where errors begin and how far up they are seen, the worst first. An error is followed against the direction of the
 * calls for as long as calls fail: what a service does about the errors of what it calls shows in its own.
 */
export function errorSpread({ edges }: Pick<ServiceMap, 'edges'>): ErrorSpread[] {
  const failing = edges.filter(fails);
  const isOrigin = (edge: MapEdge): boolean => !failing.some(({ client }) => client === edge.server);
  const reachedFrom = (edge: MapEdge): string[] => {
    const reached: string[] = [];
    const waiting = [edge.client];
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const callers = failing.filter(({ server }) => server === id).map(({ client }) => client);
      const fresh = [...new Set(callers)].filter((client) => !reached.includes(client));
      reached.push(...fresh);
      waiting.push(...fresh);
    }
    return reached.filter((id) => id !== edge.client && id !== edge.server);
  };
  const worstFirst = failing.sort(
    (a, b) =>
      (b.errorRate ?? 0) - (a.errorRate ?? 0) || b.failed - a.failed || (a.server < b.server ? -1 : 1),
  );
  const origins = worstFirst.filter(isOrigin);
  // Services that call each other in a circle have no last one: the worst of their calls is told of.
  return (origins.length === 0 ? worstFirst.slice(0, 1) : origins).map((origin) => ({
    origin,
    reaches: reachedFrom(origin),
  }));
}
