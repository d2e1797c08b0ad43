import type { Marks } from '../shared/annotations.ts';
import { type ClassicDashboard, dashboard, TRACES_PAGE } from '../shared/dashboard.ts';
import { answerPanels } from './answers.ts';
import { latencyPanels } from './latency.ts';
import { probePanels } from './probes.ts';
import { ratePanels } from './rate.ts';
import { routeTable } from './routes.ts';
import { endpointVariable } from './source.ts';

/** Which alerts are marked on which charts. */
const MARKS: readonly Marks[] = [
  {
    name: 'Error alerts',
    alerts: ['HighErrorRate', 'ApiErrorBudgetBurn'],
    panels: [12, 13, 14],
    severity: 'critical',
  },
  {
    name: 'Response time alerts',
    alerts: ['HighResponseTime', 'ApiLatencyBudgetBurn'],
    panels: [21, 23, 42],
    severity: 'critical',
  },
  { name: 'Outages', alerts: ['ApiDown'], panels: [11, 41], severity: 'critical' },
];

/** `valtronics-api`: what is asked of the platform's API, what fails, and where the time goes. */
export function apiDashboard(): ClassicDashboard {
  return dashboard(
    {
      uid: 'valtronics-api',
      title: 'Valtronics API',
      description:
        'Rate, errors and durations of the platform’s API by route, from its access log or the gateway, and what the exporter sees when it asks itself.',
      tags: ['valtronics', 'api'],
    },
    MARKS,
    [
      { panels: [...answerPanels(), ...ratePanels()] },
      { id: 20, heading: 'Durations', panels: latencyPanels() },
      { id: 30, heading: 'Routes', panels: [routeTable()] },
      { id: 40, heading: 'Seen by exporter and gateway', panels: probePanels() },
    ],
    { page: { title: 'Traces', url: TRACES_PAGE }, variables: [endpointVariable()] },
  );
}
