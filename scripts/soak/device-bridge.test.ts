import { expect, it } from '@jest/globals';
import { pointsIn, templateOf } from './device-bridge.ts';

it.each([
  ['valtronics/devices/17/telemetry/temperature', '{"value":1}', 1],
  ['valtronics/GATEWAY_001/telemetry', '{"metrics":[{"name":"a"},{"name":"b"}]}', 2],
  ['valtronics/GATEWAY_001/heartbeat', '{"status":"online"}', 0],
  ['valtronics/alerts/MOCK-1000', '{}', 0],
])('counts the readings of %s', (topic, payload, points) => {
  expect(pointsIn(topic, Buffer.from(payload))).toBe(points);
});

it.each([
  ['valtronics/devices/17/telemetry/temperature', 'valtronics/devices/+/telemetry/+'],
  ['valtronics/GATEWAY_001/telemetry', 'valtronics/+/telemetry'],
  ['valtronics/GATEWAY_001/alert', 'valtronics/+/alert'],
  ['valtronics/alerts/MOCK-1000', 'valtronics/alerts/+'],
])('knows the template of %s', (topic, template) => {
  expect(templateOf(topic)).toBe(template);
});
