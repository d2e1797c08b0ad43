import type { Marks } from '../shared/annotations.ts';
import { type ClassicDashboard, dashboard, TRACES_PAGE } from '../shared/dashboard.ts';
import { answerPanels } from './answers.ts';
import { callPanels } from './calls.ts';
import { gatewayPanels } from './gateway.ts';
import { requestPanels } from './requests.ts';
import { spanPanels } from './spans.ts';

/** Which alerts are marked on which charts. */
const MARKS: readonly Marks[] = [
  { name: 'Errors', alerts: ['HighErrorRate', 'ApiErrorBudgetBurn'], panels: [11, 12], severity: 'critical' },
  {
    name: 'Slowness',
    alerts: ['HighResponseTime', 'ApiLatencyBudgetBurn'],
    panels: [13, 14],
    severity: 'warning',
  },
];

/** `valtronics-traces`: which requests are slow or fail, where on their way, and do their traces arrive. */
export function tracesDashboard(): ClassicDashboard {
  return dashboard(
    {
      uid: 'valtronics-traces',
      title: 'Valtronics Traces',
      description:
        'Requests to the platform’s API by route, calls between services, the gateway, and the exporter’s own work. Single traces and the map are on the app’s page Traces.',
      tags: ['valtronics', 'traces'],
    },
    MARKS,
    [
      { panels: [...answerPanels(), ...requestPanels()] },
      { id: 20, heading: 'Who calls whom', panels: callPanels() },
      { id: 30, heading: 'Gateway', panels: gatewayPanels() },
      { id: 40, heading: 'Spans', panels: spanPanels() },
    ],
    { page: { title: 'Traces', url: TRACES_PAGE } },
  );
}
