import { z } from 'zod';
import type { BackendLog } from './backend-log.ts';
import type { Platform } from './platform.ts';
import type { DeviceRow } from './rows.ts';

/** The topics that the backend subscribes to; the mock fleet's own family is not among them. */
export const BACKEND_TOPICS = ['telemetry', 'status', 'heartbeat', 'alert', 'response'] as const;

const LOGGER = 'telemetry.mqtt_handler';
const TOPIC = /^valtronics\/([^/]+)\/(telemetry|status|heartbeat|alert|response)$/;

const point = z.object({ name: z.string().min(1), value: z.unknown(), unit: z.string().optional() });
const telemetryPayload = z.union([
  z.object({ metrics: z.array(point) }),
  point.transform((metric) => ({ metrics: [metric] })),
]);
const statusPayload = z.object({ status: z.string().min(1) });
const alertPayload = z.object({
  severity: z.string().default('medium'),
  type: z.string().default('unknown'),
  message: z.string().default(''),
});

export interface MqttHandlerOptions {
  readonly platform: Platform;
  readonly log: BackendLog;
  /** Milliseconds since the epoch; payload times are not stored, the database's clock is. */
  readonly now: () => number;
  /** False while the handler's database session is broken: nothing is stored any more. */
  readonly working: () => boolean;
}

const SESSION_BROKEN =
  "This Session's transaction has been rolled back due to a previous exception during flush.";

function storeTelemetry(options: MqttHandlerOptions, row: DeviceRow, payload: unknown): void {
  const { platform, log, now } = options;
  const parsed = telemetryPayload.safeParse(payload);
  if (!parsed.success) {
    log.error(LOGGER, "Error handling telemetry: 'name'");
    return;
  }
  const at = now();
  for (const metric of parsed.data.metrics) {
    // A string value ends the batch: the platform's own handler raises there and drops the rest.
    if (typeof metric.value !== 'number') {
      log.error(LOGGER, 'Error handling telemetry: 1 validation error for TelemetryDataCreate');
      break;
    }
    platform.telemetry.add(
      { deviceId: row.id, metricName: metric.name, metricValue: metric.value, unit: metric.unit ?? null },
      at,
    );
  }
  platform.devices.update(row, { lastSeen: at }, at);
}

function storeStatus(options: MqttHandlerOptions, row: DeviceRow, payload: unknown, kind: string): void {
  const { platform, log, now } = options;
  const parsed = statusPayload.safeParse(payload);
  if (!parsed.success) {
    log.error(LOGGER, `Error handling ${kind}: 'status'`);
    return;
  }
  if (parsed.data.status.length > 20) {
    log.error(
      LOGGER,
      `Error handling ${kind}: (psycopg2.errors.StringDataRightTruncation) value too long for type character varying(20)`,
    );
    return;
  }
  const at = now();
  platform.devices.update(row, { status: parsed.data.status, lastSeen: at }, at);
}

function logAlert(options: MqttHandlerOptions, row: DeviceRow, payload: unknown): void {
  const parsed = alertPayload.safeParse(payload);
  if (!parsed.success) {
    options.log.error(LOGGER, 'Error handling alert: invalid payload');
    return;
  }
  options.log.warning(LOGGER, `Alert from device ${row.deviceId}: ${parsed.data.message}`);
}

/**
 * The backend's MQTT handler as it works on PostgreSQL: telemetry is stored at the server's time, status and
 * heartbeat update the row, an alert is only logged, an unknown device is only warned about.
 */
export function createMqttHandler(options: MqttHandlerOptions): (topic: string, payload: Buffer) => void {
  const { platform, log, working } = options;
  return (topic, payload) => {
    const match = TOPIC.exec(topic);
    if (match === null) return;
    const [, deviceId = '', kind = ''] = match;
    if (!working()) {
      log.error(LOGGER, `Error handling ${kind}: ${SESSION_BROKEN}`);
      return;
    }
    let content: unknown;
    try {
      content = JSON.parse(payload.toString());
    } catch (error) {
      log.error(
        LOGGER,
        `Error decoding JSON from ${topic}: ${error instanceof Error ? error.message : 'invalid'}`,
      );
      return;
    }
    const row = platform.devices.byDeviceId(deviceId);
    if (row === undefined) {
      const what = kind.charAt(0).toUpperCase() + kind.slice(1);
      log.warning(LOGGER, `${what} from unknown device: ${deviceId}`);
      return;
    }
    if (kind === 'telemetry') storeTelemetry(options, row, content);
    else if (kind === 'status' || kind === 'heartbeat') storeStatus(options, row, content, kind);
    else if (kind === 'alert') logAlert(options, row, content);
  };
}
