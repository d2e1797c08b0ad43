import type { AlertRow } from '../../platform/rows.ts';
import type { ApiContext } from '../api-context.ts';
import { HttpError } from '../http-error.ts';
import { offsetIso } from '../../timestamps.ts';
import { API, HOURS, ID, LIMIT, ok, type Route, SKIP } from '../route.ts';
import { alertJson, alertRuleJson } from '../shapes.ts';

const HOUR = 3_600_000;
const MAX_NOTIFICATIONS = 100;

function newestFirst(rows: readonly AlertRow[]): AlertRow[] {
  return [...rows].sort((a, b) => b.createdAt - a.createdAt || b.id - a.id);
}

function countBy(
  rows: readonly AlertRow[],
  key: (row: AlertRow) => string,
  start: readonly string[] = [],
): Record<string, number> {
  const counts: Record<string, number> = Object.fromEntries(start.map((name) => [name, 0]));
  for (const row of rows) counts[key(row)] = (counts[key(row)] ?? 0) + 1;
  return counts;
}

/** Active alerts by severity; the total includes severities that nobody expected, which get keys of their own. */
export function activeStats(rows: readonly AlertRow[]): Record<string, number> {
  const active = rows.filter((row) => row.status === 'active');
  const { critical = 0, warning = 0, info = 0, ...others } = countBy(active, (row) => row.severity);
  return { critical, warning, info, total: active.length, ...others };
}

/** The body of `stats/summary` for the alerts that were created in the window. */
export function alertSummary(rows: readonly AlertRow[]): Record<string, unknown> {
  const byDevice = Object.entries(countBy(rows, (row) => String(row.deviceId)));
  return {
    total_alerts: rows.length,
    by_severity: countBy(rows, (row) => row.severity, ['critical', 'warning', 'info']),
    by_status: countBy(rows, (row) => row.status, ['active', 'acknowledged', 'resolved']),
    by_type: countBy(rows, (row) => row.alertType),
    alerts_per_hour: countBy(rows, (row) => String(new Date(row.createdAt).getUTCHours())),
    top_devices: Object.fromEntries(byDevice.sort((a, b) => b[1] - a[1]).slice(0, 10)),
  };
}

/** Reading alerts, their counts, rules and notifications. */
export function alertRoutes({ platform, now }: ApiContext): Route[] {
  const { alerts } = platform;
  return [
    {
      method: 'GET',
      path: `${API}/alerts/`,
      summary: 'Get Alerts',
      query: { skip: SKIP, limit: LIMIT, status: { type: 'string' } },
      handle(request) {
        const status = request.text('status');
        const skip = request.integer('skip');
        const rows = newestFirst(alerts.all()).filter((row) => status === undefined || row.status === status);
        return ok(rows.slice(skip, skip + request.integer('limit')).map(alertJson));
      },
    },
    {
      method: 'GET',
      path: `${API}/alerts/stats/active`,
      summary: 'Get Active Alert Stats',
      handle: () => ok(activeStats(alerts.all())),
    },
    {
      method: 'GET',
      path: `${API}/alerts/stats/summary`,
      summary: 'Get Alert Summary',
      query: { hours: HOURS },
      handle(request) {
        const since = now() - request.integer('hours') * HOUR;
        return ok(alertSummary(alerts.all().filter((row) => row.createdAt >= since)));
      },
    },
    {
      method: 'GET',
      path: `${API}/alerts/rules/`,
      summary: 'Get Alert Rules',
      query: { device_id: { type: 'integer' }, is_active: { type: 'boolean', default: true } },
      handle(request) {
        const wanted =
          request.text('is_active') !== 'false' && request.optionalInteger('device_id') === undefined;
        return ok(wanted ? platform.rules.map(alertRuleJson) : []);
      },
    },
    {
      method: 'GET',
      path: `${API}/alerts/notifications/pending`,
      summary: 'Get Pending Notifications',
      handle: () =>
        ok(
          alerts
            .all()
            .slice(0, MAX_NOTIFICATIONS)
            .map((row) => ({
              id: row.id,
              alert_id: row.id,
              notification_type: 'email',
              recipient: 'admin@valtronics.com',
              status: 'pending',
              sent_at: null,
              error_message: null,
              created_at: offsetIso(row.createdAt),
            })),
        ),
    },
    {
      method: 'GET',
      path: `${API}/alerts/device/{device_id}`,
      summary: 'Get Device Alerts',
      pathParameters: { device_id: ID },
      query: { status: { type: 'string' } },
      handle(request) {
        const id = request.integer('device_id');
        const status = request.text('status');
        const rows = alerts.all().filter((row) => row.deviceId === id);
        return ok(
          newestFirst(rows.filter((row) => status === undefined || row.status === status)).map(alertJson),
        );
      },
    },
    {
      method: 'GET',
      path: `${API}/alerts/{alert_id}`,
      summary: 'Get Alert',
      pathParameters: { alert_id: ID },
      handle(request) {
        const row = alerts.get(request.integer('alert_id'));
        if (row === undefined) throw new HttpError(404, 'Alert not found');
        return ok(alertJson(row));
      },
    },
  ];
}
