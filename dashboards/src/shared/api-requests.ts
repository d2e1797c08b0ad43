/** Requests to the platform's API, counted by the gateway or by its access log. */
export const REQUESTS = 'valtronics_api_requests_total';
/** Their durations, where the access log's lines carry them, with the traces of single ones as exemplars. */
export const DURATIONS = 'valtronics_api_request_duration_seconds_bucket';

/** The expression with one label for method and route: queries meet by it, and it is the name of the spans. */
export function byRouteName(expr: string): string {
  return `label_join(${expr}, "route", " ", "method", "endpoint")`;
}
