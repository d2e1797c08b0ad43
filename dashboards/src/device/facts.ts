import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { type Panel, PanelBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { deviceTimeline } from '../shared/device-timeline.ts';
import { range, table } from '../shared/query.ts';
import { type Column, columns, tablePanel } from '../shared/table-panel.ts';
import { alertLine, timeseries } from '../shared/timeseries.ts';
import { CHOSEN, NO_DEVICE } from './source.ts';

const FACTS: readonly Column[] = [
  { field: 'device_id', header: 'Device' },
  { field: 'name', header: 'Name' },
  { field: 'device_type', header: 'Type' },
  { field: 'location', header: 'Location' },
  { field: 'manufacturer', header: 'Manufacturer' },
  { field: 'model', header: 'Model' },
  { field: 'firmware_version', header: 'Firmware' },
];

function identity(): Builder<Panel> {
  const panel = tablePanel(
    {
      id: 7,
      title: 'Device',
      description: 'What the platform knows of the device. A dash: it does not know.',
      noValue: NO_DEVICE,
    },
    FACTS,
    { header: 'Device', descending: false },
  ).withTarget(table(`valtronics_device_info{${CHOSEN}}`));
  for (const transformation of columns(FACTS)) panel.withTransformation(transformation);
  return panel.span(24).height(4).unit('none');
}

function history(): Builder<Panel> {
  return deviceTimeline({
    id: 8,
    title: 'Status over Time',
    description:
      'The effective status, with the alerts of each time in the tooltip. Short stretches that alternate: a device at the edge of its network, or a value at the edge of its limit. A gap: nobody watched.',
    noValue: NO_DEVICE,
    matchers: CHOSEN,
    options: { rowHeight: 48, showSearch: false },
    width: 12,
    height: 8,
  });
}

/** What fires for the device, whoever raised it: the app's nested panel, which asks the app's sources itself. */
function alerts(): Builder<Panel> {
  return new PanelBuilder()
    .type('valtronics-alerts-panel')
    .id(9)
    .title('Alerts of the Device')
    .description(
      'Alerts that name the device and fire now: those of the platform, of Prometheus and of Grafana. Editors acknowledge and silence them here.',
    )
    .height(8)
    .span(12)
    .options({ source: 'valtronics', matchers: 'device_id="$device_id"', labels: ['metric_name'] });
}

function silence(): Builder<Panel> {
  const panel = timeseries({
    id: 10,
    title: 'Silence',
    description:
      'Time since the device was last heard of. A saw of small teeth is health; a line that climbs is a device that does not report. The line is where DeviceStale begins to count.',
    runbooks: ['DeviceStale'],
    noValue: 'The device was never heard of.',
  })
    .withTarget(range(`time() - max(valtronics_device_last_seen_timestamp_seconds{${CHOSEN}})`, 'silent for'))
    .unit('s')
    .min(0);
  return alertLine(panel, 'DeviceStale');
}

const VALUES: readonly Column[] = [
  { field: 'metric_name', header: 'Metric' },
  { field: 'Value', header: 'Value' },
  { field: 'unit', header: 'Unit' },
];

function newestValues(): Builder<Panel> {
  const panel = tablePanel(
    {
      id: 11,
      title: 'Newest Values',
      description:
        'The newest number of each metric. A number stays until a newer one comes: Silent For says how old it may be.',
      noValue: 'The device sent no number yet.',
    },
    VALUES,
    { header: 'Metric', descending: false },
  ).withTarget(table(`max by (metric_name, unit) (valtronics_device_telemetry{${CHOSEN}})`));
  for (const transformation of columns(VALUES)) panel.withTransformation(transformation);
  return panel.height(8).unit('none');
}

/** What the device is, and how it was. */
export function factPanels(): readonly Builder<Panel>[] {
  return [identity(), history(), alerts(), silence(), newestValues()];
}
