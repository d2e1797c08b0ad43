import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { range } from '../shared/query.ts';
import { deviceTimeline } from '../shared/device-timeline.ts';
import { statusOverrides } from '../shared/status.ts';
import { stacked, timeseries } from '../shared/timeseries.ts';

/** Devices by status over time, stacked: the whole height is the fleet. */
export function statusOverTime(): Builder<Panel> {
  const panel = stacked(
    timeseries({
      id: 8,
      title: 'Devices by Status',
      description: 'Registered active devices by effective status. The whole height is the fleet.',
      noValue: 'Prometheus has nothing from the Valtronics exporter.',
      runbooks: ['DevicesOffline'],
    }),
  )
    .height(9)
    .withTarget(range('sum by (status) (valtronics_devices)', '{{status}}'))
    .unit('short')
    .decimals(0)
    .min(0);
  for (const { word, properties } of statusOverrides()) panel.overrideByName(word, properties);
  return panel;
}

/** Each device over time, those first that were in trouble longest. */
export function devicesOverTime(): Builder<Panel> {
  return deviceTimeline({
    id: 12,
    title: 'Devices over Time',
    description:
      'Every registered device by its effective status, those first that were in trouble longest. Drag to zoom; a click on a name opens the device. A gap: nobody watched.',
    noValue: 'Prometheus has no device of the Valtronics exporter: see Collectors below.',
    runbooks: ['DevicesOffline'],
    matchers: 'device_id!=""',
    options: { groupBy: 'device_type', sortBy: 'trouble' },
    width: 24,
    height: 14,
  });
}
