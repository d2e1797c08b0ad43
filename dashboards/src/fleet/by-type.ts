import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { table } from '../shared/query.ts';
import { ofChosen } from './chosen.ts';
import { STATUSES } from '../shared/status.ts';
import { type Column, columns, joinedBy, tablePanel } from '../shared/table-panel.ts';

const REF_IDS = ['B', 'C', 'D', 'E', 'F', 'G'] as const;

const statusColumns = REF_IDS.flatMap((refId, index) => {
  const status = STATUSES[index];
  return status === undefined ? [] : [{ refId, status }];
});

/** Statuses of the chosen devices. */
const STATUS = ofChosen('valtronics_device_status');

const COLUMNS: readonly Column[] = [
  { field: 'device_type', header: 'Type' },
  { field: 'Value #A', header: 'Devices', width: 90 },
  ...statusColumns.map(({ refId, status }) => ({
    field: `Value #${refId}`,
    header: `${status.glyph} ${status.word}`,
    // The longest word; the others share what is left.
    ...(status.word === 'maintenance' ? { width: 140 } : {}),
  })),
  { field: 'Value #H', header: 'Telemetry', width: 130 },
];

/** The fleet by device type, a column for each status. */
export function byType(): Builder<Panel> {
  const panel = tablePanel(
    {
      id: 10,
      title: 'Device Types',
      description:
        'Devices of each chosen type at the chosen locations by status, and the telemetry points that the type sends anywhere.',
      noValue: 'Prometheus has no device of the Valtronics exporter.',
    },
    COLUMNS,
    { header: 'Devices', descending: true },
  ).withTarget(table(`count by (device_type) (${STATUS})`, 'A'));
  for (const { refId, status } of statusColumns) {
    panel.withTarget(table(`sum by (device_type) ((${STATUS}) == bool ${status.code})`, refId));
    panel.overrideByName(`${status.glyph} ${status.word}`, [
      {
        id: 'thresholds',
        value: {
          mode: 'absolute',
          steps: [
            { color: 'text', value: null },
            { color: status.colour, value: 1 },
          ],
        },
      },
      { id: 'custom.cellOptions', value: { type: 'color-text' } },
    ]);
  }
  panel
    .withTarget(
      table(
        `sum by (device_type) (rate(valtronics_telemetry_points_total[$__rate_interval]))
          and on (device_type) count by (device_type) (${STATUS})`,
        'H',
      ),
    )
    .withTransformation(joinedBy('device_type'));
  for (const transformation of columns(COLUMNS)) panel.withTransformation(transformation);
  return panel
    .span(24)
    .height(7)
    .unit('short')
    .overrideByName('Telemetry', [
      { id: 'unit', value: 'suffix:points/s' },
      { id: 'decimals', value: 1 },
    ]);
}
