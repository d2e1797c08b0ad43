import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import mqtt, { type MqttClient } from 'mqtt';
import type { Client } from 'pg';
import { z } from 'zod';
import { startExporter, subscribed, type TestExporter } from '../support/exporter.ts';
import { startMosquitto } from '../support/mosquitto.ts';
import { createPlatformSchema } from '../support/platform-schema.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { scrapeEverySecond, startPrometheus } from '../support/prometheus.ts';
import { startRedis } from '../support/redis.ts';
import { describeWith, MOSQUITTO, POSTGRES, PROMETHEUS, REDIS } from '../support/require.ts';
import { type RunningServer, temporaryFolder, waitFor } from '../support/server.ts';

const answerSchema = z.object({
  data: z.object({
    result: z.array(
      z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) }),
    ),
  }),
});

/** Real PostgreSQL, mosquitto, Redis and Prometheus; what PromQL answers must be what was put in. */
describeWith([POSTGRES, MOSQUITTO, REDIS, PROMETHEUS], 'a platform with a known truth', () => {
  const undo: (() => Promise<unknown>)[] = [];
  let postgres: TestPostgres;
  let database: Client;
  let publisher: MqttClient;
  let exporter: TestExporter;
  let prometheus: RunningServer;
  let accessLog: string;

  async function query(expression: string): Promise<Record<string, number>> {
    const url = `http://127.0.0.1:${prometheus.port}/api/v1/query?query=${encodeURIComponent(expression)}`;
    const { data } = answerSchema.parse(await (await fetch(url)).json());
    return Object.fromEntries(
      data.result.map(({ metric, value }) => [Object.values(metric).join(' '), Number(value[1])]),
    );
  }

  /** Waits until the expression has the answer, since a scrape comes in its own time; then compares for the message. */
  async function expectAnswer(expression: string, expected: Record<string, number>): Promise<void> {
    let answer: Record<string, number> = {};
    await waitFor(expression, async () => {
      answer = await query(expression);
      return (
        JSON.stringify(Object.entries(answer).sort()) === JSON.stringify(Object.entries(expected).sort())
      );
    }).catch(() => undefined);
    expect(answer).toEqual(expected);
  }

  const publish = (topic: string, payload: unknown): Promise<unknown> =>
    publisher.publishAsync(topic, typeof payload === 'string' ? payload : JSON.stringify(payload), {
      qos: 1,
    });

  beforeAll(async () => {
    const folder = temporaryFolder('truth');
    undo.push(folder.remove);
    postgres = await startPostgres();
    undo.push(() => postgres.stop());
    const url = await postgres.createDatabase('valtronics_db');
    database = await postgres.connect('valtronics_db');
    undo.push(() => database.end());
    await createPlatformSchema(database);
    await database.query(`insert into devices (name, device_id, device_type, location, status, is_active, last_seen, updated_at) values
      ('Temperature Sensor 1000', 'MOCK-1000', 'sensor', 'Lab A', 'online', true, now(), now()),
      ('Pressure Sensor 1001', 'MOCK-1001', 'sensor', 'Lab B', 'error', true, now(), now()),
      ('Gateway 01', 'GATEWAY_001', 'gateway', null, 'Maintenance ', true, null, now()),
      ('Silent 01', 'SILENT_001', 'sensor', '', 'online', true, now() - interval '1 hour', now()),
      ('Null 01', 'NULL_001', 'actuator', '', null, true, now(), now()),
      ('Gone', 'GONE_001', 'sensor', '', 'online', false, now(), now())`);
    await database.query(`insert into alerts (device_id, title, severity, alert_type, status) values
      (1, 'a', 'critical', 'threshold', 'active'), (1, 'b', 'warning', 'threshold', 'active'),
      (2, 'c', 'warning', 'threshold', 'resolved'), (2, 'd', 'emergency', 'manual', 'active')`);
    const broker = await startMosquitto();
    undo.push(() => broker.stop());
    const redis = await startRedis();
    undo.push(() => redis.stop());
    publisher = await mqtt.connectAsync(`mqtt://127.0.0.1:${broker.port}`);
    undo.push(() => publisher.endAsync());
    accessLog = join(folder.path, 'access.log');
    writeFileSync(accessLog, '');
    exporter = await startExporter({
      VALTRONICS_DATABASE_URL: url,
      VALTRONICS_DATABASE_DEVICES_INTERVAL: '5s',
      VALTRONICS_MQTT_URL: `mqtt://127.0.0.1:${broker.port}`,
      VALTRONICS_REDIS_URL: redis.url,
      VALTRONICS_LOG_PATHS: accessLog,
    });
    undo.push(() => exporter.stop());
    await subscribed(exporter);
    prometheus = await startPrometheus({
      folder: folder.path,
      config: scrapeEverySecond('valtronics-api', `127.0.0.1:${exporter.port}`),
    });
    undo.push(() => prometheus.stop());
  }, 300_000);

  afterAll(async () => {
    for (const step of undo.reverse()) await step();
  }, 300_000);

  it('counts devices by effective status', async () => {
    await expectAnswer('sum by (status) (valtronics_devices)', {
      online: 1,
      warning: 0,
      error: 1,
      offline: 1,
      maintenance: 1,
      unknown: 1,
    });
    await expectAnswer('sum(valtronics_devices_total != ignoring(__name__) valtronics_devices)', {});
    await expectAnswer('sum(valtronics_devices_total)', { '': 5 });
  });

  it('knows each device, and none that is not active', async () => {
    await expectAnswer('sum by (device_id) (valtronics_device_status)', {
      'MOCK-1000': 1,
      'MOCK-1001': 3,
      GATEWAY_001: 5,
      SILENT_001: 4,
      NULL_001: 0,
    });
    await expectAnswer('count by (device_id, location) (valtronics_device_info{device_type="sensor"})', {
      'MOCK-1000 Lab A': 1,
      'MOCK-1001 Lab B': 1,
      SILENT_001: 1,
    });
  });

  it('counts what MQTT brings, by device type and metric', async () => {
    await publish('valtronics/devices/1000/telemetry/temperature', {
      value: 21.5,
      unit: '°C',
      device_id: 1000,
    });
    await publish('valtronics/MOCK-1000/telemetry', {
      device_id: 'MOCK-1000',
      metrics: [
        { name: 'temperature', value: '22.25', unit: 'celsius' },
        { name: 'mode', value: 'idle', unit: 'state' },
      ],
    });
    await publish('valtronics/NOBODY/telemetry', { name: 'co2', value: 400, unit: 'ppm' });
    await publish('valtronics/MOCK-1000/telemetry', '{broken');
    await expectAnswer('sum by (device_type, metric_name) (valtronics_telemetry_points_total)', {
      'sensor temperature': 2,
      'sensor mode': 1,
      'unknown co2': 1,
    });
    await expectAnswer('sum by (device_id, unit) (valtronics_device_telemetry{metric_name="temperature"})', {
      'MOCK-1000 °C': 22.25,
    });
    await expectAnswer('sum(valtronics_mqtt_unregistered_devices)', { '': 1 });
    await expectAnswer('sum by (reason) (valtronics_mqtt_unusable_total) > 0', { bad_json: 1 });
    await expectAnswer('sum by (topic, direction) (valtronics_mqtt_messages_total)', {
      'subscribe valtronics/devices/+/telemetry/+': 1,
      'subscribe valtronics/+/telemetry': 3,
    });
  });

  it('believes the newest report of a status', async () => {
    await publish('valtronics/MOCK-1001/status', { device_id: 'MOCK-1001', status: 'ONLINE' });
    await expectAnswer('sum by (device_id) (valtronics_device_status{device_id="MOCK-1001"})', {
      'MOCK-1001': 1,
    });
    await database.query(
      `update devices set status = 'warning', updated_at = now() where device_id = 'MOCK-1001'`,
    );
    await expectAnswer('sum by (device_id) (valtronics_device_status{device_id="MOCK-1001"})', {
      'MOCK-1001': 2,
    });
  });

  it('sees the database fall behind the broker, and catch up', async () => {
    // Text values and devices that nobody registered are nothing that the database could have stored.
    await expectAnswer('sum(valtronics_telemetry_ingest_lag_points)', { '': 2 });
    await database.query(
      `insert into telemetry_data (device_id, metric_name, metric_value, unit) select 1, 'temperature', n, '°C' from generate_series(1, 1) n`,
    );
    await expectAnswer('sum(valtronics_telemetry_ingest_lag_points)', { '': 1 });
  });

  it('reports alert rows as the platform has them', async () => {
    await expectAnswer('sum by (severity, alert_type) (valtronics_alerts_active) > 0', {
      'threshold critical': 1,
      'threshold warning': 1,
      'manual emergency': 1,
    });
    await database.query(
      `insert into alerts (device_id, title, severity, alert_type, status) values (1, 'e', 'warning', 'anomaly', 'active')`,
    );
    await expectAnswer('sum by (severity, alert_type) (valtronics_alerts_total) > 0', {
      'anomaly warning': 1,
    });
    await database.query('delete from alerts');
    await expectAnswer('sum(valtronics_alerts_active)', { '': 0 });
    await expectAnswer('sum by (severity, alert_type) (valtronics_alerts_total) > 0', {
      'anomaly warning': 1,
    });
  });

  it('reports connections as the server counts them', async () => {
    let both: unknown[] = [];
    // Counted again with each look: one of them may be between two connections.
    await waitFor('both count alike', async () => {
      const [row] = await postgres.sql(
        `select count(*)::int as used, current_setting('max_connections')::int as max from pg_stat_activity where backend_type = 'client backend'`,
      );
      const { used, max } = z.object({ used: z.number(), max: z.number() }).parse(row);
      // The counting connection of this test is not there at the scrape.
      const counted = { used: used - 1, max };
      both = [await query('sum by (state) (valtronics_database_connections{state!="idle"})'), counted];
      return isDeepStrictEqual(both[0], both[1]);
    }).catch(() => undefined);
    expect(both[0]).toEqual(both[1]);
  });

  it('reads requests and their durations from the access log', async () => {
    appendFileSync(
      accessLog,
      '10.0.0.1 - - [23/Nov/2026:14:02:11 +0000] "GET /api/v1/devices/7?x=1 HTTP/1.1" 200 512 "-" "curl/8" 0.120\n' +
        '10.0.0.2 - - [23/Nov/2026:14:02:12 +0000] "GET /api/v1/devices/8 HTTP/1.1" 500 21 "-" "curl/8" 3.000\n' +
        'INFO:     10.0.0.1:5000 - "POST /api/v1/alerts/ HTTP/1.1" 201 Created\n',
    );
    await expectAnswer('sum by (method, endpoint, status) (valtronics_api_requests_total)', {
      '/api/v1/devices/{device_id} GET 200': 1,
      '/api/v1/devices/{device_id} GET 500': 1,
      '/api/v1/alerts/ POST 201': 1,
    });
    await expectAnswer('sum by (le) (valtronics_api_request_duration_seconds_bucket{le=~"0.25|2.5"})', {
      '0.25': 1,
      '2.5': 1,
    });
    // Prometheus 3 writes 5.0.
    await expectAnswer('sum(valtronics_api_request_duration_seconds_bucket{le=~"5|5.0"})', { '': 2 });
  });

  it('finds every source healthy', async () => {
    await expectAnswer('sum by (collector) (valtronics_collector_success)', {
      postgres: 1,
      mqtt: 1,
      broker: 1,
      redis: 1,
      access_log: 1,
    });
    await expectAnswer('sum(up)', { '': 1 });
    await expectAnswer('count(valtronics_system_health_score{component="overall"} > 0)', { '': 1 });
  });
});
