import { appendFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { startFakeApi } from '../test/support/fake-api.ts';
import { startMosquitto } from '../test/support/mosquitto.ts';
import { createPlatformSchema } from '../test/support/platform-schema.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { startRedis } from '../test/support/redis.ts';
import { freePort, temporaryFolder } from '../test/support/server.ts';

const DEVICES = 20;

/** Every source of the exporter, small and alive. */
export interface DayPlatform {
  /** The exporter's settings for it, as environment variables. */
  readonly settings: Readonly<Record<string, string>>;
  /** Lets each source bring something new; `now` is what its clocks show, milliseconds since the epoch. */
  live(now: number): Promise<void>;
  stop(): Promise<void>;
}

/** A receiver that takes every alert. */
async function startReceiver(): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.end('{}'));
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}/hook`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const RULES = `groups:
  - name: day
    rules:
      - alert: ManyDevices
        expr: sum(valtronics_devices) > 1
      - alert: Telemetry
        expr: sum(rate(valtronics_telemetry_points_total[5m])) > 1e9
`;

/** Starts PostgreSQL, mosquitto, Redis, a REST API, a receiver, and the files of access log and rules. */
export async function startDayPlatform(): Promise<DayPlatform> {
  const folder = temporaryFolder('day');
  const postgres = await startPostgres();
  await postgres.createDatabase('valtronics_db');
  const database = await postgres.connect('valtronics_db');
  await createPlatformSchema(database);
  const ids = Array.from({ length: DEVICES }, (_, index) => `DAY-${index}`);
  for (const id of ids)
    await database.query(
      `insert into devices (name, device_id, device_type, status, is_active, location) values ($1, $1, 'sensor', 'online', true, 'Lab')`,
      [id],
    );
  const broker = await startMosquitto();
  const redis = await startRedis();
  const api = await startFakeApi();
  const receiver = await startReceiver();
  const device = await connectAsync(`mqtt://127.0.0.1:${broker.port}`);
  const log = join(folder.path, 'access.log');
  writeFileSync(log, '');
  const rules = join(folder.path, 'rules.yml');
  writeFileSync(rules, RULES);
  let turn = 0;

  return {
    settings: {
      VALTRONICS_API_URL: api.url,
      VALTRONICS_DATABASE_URL: postgres.url('valtronics_db'),
      VALTRONICS_MQTT_URL: `mqtt://127.0.0.1:${broker.port}`,
      VALTRONICS_REDIS_URL: redis.url,
      VALTRONICS_LOG_PATHS: log,
      VALTRONICS_RECEIVERS_WEBHOOK_URL: receiver.url,
      VALTRONICS_RULES_FILES: rules,
    },
    live: async (now) => {
      turn += 1;
      const id = ids[turn % DEVICES] ?? '';
      const at = new Date(now);
      // What the double of the API remembers for tests would be taken for the exporter's memory.
      api.requests.length = 0;
      await device.publishAsync(
        `valtronics/${id}/telemetry`,
        JSON.stringify({ name: 'load', value: turn % 97 }),
      );
      await database.query(
        `insert into telemetry_data (device_id, metric_name, metric_value, unit, "timestamp") values (1, 'load', $1, '%', $2)`,
        [turn % 97, at],
      );
      if (turn % 20 === 0)
        await database.query(
          `insert into alerts (device_id, title, severity, alert_type, status, created_at) values (1, 'hot', 'warning', 'threshold', 'resolved', $1)`,
          [at],
        );
      appendFileSync(
        log,
        `192.0.2.${turn % 250} - - [29/Nov/2026:12:00:00 +0000] "GET /api/v1/devices/ HTTP/1.1" 200 12 "-" "-" 0.010\n`,
      );
    },
    stop: async () => {
      await device.endAsync();
      await database.end();
      await Promise.all([postgres.stop(), broker.stop(), redis.stop(), api.stop(), receiver.stop()]);
      await folder.remove();
    },
  };
}
