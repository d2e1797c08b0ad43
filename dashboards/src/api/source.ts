import type { VariableModel } from '@grafana/grafana-foundation-sdk/dashboard';
import { REQUESTS } from '../shared/api-requests.ts';
import { labelVariable } from '../shared/variables.ts';

/** The routes that are chosen: every query of requests has it. */
export const CHOSEN = 'endpoint=~"$endpoint"';
/** Likewise, of their buckets. */
export const CHOSEN_DURATIONS = `valtronics_api_request_duration_seconds_bucket{${CHOSEN}}`;

export const NO_REQUESTS =
  'No request was seen in this time: put the gateway in front of the API (VALTRONICS_GATEWAY_LISTEN), or name its access log (VALTRONICS_LOG_PATHS).';
export const NO_DURATIONS =
  'No request with a duration was seen in this time: put the gateway in front of the API, or log $request_time (docs/access-logs.md).';

/** Routes of the API, with characters of patterns in their names. */
export function endpointVariable(): VariableModel {
  return labelVariable({ name: 'endpoint', title: 'Route', of: REQUESTS });
}
