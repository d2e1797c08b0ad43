import { expect, it } from '@jest/globals';
import { pointsIn } from './device-bridge.ts';

it.each([
  ['valtronics/devices/17/telemetry/temperature', '{"value":1}', 1],
  ['valtronics/GATEWAY_001/telemetry', '{"metrics":[{"name":"a"},{"name":"b"}]}', 2],
  ['valtronics/GATEWAY_001/heartbeat', '{"status":"online"}', 0],
  ['valtronics/alerts/MOCK-1000', '{}', 0],
])('counts the readings of %s', (topic, payload, points) => {
  expect(pointsIn(topic, Buffer.from(payload))).toBe(points);
});
