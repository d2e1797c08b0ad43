import { type ClassicDashboard, dashboard } from '../shared/dashboard.ts';
import { alerts } from './alerts.ts';
import { answerPanels } from './answers.ts';
import { byType } from './by-type.ts';
import { collectorPanels } from './collectors.ts';
import { deviceStatus } from './device-status.ts';
import { statusOverTime } from './over-time.ts';
import { sourcePanels } from './sources.ts';
import { telemetryPanels } from './telemetry.ts';
import { worstDevices } from './worst.ts';

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
    [
      { panels: [...answerPanels(), deviceStatus(), alerts(), statusOverTime(), worstDevices(), byType()] },
      { id: 30, heading: 'Telemetry and alerts', panels: telemetryPanels() },
      { id: 40, heading: 'Sources', panels: [...sourcePanels(), ...collectorPanels()] },
    ],
  );
}
