import type { Marks } from '../shared/annotations.ts';
import { type ClassicDashboard, dashboard, SYSTEM_PAGE } from '../shared/dashboard.ts';
import { answerPanels } from './answers.ts';
import { brokerPanels } from './broker.ts';
import { containerPanels } from './containers.ts';
import { postgresPanels, redisPanels } from './databases.ts';
import { diskPanels } from './disks.ts';
import { hostPanels } from './hosts.ts';
import { hostVariable } from './source.ts';

/** Which alerts are marked on which charts. */
const MARKS: readonly Marks[] = [
  { name: 'CPU alerts', alerts: ['HighCPUUsage'], panels: [11, 12], severity: 'warning' },
  { name: 'Memory alerts', alerts: ['HighMemoryUsage'], panels: [14, 15], severity: 'warning' },
  { name: 'Disk alerts', alerts: ['DiskSpaceLow'], panels: [24], severity: 'critical' },
  {
    name: 'Database alerts',
    alerts: ['DatabaseConnectionsHigh', 'DatabaseDown'],
    panels: [41, 42, 43],
    severity: 'critical',
  },
  { name: 'Redis alerts', alerts: ['RedisDown'], panels: [51, 52], severity: 'warning' },
  { name: 'Broker alerts', alerts: ['MqttBrokerDown'], panels: [61, 62, 63], severity: 'critical' },
];

/** `valtronics-infrastructure`: do hosts, containers, database, cache and broker have what they need? */
export function infrastructureDashboard(): ClassicDashboard {
  return dashboard(
    {
      uid: 'valtronics-infrastructure',
      title: 'Valtronics Infrastructure',
      description:
        'What the platform stands on: hosts, disks, containers, PostgreSQL, Redis and the broker, each by its exporter.',
      tags: ['valtronics', 'infrastructure'],
    },
    MARKS,
    [
      { panels: answerPanels() },
      { id: 10, heading: 'Hosts', panels: hostPanels() },
      { id: 20, heading: 'Disks and file systems', panels: diskPanels() },
      { id: 30, heading: 'Containers', panels: containerPanels() },
      { id: 40, heading: 'PostgreSQL', panels: postgresPanels() },
      { id: 50, heading: 'Redis', panels: redisPanels() },
      { id: 60, heading: 'Broker', panels: brokerPanels() },
    ],
    { page: { title: 'System', url: SYSTEM_PAGE }, variables: [hostVariable()] },
  );
}
