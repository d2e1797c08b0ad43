import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { byRouteName, DURATIONS, REQUESTS } from '../shared/api-requests.ts';
import { TRACES_PAGE } from '../shared/dashboard.ts';
import { quantile, range, table } from '../shared/query.ts';
import { type Column, columns, joinedBy, tablePanel } from '../shared/table-panel.ts';
import { neutral } from '../shared/thresholds.ts';
import { alertLine, linesOnly, manyLines, stacked, timeseries } from '../shared/timeseries.ts';

const NO_REQUESTS =
  'No request was seen in this time: put the gateway in front of the API (VALTRONICS_GATEWAY_LISTEN), or name its access log (VALTRONICS_LOG_PATHS).';
/** Routes with a name of their own in a chart; more of them nobody tells apart. */
const MOST = 8;

function rate(): Builder<Panel> {
  return stacked(
    timeseries({
      id: 11,
      title: 'Requests by Route',
      description: `Requests a second, the ${MOST} busiest routes.`,
      noValue: NO_REQUESTS,
    }),
  )
    .withTarget(
      range(
        `topk(${MOST}, sum by (method, endpoint) (rate(${REQUESTS}[$__rate_interval])))`,
        '{{method}} {{endpoint}}',
      ),
    )
    .unit('reqps')
    .thresholds(neutral())
    .min(0);
}

function errors(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 12,
      title: 'Failing Routes',
      description: 'Answers of 5xx a second by route. 502 and 504 are the gateway’s: the API did not answer.',
      noValue: 'No request failed in this time.',
      runbooks: ['HighErrorRate'],
    }),
  )
    .withTarget(
      range(
        `topk(${MOST}, sum by (method, endpoint, status) (rate(${REQUESTS}{status=~"5.."}[$__rate_interval])) > 0)`,
        '{{status}} {{method}} {{endpoint}}',
      ),
    )
    .unit('reqps')
    .thresholds(neutral())
    .min(0);
}

function duration(): Builder<Panel> {
  const panel = timeseries({
    id: 13,
    title: 'Duration',
    description:
      'How long requests take. A dot is a single request whose trace was kept: click on it and open the trace. The line is where HighResponseTime begins to count.',
    noValue: NO_REQUESTS,
    runbooks: ['HighResponseTime', 'ApiLatencyBudgetBurn'],
  })
    .withTarget(range(quantile('0.95', DURATIONS), '95th percentile', 'A').exemplar(true))
    .withTarget(range(quantile('0.50', DURATIONS), '50th percentile', 'B'))
    .withTarget(range(quantile('0.99', DURATIONS), '99th percentile', 'C'))
    .unit('s')
    .min(0);
  return alertLine(panel.fillOpacity(0), 'HighResponseTime');
}

function durationByRoute(): Builder<Panel> {
  return manyLines(
    timeseries({
      id: 14,
      title: 'Slowest Routes',
      description: `95 of 100 requests of the route are faster; the ${MOST} slowest routes.`,
      noValue: NO_REQUESTS,
      runbooks: ['HighResponseTime'],
    }),
  )
    .withTarget(
      range(`topk(${MOST}, ${quantile('0.95', DURATIONS, 'method', 'endpoint')})`, '{{method}} {{endpoint}}'),
    )
    .unit('s')
    .thresholds(neutral())
    .min(0);
}

const COLUMNS: readonly Column[] = [
  { field: 'route', header: 'Route' },
  { field: 'Value #A', header: 'Requests', width: 110 },
  { field: 'Value #B', header: 'Errors', width: 90 },
  { field: 'Value #C', header: 'Median', width: 100 },
  { field: 'Value #D', header: '95th percentile', width: 130 },
];

function routes(): Builder<Panel> {
  const sum = (selector: string): string =>
    `sum by (method, endpoint) (rate(${REQUESTS}${selector}[$__rate_interval]))`;
  const panel = tablePanel(
    {
      id: 15,
      title: 'Routes',
      description: 'Each route of the API with its rate, share of errors and durations now.',
      noValue: NO_REQUESTS,
      runbooks: ['HighErrorRate', 'HighResponseTime'],
    },
    COLUMNS,
    { header: '95th percentile', descending: true },
  )
    .withTarget(table(byRouteName(sum('')), 'A'))
    .withTarget(table(byRouteName(`(${sum('{status=~"5.."}')} or 0 * ${sum('')}) / (${sum('')} > 0)`), 'B'))
    .withTarget(table(byRouteName(quantile('0.50', DURATIONS, 'method', 'endpoint')), 'C'))
    .withTarget(table(byRouteName(quantile('0.95', DURATIONS, 'method', 'endpoint')), 'D'))
    .withTransformation(joinedBy('route'));
  for (const transformation of columns(COLUMNS)) panel.withTransformation(transformation);
  const url = `${TRACES_PAGE}?operation=\${__value.raw}&from=\${__from}&to=\${__to}`;
  return panel
    .span(24)
    .height(10)
    .unit('s')
    .overrideByName('Requests', [
      { id: 'unit', value: 'reqps' },
      { id: 'decimals', value: 2 },
    ])
    .overrideByName('Errors', [
      { id: 'unit', value: 'percentunit' },
      { id: 'decimals', value: 1 },
    ])
    .overrideByName('Route', [{ id: 'links', value: [{ title: 'Show its traces', url }] }]);
}

/** What is asked of the platform's API, and how it answers. */
export function requestPanels(): readonly Builder<Panel>[] {
  return [rate(), errors(), duration(), durationByRoute(), routes()];
}
