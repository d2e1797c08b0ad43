import { alertsPanel } from '../shared/alerts-panel.ts';
import type { Marks } from '../shared/annotations.ts';
import { ALERTS_PAGE, type ClassicDashboard, dashboard } from '../shared/dashboard.ts';
import { answerPanels } from './answers.ts';
import { historyPanels } from './history.ts';
import { notificationPanels } from './notifications.ts';
import { silencePanels, storePanels } from './people.ts';

/** Which alerts are marked on which charts. */
const MARKS: readonly Marks[] = [
  { name: 'Notification alerts', alerts: ['NotificationsFailing'], panels: [22, 24], severity: 'critical' },
  { name: 'Waiting alerts', alerts: ['CriticalAlertUnacknowledged'], panels: [41], severity: 'critical' },
];

/** `valtronics-alerts`: what fires, what fired, is everybody told who should be, and does somebody take it on? */
export function alertsDashboard(): ClassicDashboard {
  return dashboard(
    {
      uid: 'valtronics-alerts',
      title: 'Valtronics Alerts',
      description:
        'What fires now and fired before, whether notifications arrive, what is silenced, and how long alerts wait for somebody.',
      tags: ['valtronics', 'alerts'],
    },
    MARKS,
    [
      { panels: [...answerPanels(), alertsPanel(11, 'Firing Now', 24), ...historyPanels()] },
      { id: 20, heading: 'Notifications', panels: notificationPanels() },
      { id: 30, heading: 'Silences', panels: silencePanels() },
      { id: 40, heading: 'Who takes them on', panels: storePanels() },
    ],
    { page: { title: 'Alerts', url: ALERTS_PAGE } },
  );
}
