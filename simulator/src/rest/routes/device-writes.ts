import { z } from 'zod';
import type { DeviceRow } from '../../platform/rows.ts';
import type { ApiContext } from '../api-context.ts';
import { HttpError } from '../http-error.ts';
import { API, ID, ok, type Route } from '../route.ts';
import { deviceJson, telemetryJson } from '../shapes.ts';
import { checkBody } from '../validation.ts';
import { INVALID_STATUS, requireDevice, REST_STATUSES } from './devices.ts';

const optionalText = z.string().nullish();
const newDevice = z.object({
  name: z.string().max(100),
  device_id: z.string().max(100),
  device_type: z.string().max(50),
  manufacturer: optionalText,
  model: optionalText,
  firmware_version: optionalText,
  location: optionalText,
});
const telemetryPoint = z.object({
  device_id: z.int(),
  metric_name: z.string().max(100),
  metric_value: z.number(),
  unit: z.string().max(20).nullish(),
});

type Change = z.output<typeof newDevice>;

/** Lengths that the database's columns have and the models of the API do not check. */
const COLUMN_LENGTHS = [
  ['manufacturer', 100],
  ['model', 100],
  ['firmware_version', 50],
  ['location', 200],
] as const;

/** The platform finds out in the database: its statement fails, it answers 500, and nothing is stored. */
function requireFits(change: Partial<Change>): void {
  for (const [name, length] of COLUMN_LENGTHS) {
    // PostgreSQL counts characters, not UTF-16 units.
    if (Array.from(change[name] ?? '').length > length) {
      throw new Error(`StringDataRightTruncation: value too long for type character varying(${length})`);
    }
  }
}

function columns(change: Partial<Change>): Partial<DeviceRow> {
  return {
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.device_type === undefined ? {} : { deviceType: change.device_type }),
    ...(change.manufacturer === undefined ? {} : { manufacturer: change.manufacturer }),
    ...(change.model === undefined ? {} : { model: change.model }),
    ...(change.firmware_version === undefined ? {} : { firmwareVersion: change.firmware_version }),
    ...(change.location === undefined ? {} : { location: change.location }),
  };
}

/** Writing devices and their telemetry; a change can be read in the database once it is answered. */
export function deviceWriteRoutes({ platform, now, flush }: ApiContext): Route[] {
  const { devices, telemetry } = platform;
  const store = (id: number, point: z.output<typeof telemetryPoint>): Record<string, unknown> =>
    telemetryJson(
      telemetry.add(
        {
          deviceId: id,
          metricName: point.metric_name,
          metricValue: point.metric_value,
          unit: point.unit ?? null,
        },
        now(),
      ),
    );
  return [
    {
      method: 'POST',
      path: `${API}/devices/`,
      summary: 'Create Device',
      hasBody: true,
      async handle({ body }) {
        const device = checkBody(newDevice, body);
        requireFits(device);
        const known = devices.byDeviceId(device.device_id);
        if (known?.isActive === true) throw new HttpError(400, 'Device ID already exists');
        // The soft-deleted row keeps its unique id: the platform's insert fails, and it answers 500.
        if (known !== undefined) throw new Error('UniqueViolation: ix_devices_device_id');
        const row = devices.add(
          {
            deviceId: device.device_id,
            name: device.name,
            deviceType: device.device_type,
            manufacturer: device.manufacturer ?? null,
            model: device.model ?? null,
            firmwareVersion: device.firmware_version ?? null,
            location: device.location ?? null,
          },
          now(),
        );
        await flush();
        return { status: 201, body: deviceJson(row) };
      },
    },
    {
      method: 'PUT',
      path: `${API}/devices/{device_id}`,
      summary: 'Update Device',
      pathParameters: { device_id: ID },
      hasBody: true,
      async handle(request) {
        const row = requireDevice(platform, request.integer('device_id'));
        const change = checkBody(newDevice.partial(), request.body);
        requireFits(change);
        devices.update(row, columns(change), now());
        await flush();
        return ok(deviceJson(row));
      },
    },
    {
      method: 'PATCH',
      path: `${API}/devices/{device_id}/status`,
      summary: 'Update Device Status',
      pathParameters: { device_id: ID },
      query: { status: { type: 'string', required: true } },
      async handle(request) {
        const status = request.text('status') ?? '';
        if (!REST_STATUSES.includes(status)) throw new HttpError(400, INVALID_STATUS);
        const row = requireDevice(platform, request.integer('device_id'));
        const at = now();
        devices.update(row, { status, lastSeen: at }, at);
        await flush();
        return ok(deviceJson(row));
      },
    },
    {
      method: 'DELETE',
      path: `${API}/devices/{device_id}`,
      summary: 'Delete Device',
      pathParameters: { device_id: ID },
      async handle(request) {
        const row = requireDevice(platform, request.integer('device_id'));
        devices.update(row, { isActive: false }, now());
        await flush();
        return { status: 204 };
      },
    },
    {
      method: 'POST',
      path: `${API}/devices/{device_id}/telemetry`,
      summary: 'Create Telemetry',
      pathParameters: { device_id: ID },
      hasBody: true,
      async handle(request) {
        const point = checkBody(telemetryPoint, request.body);
        const stored = store(requireDevice(platform, request.integer('device_id')).id, point);
        await flush();
        return { status: 201, body: stored };
      },
    },
    {
      method: 'POST',
      path: `${API}/devices/{device_id}/telemetry/batch`,
      summary: 'Create Telemetry Batch',
      pathParameters: { device_id: ID },
      hasBody: true,
      async handle(request) {
        const points = checkBody(z.array(telemetryPoint), request.body);
        const { id } = requireDevice(platform, request.integer('device_id'));
        const stored = points.map((point) => store(id, point));
        await flush();
        return { status: 201, body: stored };
      },
    },
  ];
}
