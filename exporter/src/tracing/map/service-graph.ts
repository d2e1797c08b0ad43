import type { Clock } from '../../base/clock.ts';
import { createRecentIds } from '../../base/recent-ids.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import type { SpanRecord, SpanSink } from '../../trace/span-record.ts';
import { messageEdges } from './message-edges.ts';
import type { MessageTraffic } from './message-traffic.ts';
import { calledBy, callerOf, databaseOf } from './peer.ts';
import { MINUTE, MINUTES, ServiceEdge, Traffic } from './service-edge.ts';
import type { MapEdge, MapNode, ServiceMap } from './service-map.ts';
import { deviceNodes, knownCalls, look, type Places, type Topology } from './topology.ts';

export interface ServiceGraphOptions {
  readonly metrics: Metrics;
  readonly clock: Clock;
  /** Asked whenever the map is. */
  readonly topology: () => Topology;
  /** Asked at each call to an address. */
  readonly places: () => Places;
  /** Counted where messages arrive. */
  readonly messages: MessageTraffic;
  readonly maxEdges?: number;
}

/** Who calls whom, counted from the spans of this process; and who sends messages to whom. */
export interface ServiceGraph {
  readonly sink: SpanSink;
  /** Times are milliseconds since the epoch; minutes that the window touches count as a whole. */
  map(from: number, to: number): ServiceMap;
}

/** A server span whose caller may end after it. */
interface Answered {
  readonly span: SpanRecord;
  /** Monotonic. */
  readonly at: number;
}

const MAX_EDGES = 200;
const OTHER = 'other';
/** A caller in this process ends soon after its server did; of others no span comes. */
const PATIENCE = 10_000;
const MAX_WAITING = 5000;
const SPANS_BEFORE_SETTLING = 100;
/** Client spans that ended before the server that they called here: their ids, twice that at most. */
const MAX_CALLED = 2000;

const CALLS = { kind: 'calls', unmeasured: null } as const;
const NO_TRAFFIC = { rate: null, errorRate: null, p95Ms: null } as const;
const NONE = { requests: 0, failed: 0 } as const;

function figures(traffic: Traffic, seconds: number): Pick<MapEdge, 'rate' | 'errorRate' | 'p95Ms'> {
  const { requests, failed } = traffic;
  return {
    rate: requests / seconds,
    errorRate: requests === 0 ? 0 : failed / requests,
    p95Ms: traffic.p95Ms(),
  };
}

/** An answer of 4xx is a failure of a client span, yet the callee's work was done well. */
function hasFailed({ status, attributes }: SpanRecord): boolean {
  const code = attributes['http.response.status_code'];
  return typeof code === 'number' ? code >= 500 : status === 'error';
}

