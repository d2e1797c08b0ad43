import type { GeneratedFile } from '../../scripts/generate/generated-file.ts';
import { alertsDashboard } from './alerts/dashboard.ts';
import { apiDashboard } from './api/dashboard.ts';
import { deviceDashboard } from './device/dashboard.ts';
import { exporterDashboard } from './exporter/dashboard.ts';
import { fleetDashboard } from './fleet/dashboard.ts';
import { infrastructureDashboard } from './infrastructure/dashboard.ts';
import { logsDashboard } from './logs/dashboard.ts';
import { overviewDashboard } from './overview/dashboard.ts';
import type { ClassicDashboard } from './shared/dashboard.ts';
import { sloDashboard } from './slo/dashboard.ts';
import { tracesDashboard } from './traces/dashboard.ts';

/** Every dashboard of the repository. */
export const DASHBOARDS: readonly (() => ClassicDashboard)[] = [
  overviewDashboard,
  fleetDashboard,
  logsDashboard,
  tracesDashboard,
  deviceDashboard,
  apiDashboard,
  infrastructureDashboard,
  alertsDashboard,
  sloDashboard,
  exporterDashboard,
];

/** `dashboards/generated/<uid>.json`: what Grafana's file provider loads. */
export function generateDashboards(): GeneratedFile[] {
  return DASHBOARDS.map((build) => {
    const dashboard = build();
    if (dashboard.uid === undefined) throw new Error(`dashboard "${dashboard.title ?? ''}" has no uid`);
    return {
      path: `dashboards/generated/${dashboard.uid}.json`,
      content: `${JSON.stringify(dashboard, null, 2)}\n`,
    };
  });
}
