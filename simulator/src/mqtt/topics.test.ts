import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { mqttCaptures } from '../../test/support/captures.ts';
import { shapeOf } from '../../test/support/shape.ts';
import type { FleetEvent } from '../model/events.ts';
import { createFleetModel } from '../model/fleet-model.ts';
import { type Message, messagesOf } from './topics.ts';

const START = Date.parse('2026-11-22T23:00:00Z');
const metadata = z.looseObject({ metadata: z.looseObject({ sensor_type: z.string() }).optional() });

function fleetEvents(): FleetEvent[] {
  return createFleetModel({
    seed: 3,
    devices: 50,
    startTime: START,
    maxPointsPerSecond: 1500,
    speed: 1,
  }).advance(START + 300_000);
}

/** Topic without the device, and the sensor's type: one entry a kind of message. */
function kindOf(topic: string, payload: unknown): string {
  const type = metadata.safeParse(payload).data?.metadata?.sensor_type ?? '';
  return `${topic.replace(/\/\d+\//, '/N/')} ${type}`;
}

function shapesByKind(messages: readonly { topic: string; payload: string }[]): Map<string, unknown> {
  const shapes = new Map<string, unknown>();
  for (const { topic, payload } of messages) {
    const content: unknown = JSON.parse(payload);
    shapes.set(kindOf(topic, content), shapeOf(content));
  }
  return shapes;
}

describe('messagesOf', () => {
  const messages: Message[] = fleetEvents().flatMap(messagesOf);
  const ours = shapesByKind(messages.filter(({ topic }) => !topic.includes('fault_')));
  const captured = shapesByKind(
    mqttCaptures().filter(({ topic }) => !topic.includes('fault_') && !topic.includes('frequency_peak')),
  );

  it.each([...captured.keys()])('sends %s with the keys and types of the real platform', (kind) => {
    expect(ours.get(kind)).toEqual(captured.get(kind));
  });

  it('has the keys of the captured frequency peaks', () => {
    const peaks = (list: readonly { topic: string; payload: string }[]): Set<string> =>
      new Set(
        list
          .filter(({ topic }) => topic.includes('frequency_peak'))
          .map(({ payload }) => JSON.stringify(shapeOf(JSON.parse(payload)))),
      );
    expect([...peaks(mqttCaptures())].every((shape) => peaks(messages).has(shape))).toBe(true);
  });

  it('publishes status changes and alerts in the simulator family only', () => {
    const others = messages.filter(({ topic }) => /\/(status|alert|heartbeat)$/.test(topic));
    expect(others.length).toBeGreaterThan(3);
    for (const { topic } of others)
      expect(topic).toMatch(/^valtronics\/[A-Z]+(_[A-Z]+)?_\d{3}\/(status|alert|heartbeat)$/);
    const status = others.find(({ topic }) => topic.endsWith('/status'));
    expect(shapeOf(JSON.parse(status?.payload ?? '{}'))).toEqual({
      device_id: 'string',
      status: 'string',
      timestamp: 'string',
    });
    const alert = others.find(({ topic }) => topic.endsWith('/alert'));
    expect(Object.keys(z.looseObject({}).parse(JSON.parse(alert?.payload ?? '{}')))).toEqual([
      'device_id',
      'type',
      'severity',
      'message',
      'timestamp',
    ]);
  });

  it('uses QoS 0 for heartbeats and 1 for the rest', () => {
    for (const { topic, qos } of messages) expect(qos).toBe(topic.endsWith('/heartbeat') ? 0 : 1);
  });

  it('writes times as naive UTC with microseconds', () => {
    for (const { payload } of messages.slice(0, 200)) {
      expect(z.looseObject({ timestamp: z.string() }).parse(JSON.parse(payload)).timestamp).toMatch(
        /^2026-11-22T23:0\d:\d\d(\.\d{6})?$/,
      );
    }
  });
});
