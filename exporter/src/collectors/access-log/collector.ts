import { type LineFormat, parseLine } from '../../access-line/parse-line.ts';
import { createEndpoints } from '../../api-routes/endpoints.ts';
import { KNOWN_ROUTES } from '../../api-routes/known-routes.ts';
import { createRequestCounts } from '../../api-routes/request-counts.ts';
import { createRouteRefresh } from '../../api-routes/route-refresh.ts';
import { type Clock, systemClock } from '../../base/clock.ts';
import type { Logger } from '../../log/logger.ts';
import type { LineBatch } from '../../log-tail/line-batch.ts';
import { createTail, type TailReport } from '../../log-tail/tail.ts';
import { ACCESS_LOG_BACKLOG, ACCESS_LOG_LINES } from '../../metrics/catalogue/access-log.ts';
import { SERIES_DROPPED } from '../../metrics/catalogue/collection.ts';
import { API_CLIENTS } from '../../metrics/catalogue/platform.ts';
import type { CounterCell, Metrics } from '../../metrics/metrics.ts';
import type { StateStore } from '../../state/state-store.ts';
import type { Collector } from '../collector.ts';
import { createClients } from './clients.ts';
import { createUnreadable } from './unreadable.ts';

export interface AccessLogOptions {
  /** Globs of the platform's access logs; compressed files are left alone. */
  readonly patterns: readonly string[];
  readonly metrics: Metrics;
  readonly state: StateStore;
  readonly logger: Logger;
  /** Fetches and parses the platform's OpenAPI document; without it endpoints go by the routes known here. */
  readonly fetchOpenApi?: (signal: AbortSignal) => Promise<unknown>;
  /** False when the gateway counts the requests: the lines then tell of clients and of themselves only. */
  readonly countsRequests?: boolean;
  /** Most endpoints besides `unmatched` and `other`. */
  readonly maxEndpoints?: number;
  /** Milliseconds between two looks at the files. */
  readonly pollInterval?: number;
  readonly clock?: Clock;
}

/** Most milliseconds that one attempt spends on reading; what is left goes on in the background. */
const READ_BUDGET = 500;
const STATE_NAME = 'access-log';

/** Throws when a pattern leads to no file that can be read. The message names it and says why. */
function requireFiles(report: TailReport): void {
  const problems = report.patterns.flatMap(({ pattern, files, problem }) =>
    files > 0 ? [] : [problem ?? `no file matches ${pattern}`],
  );
  if (problems.length > 0) throw new Error(problems.join('; '));
}

/** Rejects when the signal is aborted before the promise settles: a hung network file system answers never. */
async function beforeAbort<T>(promise: Promise<T>, signal: AbortSignal, what: string): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void =>
    aborted.reject(new Error(`${what} could not be read in time: does its file system hang?`));
  // Nothing may stay behind: a listener would keep the attempt alive for as long as the exporter runs.
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Counts lines by their format, in cells that are made on first use. */
function lineCounter(metrics: Metrics): (format: LineFormat | 'too_long') => void {
  const cells = new Map<string, CounterCell>();
  return (format) => {
    const cell = cells.get(format) ?? metrics.counter(ACCESS_LOG_LINES, { format });
    cells.set(format, cell);
    cell.inc();
  };
}

/**
 * Counts the requests of the platform's API from its access logs (contract §4, `valtronics_api_*`). The tail
 * runs between attempts, so that the counters are live; an attempt reads what is there and publishes the
 * gauges. Lines count at least once: after a crash those of the last 5 seconds may count again.
 */
export function createAccessLogCollector(options: AccessLogOptions): Collector {
  const { patterns, metrics, logger, countsRequests = true } = options;
  const { wall, monotonic } = options.clock ?? systemClock;
  const target = patterns.join(', ');
  const requests = createRequestCounts(metrics);
  const countLine = lineCounter(metrics);
  const clients = createClients(monotonic);
  const unreadable = createUnreadable(monotonic);
  const endpoints = createEndpoints({
    max: options.maxEndpoints ?? 200,
    routes: KNOWN_ROUTES,
    dropped: metrics.counter(SERIES_DROPPED, { reason: 'endpoints' }),
  });

  function count({ path, lines }: LineBatch): void {
    const arrival = wall();
    const file = unreadable.file(path);
    for (const { text, truncated } of lines) {
      if (truncated) {
        countLine('too_long');
        continue;
      }
      const { format, access } = parseLine(text);
      countLine(format);
      if (access === null) {
        file.unreadable(text);
        continue;
      }
      file.readable();
      if (countsRequests) requests.count(endpoints.endpointOf(access.path, access.status), access);
      if (access.client !== null) clients.seen(access.client, arrival - (access.time ?? arrival));
    }
  }

  const tail = createTail({
    patterns,
    onLines: count,
    state: options.state,
    stateName: STATE_NAME,
    logger,
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.pollInterval === undefined ? {} : { pollInterval: options.pollInterval }),
  });
  const { fetchOpenApi } = options;
  const routes =
    fetchOpenApi === undefined || !countsRequests
      ? undefined
      : createRouteRefresh({ fetchDocument: fetchOpenApi, use: endpoints.use, logger, now: monotonic });

  function withdraw(): void {
    metrics.withdraw(API_CLIENTS);
    metrics.withdraw(ACCESS_LOG_BACKLOG);
  }

  return {
    name: 'access_log',
    target,
    passive: true,
    start: () => {
      tail.start();
      return Promise.resolve();
    },
    collect: async ({ signal, left }) => {
      routes?.refreshIfOld();
      const budget = Math.min(READ_BUDGET, left() / 2);
      const report = await beforeAbort(tail.poll(budget), signal, target);
      requireFiles(report);
      const problem = unreadable.problem();
      if (problem !== undefined) throw new Error(problem);
      return () => {
        metrics.publish(API_CLIENTS, [{ labels: {}, value: clients.count() }]);
        metrics.publish(ACCESS_LOG_BACKLOG, [{ labels: {}, value: report.backlogBytes }]);
      };
    },
    withdraw,
    stop: async () => {
      await Promise.all([tail.stop(), routes?.stop()]);
      withdraw();
    },
  };
}
