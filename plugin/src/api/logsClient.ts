import type { DeadLetter, LogPattern, LogServiceHealth, LogTrends } from '../domain/logs/logEntry';
import type { LogFilter } from '../domain/logs/logFilter';
import { ApiFailure } from '../domain/problem';
import { askExporter, whenConfigured } from './exporterRequest';
import {
  readDeadLetters,
  readLogContext,
  readLogHealth,
  readLogPage,
  readLogPatterns,
  readLogStatistics,
  readLogTrends,
  readRetriedLetters,
  type LogContext,
  type LogPage,
  type LogStatistics,
} from './logShapes';

/** A time, milliseconds since the epoch; without an end it goes on. */
export interface LogSpan {
  readonly from: number;
  readonly to?: number;
}

/** Which lines, and of which time. */
export interface LogQuery {
  readonly filter: LogFilter;
  /** Undefined: of any time. */
  readonly span?: LogSpan | undefined;
}

/** Where in a list of lines: after the end of a page, or after what there was when a tail was read last. */
export type LogPlace = { readonly cursor: string } | { readonly after: string };

/**
 * The exporter's lines, reached by Grafana's plugin proxy. Every method throws `ApiFailure` or `AbortedError`; lines
 * that are switched off are `logs-off`, an exporter that knows no lines yet is `no-logs`.
 */
export interface LogsClient {
  /** At most `limit` lines, newest first; after a tail's cursor those that came since, in the order of arrival. */
  search(query: LogQuery, limit: number, place: LogPlace | undefined, signal?: AbortSignal): Promise<LogPage>;
  /** The line with what stands around it; null when it is not kept any more. */
  context(id: string, around: number, signal?: AbortSignal): Promise<LogContext | null>;
  patterns(
    query: LogQuery,
    limit: number,
    signal?: AbortSignal,
  ): Promise<{ items: LogPattern[]; total: number }>;
  /** Lines by level in pieces of `step` milliseconds. */
  trends(query: LogQuery, step: number, signal?: AbortSignal): Promise<LogTrends>;
  /** Health of the services in the last minutes, the worst first. */
  health(signal?: AbortSignal): Promise<LogServiceHealth[]>;
  statistics(signal?: AbortSignal): Promise<LogStatistics>;
  /** The newest lines that the log store refused; none from an exporter that does not tell. */
  deadLetters(limit: number, signal?: AbortSignal): Promise<{ items: DeadLetter[]; complete: boolean }>;
  /** Sends them again; how many there were. */
  retryDeadLetters(ids: readonly number[]): Promise<number>;
}

const iso = (at: number): string => new Date(at).toISOString();

function parametersOf({ filter, span }: LogQuery): URLSearchParams {
  const { text, services, levels, category, device, trace, correlation, pattern, hidden } = filter;
  const all = {
    ...{ q: text, service: services.join(), level: levels.join(), category },
    ...{ device, trace, correlation, pattern, exclude: hidden.join() },
    ...(span === undefined ? {} : { from: iso(span.from), to: span.to === undefined ? '' : iso(span.to) }),
  };
  return new URLSearchParams(Object.entries(all).filter(([, value]) => value !== ''));
}

async function ask<T>(path: string, read: (body: unknown) => T, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await askExporter({ path: `/api/v1/logs/${path}`, signal }, read);
  } catch (error) {
    // Every exporter with lines has these routes.
    if (error instanceof ApiFailure && error.problem.kind === 'not-found')
      throw new ApiFailure({ ...error.problem, kind: 'no-logs' });
    throw error;
  }
}

async function context(id: string, around: number, signal?: AbortSignal): Promise<LogContext | null> {
  const path = `/api/v1/logs/${encodeURIComponent(id)}?before=${around}&after=${around}`;
  try {
    return await askExporter({ path, signal }, readLogContext);
  } catch (error) {
    if (error instanceof ApiFailure && error.problem.kind === 'not-found') return null;
    throw error;
  }
}

async function deadLetters(limit: number, signal?: AbortSignal) {
  try {
    return await askExporter({ path: `/api/v1/logs/dead-letters?limit=${limit}`, signal }, readDeadLetters);
  } catch (error) {
    if (error instanceof ApiFailure && error.problem.kind === 'not-found')
      return { items: [], complete: true };
    throw error;
  }
}

/** The client; `exporterUrl` is only looked at: without one nothing is asked. */
export function createLogsClient(exporterUrl: string): LogsClient {
  const configured = <T>(work: () => Promise<T>): Promise<T> => whenConfigured(exporterUrl, work);
  const withQuery = (
    path: string,
    query: LogQuery,
    more: Readonly<Record<string, string | number>>,
  ): string => {
    const parameters = parametersOf(query);
    for (const [name, value] of Object.entries(more)) parameters.set(name, String(value));
    return `${path}?${parameters.toString()}`;
  };
  return {
    search: (query, limit, place, signal) =>
      configured(() => ask(withQuery('search', query, { limit, ...place }), readLogPage, signal)),
    context: (id, around, signal) => configured(() => context(id, around, signal)),
    patterns: (query, limit, signal) =>
      configured(() => ask(withQuery('patterns', query, { limit }), readLogPatterns, signal)),
    trends: (query, step, signal) =>
      configured(() => ask(withQuery('trends', query, { step: step / 1000 }), readLogTrends, signal)),
    health: (signal) => configured(() => ask('health', readLogHealth, signal)),
    deadLetters: (limit, signal) => configured(() => deadLetters(limit, signal)),
    retryDeadLetters: (ids) =>
      configured(() =>
        askExporter({ path: '/api/v1/logs/dead-letters/retry', body: { ids } }, readRetriedLetters),
      ),
    statistics: (signal) => configured(() => ask('statistics', readLogStatistics, signal)),
  };
}
