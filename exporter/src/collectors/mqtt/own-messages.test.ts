import { describe, expect, it } from '@jest/globals';
import { recordingMqttFleet } from '../../../test/support/recording-mqtt-fleet.ts';
import { silentLogger } from '../../log/logger.ts';
import { MQTT_MESSAGES, MQTT_UNUSABLE } from '../../metrics/catalogue/platform.ts';
import type { Family } from '../../metrics/family.ts';
import { createMetrics } from '../../metrics/registry.ts';
import { createMessageHandler } from './message-handler.ts';
import { createUnusableMessages } from './unusable.ts';

/** The handler of an exporter that watches device MINE, given telemetry of these topics. */
function given(...messages: readonly (readonly [string, string])[]) {
  const fleet = recordingMqttFleet();
  const metrics = createMetrics({ defaultMetrics: false });
  const handler = createMessageHandler({
    ...{ fleet, metrics, maxTopics: 50, maxCachedTopics: 100 },
    unusable: createUnusableMessages({ logger: silentLogger() }),
    isOwn: (id) => id === 'MINE',
  });
  for (const [topic, payload] of messages)
    handler.handle(`valtronics/${topic}`, Buffer.from(payload), payload.length, false, 0);
  const sum = (family: Family): number => metrics.samples(family).reduce((all, { value }) => all + value, 0);
  return { devices: fleet.points.map(({ id }) => id), sum };
}

describe('one exporter of several', () => {
  it('counts all messages and reads no telemetry of the devices of others', () => {
    const { devices, sum } = given(['MINE/telemetry', '{"t":1}'], ['THEIRS/telemetry', '{"t":1}']);
    expect(devices).toEqual(['MINE']);
    expect(sum(MQTT_MESSAGES)).toBe(2);
  });

  it('leaves it to the fleet which device a number means', () => {
    expect(given(['devices/1011/telemetry/t', '{"value":1}']).devices).toEqual(['1011']);
  });

  it('counts what is of no use for its own devices alone', () => {
    const topics = ['MINE', 'THEIRS', '1011', 'devices/1011'].map((id) => [`${id}/telemetry`, '{'] as const);
    expect(given(...topics, ['telemetry', '{"t":1}']).sum(MQTT_UNUSABLE)).toBe(1);
  });
});
