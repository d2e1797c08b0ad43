/** Requests to the platform's API, counted by the gateway or by its access log. */
export const REQUESTS = 'valtronics_api_requests_total';
/** Their durations, with the traces of single ones as exemplars. */
export const DURATIONS = 'valtronics_api_request_duration_seconds_bucket';

/** A quantile of a histogram by labels, or nothing at all: without observations it is NaN, which `>= 0` takes out. */
export function quantile(q: string, buckets: string, ...by: readonly string[]): string {
  return `(histogram_quantile(${q}, sum by (${[...by, 'le'].join(', ')}) (rate(${buckets}[$__rate_interval]))) >= 0)`;
}
