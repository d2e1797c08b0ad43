import { exporterRoute, ok, type Route } from './fakeGrafana';

const iso = (at: number): string => new Date(at).toISOString();

/** What of a trace in a list the exporter's filter looks at. */
export interface TraceItem {
  readonly traceId: string;
  readonly service: string;
  readonly operation: string;
  readonly start: string;
  readonly durationMs: number;
  readonly status: string;
  readonly deviceId: string | null;
  readonly correlationId: string | null;
}

/** A trace as the exporter lists it; `at` in milliseconds since the epoch. */
export function traceItem(traceId: string, at: number, more: object = {}): TraceItem {
  return {
    ...{ traceId, service: 'valtronics-gateway', operation: 'GET /api/v1/devices', kind: 'server' },
    ...{ start: iso(at), durationMs: 20, status: 'ok', error: null, spanCount: 2, errorCount: 0 },
    ...{ services: ['valtronics-gateway'], method: 'GET', route: '/api/v1/devices', httpStatus: 200 },
    ...{ deviceId: null, correlationId: null },
    ...more,
  };
}

/** A span as Jaeger writes it; `at` and `duration` in milliseconds. */
export function jaegerSpan(spanID: string, at: number, duration: number, more: object = {}): object {
  return {
    ...{ spanID, operationName: 'GET', references: [], tags: [], logs: [], processID: 'p1', warnings: null },
    ...{ startTime: at * 1000, duration: duration * 1000 },
    ...more,
  };
}

/** A trace as Jaeger writes it. */
export function jaegerTrace(
  traceID: string,
  spans: readonly object[],
  processes: object = { p1: { serviceName: 'valtronics-gateway', tags: [] } },
): object {
  const whole = spans.map((span) => ({ traceID, ...span }));
  return {
    data: [{ traceID, spans: whole, processes, warnings: null }],
    ...{ total: 1, limit: 0, offset: 0, errors: null },
  };
}

/** What a test's exporter has of traces. */
export interface TraceWorld {
  /** Newest first. */
  readonly items: readonly TraceItem[];
  readonly source?: 'buffer' | 'jaeger' | 'off';
  /** Why Jaeger was not asked. */
  readonly problem?: string;
  /** How many are kept; as many as there are when left out. */
  readonly kept?: number;
  /** How far back they reach, milliseconds since the epoch. */
  readonly oldest?: number;
  /** Operations by service. */
  readonly services?: Readonly<Record<string, readonly string[]>>;
  /** Opened traces by id. */
  readonly traces?: Readonly<Record<string, object>>;
  readonly map?: object;
}

function fits(item: TraceItem, query: URLSearchParams): boolean {
  const is = (name: string, value: string | null): boolean => [null, value].includes(query.get(name));
  const from = query.get('from');
  const to = query.get('to');
  return (
    is('service', item.service) &&
    is('operation', item.operation) &&
    is('device', item.deviceId) &&
    is('correlation', item.correlationId) &&
    item.durationMs >= Number(query.get('minDurationMs') ?? 0) &&
    (query.get('errors') !== 'true' || item.status === 'error') &&
    (from === null || item.start >= from) &&
    (to === null || item.start < to)
  );
}

/** The exporter's traces. */
export function traceRoute(world: TraceWorld): Route {
  const { items, source = 'buffer', problem = null, kept = items.length, services = {}, traces = {} } = world;
  const oldest = world.oldest === undefined ? (items.at(-1)?.start ?? null) : iso(world.oldest);
  const search = (query: URLSearchParams) => {
    const found = items.filter((item) => fits(item, query));
    if (query.get('order') === 'slowest') found.sort((a, b) => b.durationMs - a.durationMs);
    return ok({ items: found.slice(0, Number(query.get('limit'))), source, oldest, kept, problem });
  };
  return exporterRoute((path, query) => {
    const [, name] = /^\/api\/v1\/traces(?:\/(.*))?$/.exec(path) ?? [];
    if (!path.startsWith('/api/v1/traces')) return undefined;
    switch (name) {
      case undefined:
        return search(query);
      case 'services': {
        const list = Object.entries(services).map(([service, operations]) => ({ service, operations }));
        return ok({ items: list, source });
      }
      case 'map':
        return ok(world.map ?? { nodes: [], edges: [], windowSeconds: 3600, source });
      default: {
        const trace = traces[name];
        if (trace !== undefined) return ok(trace);
        const message = `trace ${name} is not kept: it was never chosen, or is older than the buffer reaches back`;
        return { status: 404, body: { error: { code: 'trace_not_found', message } } };
      }
    }
  });
}
