import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { byRouteName, REQUESTS } from '../shared/api-requests.ts';
import { TRACES_PAGE } from '../shared/dashboard.ts';
import { TIME } from '../shared/links.ts';
import { quantile, table } from '../shared/query.ts';
import { type Column, columns, joinedBy, tablePanel } from '../shared/table-panel.ts';
import { CHOSEN, CHOSEN_DURATIONS, NO_REQUESTS } from './source.ts';

const COLUMNS: readonly Column[] = [
  { field: 'route', header: 'Route' },
  { field: 'Value #A', header: 'Requests', width: 110 },
  { field: 'Value #B', header: 'Failed', width: 90 },
  { field: 'Value #C', header: 'Refused', width: 90 },
  { field: 'Value #D', header: 'Median', width: 100 },
  { field: 'Value #E', header: '95th percentile', width: 130 },
];

function rate(matcher = ''): string {
  return `sum by (method, endpoint) (rate(${REQUESTS}{${matcher}${CHOSEN}}[$__rate_interval]))`;
}

function share(status: string): string {
  return byRouteName(`(${rate(`status=~"${status}", `)} or 0 * ${rate()}) / (${rate()} > 0)`);
}

/** Each route with all that is known of it. */
export function routeTable(): Builder<Panel> {
  const panel = tablePanel(
    {
      id: 31,
      title: 'Routes',
      description:
        'Each chosen route now: rate, share of answers that are 5xx and 4xx, durations. A dash: no duration is known. Click a route for its traces.',
      runbooks: ['HighErrorRate', 'HighResponseTime'],
      noValue: NO_REQUESTS,
    },
    COLUMNS,
    { header: 'Requests', descending: true },
  )
    .withTarget(table(byRouteName(rate()), 'A'))
    .withTarget(table(share('5..'), 'B'))
    .withTarget(table(share('4..'), 'C'))
    .withTarget(table(byRouteName(quantile('0.50', CHOSEN_DURATIONS, 'method', 'endpoint')), 'D'))
    .withTarget(table(byRouteName(quantile('0.95', CHOSEN_DURATIONS, 'method', 'endpoint')), 'E'))
    .withTransformation(joinedBy('route'));
  for (const transformation of columns(COLUMNS)) panel.withTransformation(transformation);
  const url = `${TRACES_PAGE}?operation=\${__value.raw}&${TIME}`;
  for (const name of ['Failed', 'Refused'])
    panel.overrideByName(name, [
      { id: 'unit', value: 'percentunit' },
      { id: 'decimals', value: 1 },
    ]);
  return panel
    .span(24)
    .height(10)
    .unit('s')
    .overrideByName('Requests', [
      { id: 'unit', value: 'reqps' },
      { id: 'decimals', value: 2 },
    ])
    .overrideByName('Route', [{ id: 'links', value: [{ title: 'Show its traces', url }] }]);
}