/** Counts calls between services. A call with a span on both sides is one call: between those two services. */
export function createServiceGraph(options: ServiceGraphOptions): ServiceGraph {
  const { metrics, clock, topology, places, messages, maxEdges = MAX_EDGES } = options;
  /** By client, then by server: no key has to be put together for each span. */
  const edges = new Map<string, Map<string, ServiceEdge>>();
  let size = 0;
  /** By the id of the calling span. */
  const answered = new Map<string, Answered>();
  /** Services that have server spans in this process. */
  const servers = new Set<string>();
  const called = createRecentIds(MAX_CALLED);
  let unsettled = 0;
  const startedAt = clock.wall();

  function edgeOf(client: string, server: string): ServiceEdge {
    const known = edges.get(client)?.get(server);
    if (known !== undefined) return known;
    if (size >= maxEdges && client !== OTHER) return edgeOf(OTHER, OTHER);
    size += 1;
    const made = new ServiceEdge(metrics, client, server);
    const byServer = edges.get(client) ?? new Map<string, ServiceEdge>();
    edges.set(client, byServer.set(server, made));
    return made;
  }

  function count(span: SpanRecord, client: string, server: string): void {
    const { start, duration } = span;
    edgeOf(client, server).count((start + duration) / 1000, duration / 1e6, hasFailed(span));
  }

  /** Who waited too long for a caller was called from outside. */
  function settle(): void {
    unsettled = 0;
    const now = clock.monotonic();
    for (const [parent, { span, at }] of answered) {
      if (answered.size <= MAX_WAITING && now - at < PATIENCE) return;
      answered.delete(parent);
      count(span, callerOf(span), span.service);
    }
  }

  function endedCall(span: SpanRecord): void {
    const { service, spanId } = span;
    // A database has no spans of its own here.
    const database = databaseOf(span);
    if (database !== undefined) {
      count(span, service, database);
      return;
    }
    const server = answered.size === 0 ? undefined : answered.get(spanId);
    if (server !== undefined) {
      answered.delete(spanId);
      if (server.span.service !== service) count(span, service, server.span.service);
      return;
    }
    const callee = calledBy(span, places());
    if (callee === undefined) return;
    if (callee !== service) count(span, service, callee);
    if (servers.has(callee)) called.add(spanId);
  }

  function endedServer(span: SpanRecord): void {
    const { parentSpanId } = span;
    servers.add(span.service);
    if (parentSpanId === undefined) count(span, callerOf(span), span.service);
    else if (!called.has(parentSpanId)) answered.set(parentSpanId, { span, at: clock.monotonic() });
  }

  function ended(span: SpanRecord): void {
    unsettled += 1;
    if (unsettled >= SPANS_BEFORE_SETTLING) settle();
    if (span.kind === 'client' || span.kind === 'producer') endedCall(span);
    // Messages have a span now and then only, which tells nothing of how many there are.
    else if (span.kind === 'server') endedServer(span);
  }

  function kept(spans: readonly SpanRecord[]): void {
    for (const span of spans) {
      const { kind, service, duration } = span;
      const [client, server] =
        kind === 'client'
          ? [service, databaseOf(span) ?? calledBy(span, places())]
          : [callerOf(span), service];
      if (kind !== 'client' && kind !== 'server') continue;
      edges
        .get(client)
        ?.get(server ?? '')
        ?.seconds.exemplar(duration / 1e6, span);
    }
  }

  /** The minutes of a window that there are counts of, and their length in seconds. */
  function windowOf(from: number, to: number) {
    const now = clock.wall();
    const last = Math.floor(Math.min(to - 1, now) / MINUTE);
    const first = Math.max(Math.floor(from / MINUTE), last - MINUTES + 1);
    const begin = Math.max(first * MINUTE, Math.min(startedAt, now));
    const end = Math.min((last + 1) * MINUTE, now);
    return { first, last, now, seconds: Math.max(1, (end - begin) / 1000) };
  }

  function map(from: number, to: number): ServiceMap {
    settle();
    const known = topology();
    const window = windowOf(from, to);
    const { first, last, seconds } = window;
    const incoming = new Map<string, Traffic>();
    const shown: MapEdge[] = [];
    for (const edge of [...edges.values()].flatMap((byServer) => [...byServer.values()])) {
      const traffic = edge.traffic(first, last);
      const { requests, failed } = traffic;
      if (requests === 0) continue;
      const { client, server } = edge;
      shown.push({ ...CALLS, client, server, ...figures(traffic, seconds), requests, failed });
      const sum = incoming.get(server) ?? new Traffic();
      sum.addAll(traffic);
      incoming.set(server, sum);
    }
    const further = [
      ...knownCalls(known).map(([client, server]) => ({ ...CALLS, client, server, ...NO_TRAFFIC, ...NONE })),
      ...messageEdges(known, messages, window),
    ];
    for (const one of further)
      if (!shown.some(({ client, server }) => client === one.client && server === one.server))
        shown.push(one);
    const devices = new Map(deviceNodes(known).map((node) => [node.id, node]));
    const ids = new Set(shown.flatMap(({ client, server }) => [client, server]));
    const nodes = [...ids].map((id): MapNode => {
      const traffic = incoming.get(id);
      return {
        ...(devices.get(id) ?? look(id)),
        ...(traffic === undefined ? NO_TRAFFIC : figures(traffic, seconds)),
      };
    });
    return { nodes, edges: shown, windowSeconds: seconds };
  }

  return { sink: { ended, kept }, map };
}
