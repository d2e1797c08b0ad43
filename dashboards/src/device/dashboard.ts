import type { Marks } from '../shared/annotations.ts';
import { type ClassicDashboard, dashboard } from '../shared/dashboard.ts';
import {
  deviceTypeVariable,
  labelVariable,
  locationVariable,
  oneDeviceVariable,
} from '../shared/variables.ts';
import { answerPanels } from './answers.ts';
import { factPanels } from './facts.ts';
import { CHOSEN, DEVICE_PAGE } from './source.ts';
import { telemetryPanels } from './telemetry.ts';

/** Which alerts are marked on which charts. */
const MARKS: readonly Marks[] = [
  {
    name: 'Alerts of the device',
    alerts: ['DeviceStale'],
    matchers: CHOSEN,
    panels: [10],
    severity: 'warning',
  },
  { name: 'Device alerts', alerts: ['DevicesOffline', 'MqttBrokerDown'], panels: [10], severity: 'critical' },
];

/** `valtronics-device`: how is this device, since when, and what does it send? */
export function deviceDashboard(): ClassicDashboard {
  return dashboard(
    {
      uid: 'valtronics-device',
      title: 'Valtronics Device',
      description:
        'One device: status, silence, alerts and telemetry. Why it is in its status is on its page in the app.',
      tags: ['valtronics', 'devices'],
    },
    MARKS,
    [
      { panels: [...answerPanels(), ...factPanels()] },
      { id: 20, heading: 'Telemetry', panels: telemetryPanels() },
    ],
    {
      page: { title: 'Device in Valtronics', url: DEVICE_PAGE },
      acknowledged: ['device_id:$device_id'],
      variables: [
        deviceTypeVariable(),
        locationVariable(),
        oneDeviceVariable(),
        labelVariable({
          name: 'metric_name',
          title: 'Metric',
          of: `valtronics_device_telemetry{${CHOSEN}}`,
        }),
      ],
    },
  );
}
