import { ApiFailure } from '../domain/problem';
import type { OpenedTrace } from '../domain/traces/openedTrace';
import type { ServiceMap } from '../domain/traces/serviceMap';
import type { TraceFilter } from '../domain/traces/traceFilter';
import { askExporter, whenConfigured } from './exporterRequest';
import type { Span } from './prometheusClient';
import {
  readOpenedTrace,
  readServiceMap,
  readTracedServices,
  readTracePage,
  type TracedService,
  type TracePage,
} from './traceShapes';

/** Which traces, of which time, and which of them first. */
export interface TraceQuery {
  readonly filter: TraceFilter;
  /** Undefined: of any time. */
  readonly span?: Span | undefined;
  /** True: only those with an error. */
  readonly failedOnly?: boolean;
  readonly order: 'newest' | 'slowest';
}

/** A trace, or why it may be missing, in the exporter's words. */
export type TraceAnswer = { readonly trace: OpenedTrace } | { readonly missing: string };

/**
 * The traces that the exporter keeps, or Jaeger behind it, reached by Grafana's plugin proxy. Every method throws
 * `ApiFailure` or `AbortedError`; traces that are switched off are no error but a source of `off`, an exporter that knows
 * no traces yet is `no-traces`.
 */
export interface TracesClient {
  /** At most `limit` traces. */
  search(query: TraceQuery, limit: number, signal?: AbortSignal): Promise<TracePage>;
  /** Services and their operations, by name. */
  services(signal?: AbortSignal): Promise<TracedService[]>;
  /** The trace with all of its spans. */
  trace(traceId: string, signal?: AbortSignal): Promise<TraceAnswer>;
  /** Who calls whom. */
  map(span: Span, signal?: AbortSignal): Promise<ServiceMap>;
}

const iso = (at: number): string => new Date(at).toISOString();

function times(span: Span | undefined): Readonly<Record<string, string>> {
  return span === undefined ? {} : { from: iso(span.from), to: iso(span.to) };
}

function pathOf(name: string, parameters: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== ''));
  return `${name}?${query.toString()}`;
}

function searchPath({ filter, span, failedOnly = false, order }: TraceQuery, limit: number): string {
  const { service, operation, minDuration, device, correlation } = filter;
  return pathOf('', {
    ...{ service, operation, device, correlation, order, limit: String(limit) },
    minDurationMs: minDuration > 0 ? String(minDuration) : '',
    errors: failedOnly ? 'true' : '',
    ...times(span),
  });
}

async function ask<T>(path: string, read: (body: unknown) => T, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await askExporter({ path: `/api/v1/traces${path}`, signal }, read);
  } catch (error) {
    // Every exporter with traces has these routes.
    if (error instanceof ApiFailure && error.problem.kind === 'not-found')
      throw new ApiFailure({ ...error.problem, kind: 'no-traces' });
    throw error;
  }
}

async function trace(traceId: string, signal?: AbortSignal): Promise<TraceAnswer> {
  try {
    return { trace: await ask(`/${encodeURIComponent(traceId)}`, readOpenedTrace, signal) };
  } catch (error) {
    if (error instanceof ApiFailure && error.problem.kind === 'trace-missing')
      return { missing: error.problem.detail };
    throw error;
  }
}

/** The client; `exporterUrl` is only looked at: without one nothing is asked. */
export function createTracesClient(exporterUrl: string): TracesClient {
  const configured = <T>(work: () => Promise<T>): Promise<T> => whenConfigured(exporterUrl, work);
  return {
    search: (query, limit, signal) => configured(() => ask(searchPath(query, limit), readTracePage, signal)),
    services: (signal) => configured(() => ask('/services', readTracedServices, signal)),
    trace: (traceId, signal) => configured(() => trace(traceId, signal)),
    map: (span, signal) => configured(() => ask(pathOf('/map', times(span)), readServiceMap, signal)),
  };
}
