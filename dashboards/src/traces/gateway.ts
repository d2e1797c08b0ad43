import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { quantile, range } from '../shared/query.ts';
import { neutral } from '../shared/thresholds.ts';
import { linesOnly, timeseries } from '../shared/timeseries.ts';

const NO_GATEWAY = 'No gateway runs: VALTRONICS_GATEWAY_LISTEN, or npm run gateway.';
const OVERHEAD = 'valtronics_gateway_overhead_seconds_bucket';

function overhead(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 31,
      title: 'Overhead',
      description:
        'What the gateway itself adds to a request: its whole time less the time of waiting for the API and for the client.',
      noValue: NO_GATEWAY,
    }),
  )
    .withTarget(range(quantile('0.50', OVERHEAD), '50th percentile', 'A'))
    .withTarget(range(quantile('0.99', OVERHEAD), '99th percentile', 'B'))
    .unit('s')
    .thresholds(neutral())
    .min(0);
}

function inFlight(): Builder<Panel> {
  return timeseries({
    id: 32,
    title: 'In Flight',
    description:
      'Requests and upgraded connections in each gateway. Over VALTRONICS_GATEWAY_MAX_IN_FLIGHT it answers 503.',
    noValue: NO_GATEWAY,
    runbooks: ['ApiDown'],
  })
    .withTarget(range('sum by (instance) (valtronics_gateway_in_flight)', '{{instance}}'))
    .unit('short')
    .decimals(0)
    .thresholds(neutral())
    .min(0);
}

function unanswered(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 33,
      title: 'Not Answered by the API',
      description: 'Requests that the API did not answer, by reason: the client got 502 or 504.',
      noValue: 'The API answered every request.',
      runbooks: ['ApiDown'],
    }),
  )
    .withTarget(
      range(
        'sum by (reason) (rate(valtronics_gateway_upstream_failures_total[$__rate_interval])) > 0',
        '{{reason}}',
      ),
    )
    .unit('reqps')
    .thresholds(neutral())
    .min(0);
}

function refused(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 34,
      title: 'Not Passed on',
      description:
        'Requests and connections that the gateway refused, by reason: malformed and too_long are attacks or broken clients, busy and connections are limits.',
      noValue: 'Every request was passed on.',
    }),
  )
    .withTarget(
      range('sum by (reason) (rate(valtronics_gateway_refused_total[$__rate_interval])) > 0', '{{reason}}'),
    )
    .unit('reqps')
    .thresholds(neutral())
    .min(0);
}

/** How the gateway itself is doing. */
export function gatewayPanels(): readonly Builder<Panel>[] {
  return [overhead(), inFlight(), unanswered(), refused()];
}
