import type { Platform } from '../../platform/platform.ts';
import type { DeviceRow } from '../../platform/rows.ts';
import type { ApiContext } from '../api-context.ts';
import { deviceStats } from '../device-stats.ts';
import { HttpError } from '../http-error.ts';
import { API, HOURS, ID, LIMIT, ok, type Route, SKIP } from '../route.ts';
import { deviceJson, telemetryJson } from '../shapes.ts';

const HOUR = 3_600_000;
/** The only statuses that REST knows; the table holds others too. */
export const REST_STATUSES: readonly string[] = ['online', 'offline', 'error'];
export const INVALID_STATUS = 'Invalid status. Must be: online, offline, or error';

/** The active device with that id. @throws HttpError 404 */
export function requireDevice(platform: Platform, id: number): DeviceRow {
  const row = platform.devices.get(id);
  if (row?.isActive !== true) throw new HttpError(404, 'Device not found');
  return row;
}

/** Reading devices and their telemetry. */
export function deviceRoutes({ platform, now }: ApiContext): Route[] {
  const { devices, telemetry } = platform;
  return [
    {
      method: 'GET',
      path: `${API}/devices/`,
      summary: 'Get Devices',
      query: { skip: SKIP, limit: LIMIT },
      handle(request) {
        const skip = request.integer('skip');
        return ok(
          devices
            .active()
            .slice(skip, skip + request.integer('limit'))
            .map(deviceJson),
        );
      },
    },
    {
      method: 'GET',
      path: `${API}/devices/stats`,
      summary: 'Get Device Stats',
      handle: () => ok(deviceStats(devices.active())),
    },
    {
      method: 'GET',
      path: `${API}/devices/status/{status}`,
      summary: 'Get Devices By Status',
      pathParameters: { status: { type: 'string', required: true } },
      handle(request) {
        const status = request.text('status') ?? '';
        if (!REST_STATUSES.includes(status)) throw new HttpError(400, INVALID_STATUS);
        return ok(
          devices
            .active()
            .filter((row) => row.status === status)
            .map(deviceJson),
        );
      },
    },
    {
      method: 'GET',
      path: `${API}/devices/{device_id}`,
      summary: 'Get Device',
      pathParameters: { device_id: ID },
      handle(request) {
        const row = requireDevice(platform, request.integer('device_id'));
        return ok({
          ...deviceJson(row),
          latest_telemetry: telemetry.latest(row.id).map(telemetryJson),
          pending_commands: [],
        });
      },
    },
    {
      method: 'GET',
      path: `${API}/devices/{device_id}/telemetry`,
      summary: 'Get Device Telemetry',
      pathParameters: { device_id: ID },
      query: { limit: LIMIT, hours: HOURS },
      handle(request) {
        const row = requireDevice(platform, request.integer('device_id'));
        const since = now() - request.integer('hours') * HOUR;
        return ok(telemetry.ofDevice(row.id, since, request.integer('limit')).map(telemetryJson));
      },
    },
    {
      method: 'GET',
      path: `${API}/devices/{device_id}/commands`,
      summary: 'Get Device Commands',
      pathParameters: { device_id: ID },
      handle(request) {
        requireDevice(platform, request.integer('device_id'));
        return ok([]);
      },
    },
  ];
}
