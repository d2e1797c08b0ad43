import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { recordingMqttFleet } from '../../../test/support/recording-mqtt-fleet.ts';
import { createMetrics } from '../../metrics/registry.ts';
import { silentLogger } from '../../log/logger.ts';
import { createMessageHandler } from './message-handler.ts';
import { createUnusableMessages } from './unusable.ts';

const lineSchema = z.object({ t: z.number(), topic: z.string(), retain: z.literal(0), payload: z.string() });
const LINES = readFileSync(join(import.meta.dirname, '../../../test/captures/mqtt.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => lineSchema.parse(JSON.parse(line)));

describe('what the running platform really sent', () => {
  const fleet = recordingMqttFleet();
  const metrics = createMetrics({ defaultMetrics: false });
  const handler = createMessageHandler({
    fleet,
    metrics,
    unusable: createUnusableMessages({ logger: silentLogger() }),
    maxTopics: 50,
    maxCachedTopics: 100,
  });
  for (const { t, topic, payload } of LINES) {
    const bytes = Buffer.from(payload);
    handler.handle(topic, bytes, bytes.length, false, t * 1000);
  }

  it('is understood wholly', async () => {
    const snapshot = await metrics.snapshot();
    const samples = snapshot.flatMap(({ name, samples: list }) =>
      list
        .filter(({ value }) => value > 0)
        .map(({ labels, value }) => [name, ...Object.values(labels), value]),
    );
    expect(LINES).toHaveLength(275);
    expect(samples).toEqual([
      ['valtronics_mqtt_messages_total', 'valtronics/devices/+/telemetry/+', 'subscribe', 250],
      ['valtronics_mqtt_messages_total', 'valtronics/+/telemetry', 'subscribe', 20],
      ['valtronics_mqtt_messages_total', 'valtronics/+/heartbeat', 'subscribe', 5],
      ['valtronics_telemetry_bytes_total', 65383],
    ]);
  });

  it('gives exactly its points, states in words included', () => {
    const perSource = Object.groupBy(fleet.points, ({ id }) => (/^\d+$/.test(id) ? 'fleet' : 'simulator'));
    expect(perSource.fleet).toHaveLength(250);
    expect(perSource.simulator).toHaveLength(52);
    const states = fleet.points.filter(({ value }) => value === null);
    expect(states).toHaveLength(4);
    expect(new Set(states.map(({ metric, unit }) => `${metric} ${unit}`))).toEqual(
      new Set(['operational_status state']),
    );
    expect(new Set(fleet.points.map(({ id }) => id)).size).toBe(25);
    expect(fleet.heardIds).toEqual([]);
  });

  it('has one spelling for each unit', () => {
    expect([...new Set(fleet.points.map(({ unit }) => unit))].sort()).toEqual([
      '%',
      'AQI',
      'Hz',
      'W',
      'count',
      'hPa',
      'hPa/min',
      'kbps',
      'mm/s',
      'ppm',
      'ratio',
      'state',
      '°C',
      'μg/m³',
    ]);
  });

  it('reports the simulator’s heartbeats', () => {
    expect(fleet.reports.map(({ id, status }) => `${id} ${status ?? ''}`).sort()).toEqual([
      'ACTUATOR_001 online',
      'GATEWAY_001 online',
      'HUM_SENSOR_001 online',
      'PRESS_SENSOR_001 online',
      'TEMP_SENSOR_001 online',
    ]);
  });
});
