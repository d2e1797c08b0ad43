import { type ClassicDashboard, dashboard } from '../shared/dashboard.ts';
import type { Marks } from '../shared/annotations.ts';
import { infrastructurePanels } from './infrastructure.ts';
import { apiPanels } from './api.ts';
import { seedPanels } from './seed.ts';

/** Which alerts are marked on which charts. */
const MARKS: readonly Marks[] = [
  { name: 'CPU alerts', alerts: ['HighCPUUsage'], panels: [3], severity: 'warning' },
  { name: 'Memory alerts', alerts: ['HighMemoryUsage'], panels: [4], severity: 'warning' },
  {
    name: 'API error alerts',
    alerts: ['HighErrorRate', 'ApiErrorBudgetBurn', 'ApiDown'],
    panels: [5, 11, 13],
    severity: 'critical',
  },
  {
    name: 'API response time alerts',
    alerts: ['HighResponseTime', 'ApiLatencyBudgetBurn'],
    panels: [6],
    severity: 'critical',
  },
  {
    name: 'Telemetry alerts',
    alerts: ['TelemetryDataMissing', 'TelemetryStalled', 'TelemetryFreshnessBudgetBurn'],
    panels: [7],
    severity: 'critical',
  },
  { name: 'Alert row alerts', alerts: ['CriticalAlertsHigh'], panels: [8], severity: 'critical' },
  {
    name: 'Database alerts',
    alerts: ['DatabaseConnectionsHigh', 'DatabaseDown'],
    panels: [22],
    severity: 'critical',
  },
  { name: 'Broker alerts', alerts: ['MqttBrokerDown'], panels: [23, 24, 25, 26], severity: 'critical' },
  { name: 'Redis alerts', alerts: ['RedisDown'], panels: [27, 28], severity: 'critical' },
];

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
    MARKS,
    [
      { panels: seedPanels() },
      { id: 10, heading: 'API', panels: apiPanels() },
      { id: 20, heading: 'Infrastructure', panels: infrastructurePanels() },
    ],
  );
}
