import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { REQUESTS } from '../shared/api-requests.ts';
import { FLEET_PAGE, TRACES_PAGE } from '../shared/dashboard.ts';
import { explainedBy } from '../shared/links.ts';
import { range, table } from '../shared/query.ts';
import { type Column, columns, tablePanel } from '../shared/table-panel.ts';
import { neutral } from '../shared/thresholds.ts';
import { stacked, timeseries } from '../shared/timeseries.ts';
import { slowBound } from './objectives.ts';

/** Rows of a list of what burned a budget: more of them is no answer. */
const MOST = 10;
const DURATIONS = 'valtronics_api_request_duration_seconds';

function list(
  text: {
    readonly id: number;
    readonly description: string;
    readonly noValue: string;
    readonly runbooks: string[];
  },
  header: string,
): PanelBuilder {
  const shown: readonly Column[] = [
    { field: 'route', header: 'Route' },
    { field: 'Value', header, width: 120 },
  ];
  const panel = tablePanel({ title: 'What Burned It', ...text }, shown, { header, descending: true });
  for (const transformation of columns(shown)) panel.withTransformation(transformation);
  const url = `${TRACES_PAGE}?from=\${__from}&to=\${__to}`;
  return panel
    .span(24)
    .height(8)
    .unit('short')
    .decimals(0)
    .overrideByName('Route', [{ id: 'links', value: [{ title: 'Show the traces', url }] }]);
}

/** The routes that failed most. */
export function failedRoutes(id: number): Builder<Panel> {
  return list(
    {
      id,
      description: `Answers of 5xx in the time range, the ${MOST} routes with the most of them. A route that always fails is a floor, one that failed for a while an incident.`,
      noValue: 'No answer was a 5xx in this time.',
      runbooks: ['ApiErrorBudgetBurn', 'HighErrorRate'],
    },
    'Errors',
  ).withTarget(
    table(
      `topk(${MOST}, sum by (route) (label_join(
        increase(${REQUESTS}{status=~"5.."}[$__range]), "route", " ", "status", "method", "endpoint")) > 0)`,
    ),
  );
}

/** The routes with the most requests that took too long. */
export function slowRoutes(id: number): Builder<Panel> {
  const bound = slowBound();
  return list(
    {
      id,
      description: `Requests that took longer than ${bound} s in the time range, the ${MOST} routes with the most of them. Only where the access log or the gateway measures durations.`,
      noValue: `No request took longer than ${bound} s in this time.`,
      runbooks: ['ApiLatencyBudgetBurn', 'HighResponseTime'],
    },
    'Slow',
  ).withTarget(
    table(
      `topk(${MOST}, sum by (route) (label_join(
        increase(${DURATIONS}_count[$__range]) - on (job, instance, method, endpoint)
        increase(${DURATIONS}_bucket{le="${bound}"}[$__range]), "route", " ", "method", "endpoint")) > 0)`,
    ),
  );
}

/** The types of the devices that are silent. */
export function silentTypes(id: number): Builder<Panel> {
  return stacked(
    timeseries({
      id,
      title: 'What Burned It',
      description:
        'Devices that are offline, by type. All types at once: the broker or the platform; one type: its devices.',
      noValue: 'No device is offline.',
      runbooks: ['TelemetryFreshnessBudgetBurn', 'DevicesOffline'],
    }),
  )
    .withTarget(range('count by (device_type) (valtronics_device_status == 4)', '{{device_type}}'))
    .unit('short')
    .decimals(0)
    .min(0)
    .span(24)
    .thresholds(neutral())
    .dataLinks([explainedBy('Show the devices', `${FLEET_PAGE}?status=offline`)]);
}
