import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { quantile, range, table } from '../shared/query.ts';
import { type Column, columns, joinedBy, tablePanel } from '../shared/table-panel.ts';
import { neutral } from '../shared/thresholds.ts';
import { manyLines, timeseries } from '../shared/timeseries.ts';

const NO_CALLS =
  'No call was seen in this time: tracing is on with VALTRONICS_TRACES_BUFFER or OTEL_EXPORTER_OTLP_ENDPOINT.';
const CALLS = 'traces_service_graph_request_total';
const FAILED = 'traces_service_graph_request_failed_total';
const SECONDS = 'traces_service_graph_request_server_seconds_bucket';

const COLUMNS: readonly Column[] = [
  { field: 'call', header: 'Who calls whom' },
  { field: 'Value #A', header: 'Calls', width: 100 },
  { field: 'Value #B', header: 'Errors', width: 90 },
  { field: 'Value #C', header: '95th percentile', width: 130 },
];

const sum = (metric: string): string => `sum by (client, server) (rate(${metric}[$__rate_interval]))`;
/** The expression with one label for both ends of a call, by which queries meet. */
const named = (expr: string): string => `label_join(${expr}, "call", " → ", "client", "server")`;

function edges(): Builder<Panel> {
  const panel = tablePanel(
    {
      id: 21,
      title: 'Calls between Services',
      description: 'Who calls whom, how often, how many of the calls fail and how long they take.',
      noValue: NO_CALLS,
    },
    COLUMNS,
    { header: 'Calls', descending: true },
  )
    .withTarget(table(named(sum(CALLS)), 'A'))
    .withTarget(table(named(`${sum(FAILED)} / (${sum(CALLS)} > 0)`), 'B'))
    .withTarget(table(named(quantile('0.95', SECONDS, 'client', 'server')), 'C'))
    .withTransformation(joinedBy('call'));
  for (const transformation of columns(COLUMNS)) panel.withTransformation(transformation);
  return panel
    .height(8)
    .unit('s')
    .overrideByName('Calls', [
      { id: 'unit', value: 'suffix:/s' },
      { id: 'decimals', value: 2 },
    ])
    .overrideByName('Errors', [
      { id: 'unit', value: 'percentunit' },
      { id: 'decimals', value: 1 },
    ]);
}

function failing(): Builder<Panel> {
  return manyLines(
    timeseries({
      id: 22,
      title: 'Failing Calls',
      description: 'Calls that failed, a second. The one furthest to the right of the map is where it began.',
      noValue: 'No call failed in this time.',
      runbooks: ['HighErrorRate'],
    }),
  )
    .withTarget(range(`${sum(FAILED)} > 0`, '{{client}} → {{server}}'))
    .unit('suffix:/s')
    .thresholds(neutral())
    .min(0);
}

/** The service map in numbers; its picture is on the app's page. */
export function callPanels(): readonly Builder<Panel>[] {
  return [edges(), failing()];
}
