import type { Marks } from '../shared/annotations.ts';
import { type ClassicDashboard, dashboard, LOGS_PAGE } from '../shared/dashboard.ts';
import { answerPanels } from './answers.ts';
import { chartPanels } from './charts.ts';
import { serviceTable } from './services.ts';
import { shippingPanels } from './shipping.ts';

/** Which alerts are marked on which charts. */
const MARKS: readonly Marks[] = [
  { name: 'Spikes of errors', alerts: ['LogErrorSpike'], panels: [11, 12], severity: 'warning' },
  { name: 'Shipping alerts', alerts: ['LogShippingFailing'], panels: [31, 32], severity: 'warning' },
];

/** `valtronics-logs`: which services log errors, of which kind, since when; and do the lines reach the log store. */
export function logsDashboard(): ClassicDashboard {
  return dashboard(
    {
      uid: 'valtronics-logs',
      title: 'Valtronics Logs',
      description:
        'Log lines of the platform by level, service and class of error, and their way into the log store. The lines themselves are on the app’s page Logs.',
      tags: ['valtronics', 'logs'],
    },
    MARKS,
    [
      { panels: [...answerPanels(), ...chartPanels(), serviceTable()] },
      { id: 30, heading: 'Log store', panels: shippingPanels() },
    ],
    { page: { title: 'Log lines', url: LOGS_PAGE } },
  );
}
