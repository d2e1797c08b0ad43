import { API_REQUEST_DURATION, API_REQUESTS } from '../metrics/catalogue/platform.ts';
import type { CounterCell, HistogramCell, Metrics } from '../metrics/metrics.ts';

/** Longer durations, in seconds, are no durations of requests but another unit or nonsense. */
const LONGEST_DURATION = 24 * 60 * 60;
/** Status of a connection that became a WebSocket: its "duration" is the life of the connection. */
const SWITCHING_PROTOCOLS = '101';

/** A request that the platform's API served. */
export interface CountedRequest {
  /** In capitals, or `other`. */
  readonly method: string;
  /** Three digits. */
  readonly status: string;
  /** Null where nobody measured it. */
  readonly durationSeconds: number | null;
}

/** Counts the requests of the platform's API, whoever sees them: its access logs or the gateway. */
export interface RequestCounts {
  /**
   * Counts a request at the route template `endpoint`. Returns the histogram that took its duration; undefined when
   * none did.
   */
  count(endpoint: string, request: CountedRequest): HistogramCell | undefined;
}

/** The value of a key, made on first use. */
function cellOf<T>(cells: Map<string, T>, key: string, make: () => T): T {
  const known = cells.get(key);
  if (known !== undefined) return known;
  const cell = make();
  cells.set(key, cell);
  return cell;
}

/**
 * Keeps a cell for each label set, whose number is bounded by methods × capped endpoints × statuses. A label set appears
 * with its first request at 1, as Prometheus' own client libraries have it.
 */
export function createRequestCounts(metrics: Metrics): RequestCounts {
  const requests = new Map<string, CounterCell>();
  const durations = new Map<string, HistogramCell>();

  return {
    count: (endpoint, { method, status, durationSeconds }) => {
      cellOf(requests, `${status}${method}${endpoint}`, () =>
        metrics.counter(API_REQUESTS, { method, endpoint, status }),
      ).inc();
      if (durationSeconds === null || durationSeconds > LONGEST_DURATION) return undefined;
      if (status === SWITCHING_PROTOCOLS) return undefined;
      const cell = cellOf(durations, method + endpoint, () =>
        metrics.histogram(API_REQUEST_DURATION, { method, endpoint }),
      );
      cell.observe(durationSeconds);
      return cell;
    },
  };
}
