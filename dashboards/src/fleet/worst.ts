import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { table } from '../shared/query.ts';
import { statusMapping } from '../shared/status.ts';
import { type Column, columns, joinedBy, tablePanel } from '../shared/table-panel.ts';
import { CHOSEN_INFO } from './chosen.ts';
import { deviceDashboardLink, devicePageLink } from './device-status.ts';

/** How many devices the table lists: those that are in trouble for the longest. */
const LIMIT = 50;

const TROUBLE = '(valtronics_device_status == 3 or valtronics_device_status == 4)';
const ON_DEVICE = 'on (job, instance, device_id)';

/** Seconds in the present status of the devices that are worst off. */
const WORST = `topk(${LIMIT},
  (time() - valtronics_device_status_since_timestamp_seconds) and ${ON_DEVICE} ${TROUBLE}
  and ${ON_DEVICE} ${CHOSEN_INFO})`;

const COLUMNS: readonly Column[] = [
  { field: 'device_id', header: 'Device' },
  { field: 'Value #A', header: 'Status', width: 110 },
  { field: 'Value #B', header: 'In it for', width: 110 },
  { field: 'Value #C', header: 'Silent for', width: 110 },
  { field: 'name', header: 'Name' },
  { field: 'location', header: 'Location' },
];

/** Which devices need somebody, since when. */
export function worstDevices(): Builder<Panel> {
  const panel = tablePanel(
    {
      id: 9,
      title: 'Worst Devices',
      description: `The ${LIMIT} devices of the chosen types and locations that are in error or offline for the longest. Click one for its page or its dashboard.`,
      runbooks: ['DevicesOffline', 'DeviceStale'],
      noValue: 'No device of those chosen is in error or offline.',
    },
    COLUMNS,
    { header: 'In it for', descending: true },
  )
    .withTarget(
      table(
        `(valtronics_device_status and ${ON_DEVICE} ${WORST})
          * ${ON_DEVICE} group_left (name, location) valtronics_device_info`,
        'A',
      ),
    )
    .withTarget(table(`sum by (device_id) (${WORST})`, 'B'))
    .withTarget(
      table(
        `max by (device_id) (
          (time() - valtronics_device_last_seen_timestamp_seconds) and ${ON_DEVICE} ${WORST})`,
        'C',
      ),
    )
    .withTransformation(joinedBy('device_id'));
  for (const transformation of columns(COLUMNS)) panel.withTransformation(transformation);
  return panel
    .span(24)
    .height(7)
    .unit('s')
    .decimals(0)
    .overrideByName('Device', [
      { id: 'links', value: [devicePageLink('Device').build(), deviceDashboardLink('Device').build()] },
    ])
    .overrideByName('Status', [
      { id: 'unit', value: 'none' },
      { id: 'mappings', value: [statusMapping()] },
      { id: 'custom.cellOptions', value: { type: 'color-text' } },
    ]);
}
