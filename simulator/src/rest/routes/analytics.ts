import type { Platform } from '../../platform/platform.ts';
import { offsetIso } from '../../timestamps.ts';
import type { ApiContext } from '../api-context.ts';
import { deviceStats } from '../device-stats.ts';
import { HttpError } from '../http-error.ts';
import { API, HOURS, ID, ok, type Route } from '../route.ts';
import { finite } from '../shapes.ts';
import { requireDevice } from './devices.ts';

const HOUR = 3_600_000;
const NEWEST_POINTS = 500;
/** Points an hour and online device at which the platform calls its data complete. */
const FULL_RATE = 100;

interface SystemHealth {
  readonly overall_score: number;
  readonly device_health: number;
  readonly data_health: number;
  readonly status: string;
}

/** The platform's scores, 0…1: seven parts devices online, three parts data. */
export function systemHealth(total: number, online: number, points: number): SystemHealth {
  const deviceHealth = total === 0 ? 0 : online / total;
  const dataHealth = online === 0 ? 0 : Math.min(1, points / (online * FULL_RATE));
  const overall = 0.7 * deviceHealth + 0.3 * dataHealth;
  const status = overall > 0.8 ? 'healthy' : overall > 0.6 ? 'warning' : 'critical';
  return { overall_score: overall, device_health: deviceHealth, data_health: dataHealth, status };
}

function systemBody(platform: Platform, since: number): Record<string, unknown> {
  const stats = deviceStats(platform.devices.active());
  const hourly = platform.telemetry.hourly(since);
  const points = [...hourly.values()].reduce((sum, count) => sum + count, 0);
  return {
    system_health: systemHealth(stats.total_devices, stats.online_devices, points),
    system_stats: stats,
    utilization_trends: {
      trend: 'stable',
      current_utilization: points,
      hourly_distribution: Object.fromEntries([...hourly].map(([hour, count]) => [String(hour), count])),
    },
    // The platform's own placeholder: always zero.
    alert_summary: {
      total_alerts: 0,
      critical_alerts: 0,
      warning_alerts: 0,
      info_alerts: 0,
      recent_alerts: [],
    },
  };
}

function metricStats(platform: Platform, deviceId: number, since: number): Record<string, unknown> {
  const values = new Map<string, { unit: string | null; values: number[] }>();
  for (const row of platform.telemetry.ofDevice(deviceId, since, 1000)) {
    const entry = values.get(row.metricName) ?? { unit: row.unit, values: [] };
    entry.values.push(finite(row.metricValue));
    values.set(row.metricName, entry);
  }
  return Object.fromEntries(
    [...values].map(([metric, { unit, values: list }]) => [
      metric,
      {
        count: list.length,
        min: Math.min(...list),
        max: Math.max(...list),
        avg: list.reduce((sum, value) => sum + value, 0) / list.length,
        // The list is newest first, and the platform takes its end: the oldest point.
        latest: list.at(-1),
        unit,
      },
    ]),
  );
}

/** The analytics endpoints, with the platform's errors in them. */
export function analyticsRoutes({ platform, now }: ApiContext): Route[] {
  const { devices, telemetry } = platform;
  const hoursAgo = (hours: number): number => now() - hours * HOUR;
  const analysis = (name: string, summary: string): Route => ({
    method: 'GET',
    path: `${API}/analytics/device/{device_id}${name}`,
    summary,
    pathParameters: { device_id: ID },
    query: { hours: HOURS },
    handle(request) {
      const row = requireDevice(platform, request.integer('device_id'));
      const hours = request.integer('hours');
      return ok({
        device_id: row.id,
        device_name: row.name,
        time_range_hours: hours,
        metrics: metricStats(platform, row.id, hoursAgo(hours)),
        last_updated: {},
      });
    },
  });
  return [
    {
      method: 'GET',
      path: `${API}/analytics/system`,
      summary: 'Get System Analytics',
      query: { hours: HOURS },
      slow: () => 400 + Math.random() * 400,
      handle(request) {
        const since = hoursAgo(request.integer('hours'));
        const performance = devices.active().map((row) => ({
          device_id: row.id,
          device_name: row.name,
          device_type: row.deviceType,
          status: row.status,
          data_points_24h: telemetry.ofDevice(row.id, since, 50).map((point) => finite(point.metricValue))
            .length,
          last_seen: offsetIso(row.lastSeen),
          uptime_percentage: row.status === 'online' ? 1 : 0,
        }));
        const { system_stats, ...rest } = systemBody(platform, since);
        return ok({
          system_stats,
          device_performance: performance,
          telemetry_overview: { total_points: telemetry.total },
          ...rest,
        });
      },
    },
    {
      method: 'GET',
      path: `${API}/analytics/system/health`,
      summary: 'Get System Health',
      query: { hours: HOURS },
      handle: (request) => ok(systemBody(platform, hoursAgo(request.integer('hours')))),
    },
    analysis('', 'Get Device Analytics'),
    analysis('/summary', 'Get Device Summary'),
    analysis('/performance', 'Get Device Performance'),
    {
      method: 'GET',
      path: `${API}/analytics/device/{device_id}/timeseries`,
      summary: 'Get Device Timeseries',
      pathParameters: { device_id: ID },
      query: { metric: { type: 'string', required: true }, hours: HOURS },
      handle(request) {
        const row = requireDevice(platform, request.integer('device_id'));
        const metric = request.text('metric') ?? '';
        const hours = request.integer('hours');
        const points = telemetry
          .ofDevice(row.id, hoursAgo(hours), NEWEST_POINTS)
          .filter((point) => point.metricName === metric)
          .reverse();
        if (points.length === 0) throw new HttpError(404, 'No data found for the specified metric');
        return ok({
          device_id: row.id,
          metric,
          time_range_hours: hours,
          data_points: points.length,
          data: points.map((point) => ({
            timestamp: offsetIso(point.timestamp),
            value: finite(point.metricValue),
            unit: point.unit,
          })),
        });
      },
    },
    {
      method: 'GET',
      path: `${API}/analytics/metrics`,
      summary: 'Get Available Metrics',
      query: { device_id: { type: 'integer' } },
      handle(request) {
        const id = request.optionalInteger('device_id');
        if (id === undefined)
          throw new Error("UnboundLocalError: local variable 'metrics' referenced before assignment");
        const metrics = telemetry.latest(id).map((point) => point.metricName);
        return ok({ metrics, count: metrics.length });
      },
    },
  ];
}
