import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { quantile, range } from '../shared/query.ts';
import { alertLine, linesOnly, manyLines, timeseries } from '../shared/timeseries.ts';

const NO_API = 'Needs the platform API: set VALTRONICS_API_URL on the exporter.';

function answering(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 41,
      title: 'Routes that Answer',
      description:
        'The routes that the exporter asks itself: 100 % while every answer was usable. All at once: the API is down; one alone: its code or its tables.',
      runbooks: ['ApiDown'],
      noValue: NO_API,
    }),
  )
    .withTarget(
      range(
        'avg by (endpoint) (avg_over_time(valtronics_api_endpoint_success[$__rate_interval]))',
        '{{endpoint}}',
      ),
    )
    .unit('percentunit')
    .min(0)
    .max(1);
}

function durations(): Builder<Panel> {
  const panel = manyLines(
    timeseries({
      id: 42,
      title: 'Duration of the Exporter’s Polls',
      description:
        '95 of 100 polls of the route are faster. It is known without access log and gateway; HighResponseTime watches it where requests have no duration.',
      runbooks: ['HighResponseTime'],
      noValue: NO_API,
    }),
  )
    .withTarget(
      range(quantile('0.95', 'valtronics_api_probe_duration_seconds_bucket', 'endpoint'), '{{endpoint}}'),
    )
    .unit('s')
    .min(0);
  return alertLine(panel, 'HighResponseTime');
}

function healthDocument(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 43,
      title: 'What the Platform Says of Itself',
      description:
        'The services of the platform’s own health document: 100 % while it calls them healthy. It may say so of a database that only it can reach: compare with Infrastructure.',
      runbooks: ['DatabaseDown', 'RedisDown'],
      noValue: NO_API,
    }),
  )
    .withTarget(
      range('min by (service) (avg_over_time(valtronics_api_healthy[$__rate_interval]))', '{{service}}'),
    )
    .unit('percentunit')
    .min(0)
    .max(1);
}

function gateway(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 44,
      title: 'Gateway',
      description:
        'Requests that are in the gateway now, and those a second that the API did not answer, by reason. Requests that pile up while the rate falls: the API hangs.',
      runbooks: ['ApiDown'],
      noValue: 'No gateway is in front of the API: set VALTRONICS_GATEWAY_LISTEN (docs/gateway.md).',
    }),
  )
    .withTarget(range('sum(valtronics_gateway_in_flight)', 'in flight', 'A'))
    .withTarget(
      range(
        'sum by (reason) (rate(valtronics_gateway_upstream_failures_total[$__rate_interval])) > 0',
        'not answered: {{reason}}',
        'B',
      ),
    )
    .unit('short')
    .min(0);
}

/** What is known of the API without its clients. */
export function probePanels(): readonly Builder<Panel>[] {
  return [answering(), durations(), healthDocument(), gateway()];
}
