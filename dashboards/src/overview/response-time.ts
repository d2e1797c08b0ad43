import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { DURATIONS } from '../shared/api-requests.ts';
import { quantile, range } from '../shared/query.ts';
import { alertLine, timeseries } from '../shared/timeseries.ts';

const PROBES = 'valtronics_api_probe_duration_seconds_bucket';

/**
 * Response time of the API from the access log; wherever that has none (uvicorn's lines carry no duration),
 * the exporter's own requests stand in under a name that says so. The same order as rule HighResponseTime.
 */
export function responseTime(): Builder<Panel> {
  const panel = timeseries({
    id: 6,
    title: 'API Response Time',
    description:
      'From the access log where its lines carry a duration, else from the exporter’s own polls, named so. The line is where HighResponseTime begins to count.',
    noValue: 'Needs the platform API: set VALTRONICS_LOG_PATHS or VALTRONICS_API_URL on the exporter.',
    runbooks: ['HighResponseTime', 'ApiLatencyBudgetBurn'],
  })
    .withTarget(range(quantile('0.95', DURATIONS), '95th percentile', 'A'))
    .withTarget(range(quantile('0.50', DURATIONS), '50th percentile', 'B'))
    .unit('s')
    .min(0);
  for (const [refId, q, name] of [
    ['C', '0.95', '95th percentile'],
    ['D', '0.50', '50th percentile'],
  ] as const) {
    const fallback = `${quantile(q, PROBES)} unless ${quantile(q, DURATIONS)}`;
    panel.withTarget(range(fallback, `${name} (exporter’s own polls)`, refId));
  }
  return alertLine(panel, 'HighResponseTime');
}
