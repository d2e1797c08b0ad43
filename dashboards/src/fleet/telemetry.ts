import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { range, table } from '../shared/query.ts';
import { ofChosen } from './chosen.ts';
import { type Column, columns, tablePanel } from '../shared/table-panel.ts';
import { bySeverity } from '../shared/severity.ts';
import { stacked, timeseries } from '../shared/timeseries.ts';

const AGE = 'time() - valtronics_device_last_seen_timestamp_seconds';

/** Ages that the freshness chart tells apart, from fresh to old (seconds). */
const AGES = [
  { name: 'up to 1 min', from: undefined, to: 60, colour: 'green' },
  { name: '1 to 5 min', from: 60, to: 300, colour: 'yellow' },
  { name: '5 min to 1 h', from: 300, to: 3600, colour: 'orange' },
  { name: 'over 1 h', from: 3600, to: undefined, colour: 'red' },
] as const;

const REF_IDS = ['A', 'B', 'C', 'D'] as const;

function freshness(): Builder<Panel> {
  const panel = stacked(
    timeseries({
      id: 31,
      title: 'Telemetry Freshness',
      description:
        'Devices by how long ago they were last heard of. Devices that were never heard of are left out.',
      noValue: 'No device was heard of yet.',
      runbooks: ['TelemetryStalled', 'TelemetryFreshnessBudgetBurn'],
    }),
  )
    .unit('short')
    .decimals(0)
    .min(0);
  AGES.forEach(({ name, from, to, colour }, index) => {
    const older = from === undefined ? `(${AGE})` : `((${AGE}) >= ${from})`;
    const within = to === undefined ? older : `${older} < ${to}`;
    panel
      .withTarget(range(`count(${within})`, name, REF_IDS[index]))
      .overrideByName(name, [{ id: 'color', value: { mode: 'fixed', fixedColor: colour } }]);
  });
  return panel;
}

function ingestLag(): Builder<Panel> {
  return timeseries({
    id: 32,
    title: 'Ingest Lag',
    description:
      'Points that MQTT delivered and the database has not stored: it grows while the broker delivers and the platform does not store.',
    noValue: 'Needs both MQTT and PostgreSQL: set VALTRONICS_MQTT_URL and VALTRONICS_DATABASE_URL.',
    runbooks: ['TelemetryStalled'],
  })
    .withTarget(range('max(valtronics_telemetry_ingest_lag_points)', 'not stored'))
    .unit('suffix:points')
    .decimals(0)
    .min(0);
}

function lastMessage(): Builder<Panel> {
  return timeseries({
    id: 33,
    title: 'Silence on MQTT',
    description: 'Time since the last message of any device. Retained messages do not count.',
    noValue: 'Needs the broker: set VALTRONICS_MQTT_URL on the exporter.',
    runbooks: ['TelemetryDataMissing'],
  })
    .withTarget(range('time() - max(valtronics_mqtt_last_message_timestamp_seconds)', 'last message'))
    .unit('s')
    .min(0)
    .span(8);
}

function alertRows(): Builder<Panel> {
  const panel = timeseries({
    id: 34,
    title: 'Active Alerts',
    description: 'Alert rows of the platform that are active, by severity; not de-duplicated.',
    noValue: 'Needs alert rows: set VALTRONICS_DATABASE_URL or VALTRONICS_API_URL on the exporter.',
    runbooks: ['CriticalAlertsHigh'],
  })
    .withTarget(
      range('sum by (severity) (max by (severity, alert_type) (valtronics_alerts_active))', '{{severity}}'),
    )
    .unit('short')
    .decimals(0)
    .min(0)
    .span(8);
  return bySeverity(panel);
}

const COLUMNS: readonly Column[] = [
  { field: 'metric_name', header: 'Metric' },
  { field: 'unit', header: 'Unit' },
  { field: 'Value #A', header: 'Devices' },
  { field: 'Value #B', header: 'Lowest' },
  { field: 'Value #C', header: 'Mean' },
  { field: 'Value #D', header: 'Highest' },
];

function newestValues(): Builder<Panel> {
  const panel = tablePanel(
    {
      id: 35,
      title: 'Newest Values',
      description:
        'Each metric over the chosen devices that send it, from their newest values, in the unit that the table names.',
      noValue: 'No device sent a number yet.',
    },
    COLUMNS,
    { header: 'Devices', descending: true },
  );
  for (const [refId, aggregation] of [
    ['A', 'count'],
    ['B', 'min'],
    ['C', 'avg'],
    ['D', 'max'],
  ] as const) {
    panel.withTarget(
      table(`${aggregation} by (metric_name, unit) (${ofChosen('valtronics_device_telemetry')})`, refId),
    );
  }
  // Not a join: a metric that comes in two units has a row for each.
  panel.withTransformation({ id: 'merge', options: {} });
  for (const transformation of columns(COLUMNS)) panel.withTransformation(transformation);
  return panel
    .span(24)
    .unit('none')
    .decimals(1)
    .overrideByName('Devices', [{ id: 'decimals', value: 0 }]);
}

function alertsOfTheDay(): Builder<Panel> {
  return timeseries({
    id: 36,
    title: 'Alerts of the Last Day',
    description: 'Alert rows that the platform created in the last 24 hours, by what became of them.',
    noValue: 'Needs the platform API: set VALTRONICS_API_URL on the exporter.',
    runbooks: ['CriticalAlertsHigh'],
  })
    .withTarget(range('max by (status) (valtronics_api_alerts_last_day)', '{{status}}'))
    .unit('short')
    .decimals(0)
    .min(0)
    .span(8);
}

/** What the devices send, and whether it arrives. */
export function telemetryPanels(): readonly Builder<Panel>[] {
  return [freshness(), ingestLag(), lastMessage(), alertRows(), alertsOfTheDay(), newestValues()];
}
