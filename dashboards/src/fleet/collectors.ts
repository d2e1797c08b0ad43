import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { collectorState, stateMapping } from '../shared/collector-state.ts';
import { range, table } from '../shared/query.ts';
import { stateTimeline } from '../shared/state-timeline.ts';
import { type Column, columns, joinedBy, tablePanel } from '../shared/table-panel.ts';
import { timeseries } from '../shared/timeseries.ts';

const STATE = collectorState('', 'collector');

function states(): Builder<Panel> {
  return stateTimeline(
    {
      id: 41,
      title: 'Collectors over Time',
      description:
        'Whether each source could be read. Paused: left alone for a while after repeated failures.',
      noValue: 'Prometheus has nothing from the Valtronics exporter.',
      runbooks: ['CollectorFailing'],
    },
    [stateMapping()],
    [range(STATE, '{{collector}}')],
  );
}

const COLUMNS: readonly Column[] = [
  { field: 'collector', header: 'Collector' },
  { field: 'Value #A', header: 'State' },
  { field: 'Value #B', header: 'Last success' },
  { field: 'Value #C', header: 'Took' },
];

function collectors(): Builder<Panel> {
  const panel = tablePanel(
    {
      id: 42,
      title: 'Collectors',
      description:
        'The sources that the exporter reads: state now, time since the last success, duration of the last attempt.',
      noValue: 'Prometheus has nothing from the Valtronics exporter.',
      runbooks: ['CollectorFailing'],
    },
    COLUMNS,
    { header: 'State', descending: false },
  )
    .height(8)
    .withTarget(table(STATE, 'A'))
    .withTarget(
      table('time() - min by (collector) (valtronics_collector_last_success_timestamp_seconds)', 'B'),
    )
    .withTarget(table('max by (collector) (valtronics_collector_duration_seconds)', 'C'))
    .withTransformation(joinedBy('collector'));
  for (const transformation of columns(COLUMNS)) panel.withTransformation(transformation);
  return panel
    .unit('s')
    .overrideByName('State', [
      { id: 'unit', value: 'none' },
      { id: 'mappings', value: [stateMapping()] },
      { id: 'custom.cellOptions', value: { type: 'color-text' } },
    ])
    .overrideByName('Last success', [{ id: 'decimals', value: 0 }]);
}

function unusable(): Builder<Panel> {
  return timeseries({
    id: 43,
    title: 'Data That Could Not Be Used',
    description:
      'Messages, rows and series that the exporter left out, by reason. Nothing here is the normal state; docs/collectors.md explains the reasons.',
    noValue: 'Nothing was left out.',
  })
    .withTarget(
      range(
        'sum by (reason) (rate(valtronics_mqtt_unusable_total[$__rate_interval])) > 0',
        'MQTT: {{reason}}',
        'A',
      ),
    )
    .withTarget(
      range(
        'sum by (collector, reason) (rate(valtronics_rows_unusable_total[$__rate_interval])) > 0',
        '{{collector}}: {{reason}}',
        'B',
      ),
    )
    .withTarget(
      range(
        'sum by (reason) (rate(valtronics_series_dropped_total[$__rate_interval])) > 0',
        'series: {{reason}}',
        'C',
      ),
    )
    .unit('suffix:/s')
    .min(0);
}

function accessLog(): Builder<Panel> {
  return timeseries({
    id: 44,
    title: 'Access Log Reading',
    description:
      'Lines that the exporter reads from the access log, by format. Format other means no access line.',
    noValue: 'Needs the access log of the platform API: set VALTRONICS_LOG_PATHS on the exporter.',
    runbooks: ['CollectorFailing'],
  })
    .withTarget(
      range('sum by (format) (rate(valtronics_access_log_lines_total[$__rate_interval]))', '{{format}}', 'A'),
    )
    .withTarget(range('max(valtronics_access_log_backlog_bytes)', 'waiting to be read', 'B'))
    .unit('suffix:lines/s')
    .min(0)
    .overrideByName('waiting to be read', [
      { id: 'unit', value: 'bytes' },
      { id: 'custom.axisPlacement', value: 'right' },
    ]);
}

/** How the exporter itself is doing. */
export function collectorPanels(): readonly Builder<Panel>[] {
  return [states(), collectors(), unusable(), accessLog()];
}
