import { describe, expect, it } from '@jest/globals';
import { recordingMqttFleet } from '../../../test/support/recording-mqtt-fleet.ts';
import { silentLogger } from '../../log/logger.ts';
import { createMetrics } from '../../metrics/registry.ts';
import { createMessageHandler } from './message-handler.ts';
import { createUnusableMessages } from './unusable.ts';

/** A handler whose messages are counted, of an exporter that watches all devices but THEIRS. */
function counted() {
  const received: string[] = [];
  const asked: (string | null)[] = [];
  const devices: (readonly [id: string | null, failed: boolean])[] = [];
  const handler = createMessageHandler({
    ...{ fleet: recordingMqttFleet(), metrics: createMetrics({ defaultMetrics: false }) },
    ...{ maxTopics: 50, maxCachedTopics: 100, isOwn: (id) => id !== 'THEIRS' },
    unusable: createUnusableMessages({ logger: silentLogger() }),
    counts: {
      listening: () => undefined,
      received: (direction) => received.push(direction),
      senderOf: (id) => {
        asked.push(id);
        return { sent: (failed) => devices.push([id, failed]) };
      },
    },
  });
  const send = (topic: string, payload: string, retained = false, at = 0): void =>
    handler.handle(`valtronics/${topic}`, Buffer.from(payload), payload.length, retained, at);
  return { received, asked, devices, send };
}

describe('messages are counted', () => {
  it('by their direction, and by the device that the topic or the payload names', () => {
    const { received, devices, send } = counted();
    send('A/telemetry', '{"t":1}');
    send('telemetry', '{"device_id":"B","t":1}');
    send('A/command', '{}');
    send('system/health', '{}');
    send('A/nobody/knows/this', '{}');
    expect(received).toEqual(['subscribe', 'subscribe', 'publish', 'subscribe', 'subscribe']);
    expect(devices).toEqual([
      ['A', false],
      ['B', false],
    ]);
  });

  it('as failed once, however much of them cannot be used', () => {
    const { devices, send } = counted();
    send('A/telemetry', '{"a":"1,234","b":[],"c":2}');
    send('A/telemetry', '{');
    send('telemetry', '{"t":1}');
    send('A/telemetry', '{"t":1}');
    expect(devices).toEqual([
      ['A', true],
      ['A', true],
      [null, true],
      ['A', false],
    ]);
  });

  it('by the type that the device had a minute ago at the most', () => {
    const { asked, devices, send } = counted();
    for (const at of [0, 59_999, 60_000, 1000]) send('A/heartbeat', '{}', false, at);
    send('telemetry', '{"device_id":"B","t":1}');
    send('telemetry', '{"device_id":"C","t":1}');
    expect(asked).toEqual(['A', 'A', 'B', 'C']);
    expect(devices).toHaveLength(6);
  });

  it('not where they are retained, and not as those of devices that another exporter watches', () => {
    const { received, devices, send } = counted();
    send('A/telemetry', '{"t":1}', true);
    send('THEIRS/telemetry', '{"t":1}');
    send('THEIRS/heartbeat', '{}');
    expect(received).toHaveLength(2);
    expect(devices).toEqual([]);
  });
});
