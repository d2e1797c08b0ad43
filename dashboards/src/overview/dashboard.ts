import { type ClassicDashboard, dashboard } from '../shared/dashboard.ts';
import { infrastructurePanels } from './infrastructure.ts';
import { apiPanels } from './api.ts';
import { seedPanels } from './seed.ts';

/** `valtronics-overview`: is the platform well, and if not, which part. */
export function overviewDashboard(): ClassicDashboard {
  return dashboard(
    {
      uid: 'valtronics-overview',
      title: 'Valtronics System Overview',
      description:
        'Health of the Valtronics platform: devices, hosts, API, telemetry, alerts and what they stand on.',
      tags: ['valtronics', 'system', 'overview'],
    },
    [
      { panels: seedPanels() },
      { id: 10, heading: 'API', panels: apiPanels() },
      { id: 20, heading: 'Infrastructure', panels: infrastructurePanels() },
    ],
  );
}
