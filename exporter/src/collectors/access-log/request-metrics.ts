import { ACCESS_LOG_LINES } from '../../metrics/catalogue/access-log.ts';
import { API_REQUEST_DURATION, API_REQUESTS } from '../../metrics/catalogue/platform.ts';
import type { CounterCell, HistogramCell, Metrics } from '../../metrics/metrics.ts';
import { type AccessLine, SWITCHING_PROTOCOLS } from '../../access-line/access-line.ts';
import type { LineFormat } from '../../access-line/parse-line.ts';

/** Longer durations, in seconds, are no durations of requests but another unit or nonsense. */
const LONGEST_DURATION = 24 * 60 * 60;

/** Counts requests. A label set appears with its first request at 1, as Prometheus' own client libraries have it. */
export interface RequestMetrics {
  count(endpoint: string, request: AccessLine): void;
  countLine(format: LineFormat | 'too_long'): void;
}

/** The value of a key, made on first use. */
function cellOf<T>(cells: Map<string, T>, key: string, make: () => T): T {
  const known = cells.get(key);
  if (known !== undefined) return known;
  const cell = make();
  cells.set(key, cell);
  return cell;
}

/** Keeps a cell for each label set: their number is bounded by methods × capped endpoints × statuses. */
export function createRequestMetrics(metrics: Metrics): RequestMetrics {
  const requests = new Map<string, CounterCell>();
  const durations = new Map<string, HistogramCell>();
  const lines = new Map<string, CounterCell>();

  return {
    count: (endpoint, { method, status, durationSeconds }) => {
      cellOf(requests, `${status}${method}${endpoint}`, () =>
        metrics.counter(API_REQUESTS, { method, endpoint, status }),
      ).inc();
      if (durationSeconds === null || durationSeconds > LONGEST_DURATION) return;
      if (status === SWITCHING_PROTOCOLS) return;
      cellOf(durations, method + endpoint, () =>
        metrics.histogram(API_REQUEST_DURATION, { method, endpoint }),
      ).observe(durationSeconds);
    },
    countLine: (format) => cellOf(lines, format, () => metrics.counter(ACCESS_LOG_LINES, { format })).inc(),
  };
}
