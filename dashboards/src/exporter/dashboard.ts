import type { Marks } from '../shared/annotations.ts';
import { type ClassicDashboard, dashboard, SYSTEM_PAGE } from '../shared/dashboard.ts';
import { answerPanels } from './answers.ts';
import { collectorPanels } from './collectors.ts';
import { partPanels } from './parts.ts';
import { processPanels } from './process.ts';
import { queuePanels } from './queues.ts';
import { scrapePanels } from './scrape.ts';
import { exporterVariable } from './source.ts';

/** Which alerts are marked on which charts. */
const MARKS: readonly Marks[] = [
  { name: 'Exporter alerts', alerts: ['ExporterDown'], panels: [21, 36], severity: 'critical' },
  { name: 'Collector alerts', alerts: ['CollectorFailing'], panels: [12, 13], severity: 'warning' },
  { name: 'Shipping alerts', alerts: ['LogShippingFailing'], panels: [41, 42, 44], severity: 'warning' },
  { name: 'Notice alerts', alerts: ['NotificationsFailing'], panels: [45, 46], severity: 'critical' },
];

/** `valtronics-exporter`: can what the other dashboards show be believed, and what does it cost? */
export function exporterDashboard(): ClassicDashboard {
  return dashboard(
    {
      uid: 'valtronics-exporter',
      title: 'Valtronics Exporter',
      description:
        'The exporter itself: its collectors, what a scrape costs, its process, what waits, and what was lost.',
      tags: ['valtronics', 'exporter'],
    },
    MARKS,
    [
      { panels: [...answerPanels(), ...collectorPanels()] },
      { id: 20, heading: 'Scrape', panels: scrapePanels() },
      { id: 30, heading: 'Process', panels: processPanels() },
      { id: 40, heading: 'Queues and dead letters', panels: queuePanels() },
      { id: 50, heading: 'Alerts, API and rules', panels: partPanels() },
    ],
    { page: { title: 'System', url: SYSTEM_PAGE }, variables: [exporterVariable()] },
  );
}
