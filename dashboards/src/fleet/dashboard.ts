import { type ClassicDashboard, dashboard } from '../shared/dashboard.ts';
import type { Marks } from '../shared/annotations.ts';
import { deviceTypeVariable, locationVariable } from '../shared/variables.ts';
import { alertsPanel } from '../shared/alerts-panel.ts';
import { answerPanels } from './answers.ts';
import { byType } from './by-type.ts';
import { collectorPanels } from './collectors.ts';
import { deviceStatus } from './device-status.ts';
import { devicesOverTime, statusOverTime } from './over-time.ts';
import { sourcePanels } from './sources.ts';
import { telemetryPanels } from './telemetry.ts';
import { worstDevices } from './worst.ts';

/** Which alerts are marked on which charts. */
const MARKS: readonly Marks[] = [
  { name: 'Device alerts', alerts: ['DevicesOffline'], panels: [8], severity: 'critical' },
  {
    name: 'Freshness alerts',
    alerts: ['DeviceStale', 'TelemetryFreshnessBudgetBurn'],
    panels: [31],
    severity: 'critical',
  },
  {
    name: 'Telemetry alerts',
    alerts: ['TelemetryDataMissing', 'TelemetryStalled'],
    panels: [32],
    severity: 'critical',
  },
  { name: 'Broker alerts', alerts: ['MqttBrokerDown'], panels: [33], severity: 'critical' },
  { name: 'Alert row alerts', alerts: ['CriticalAlertsHigh'], panels: [34], severity: 'critical' },
];

/** `valtronics-fleet`: which devices need somebody, since when, and does their telemetry arrive. */
export function fleetDashboard(): ClassicDashboard {
  return dashboard(
    {
      uid: 'valtronics-fleet',
      title: 'Valtronics Fleet',
      description:
        'Devices by status, the worst of them, their telemetry, and the sources that all of it comes from.',
      tags: ['valtronics', 'devices', 'fleet'],
    },
    MARKS,
    [
      {
        panels: [
          ...answerPanels(),
          deviceStatus(),
          devicesOverTime(),
          alertsPanel(11, 'Alerts', 12),
          statusOverTime(),
          worstDevices(),
          byType(),
        ],
      },
      { id: 30, heading: 'Telemetry and alerts', panels: telemetryPanels() },
      { id: 40, heading: 'Sources', panels: [...sourcePanels(), ...collectorPanels()] },
    ],
    { variables: [deviceTypeVariable(), locationVariable()] },
  );
}
