import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseTopic } from './topic.ts';

describe('parseTopic', () => {
  it.each([
    // backend and its simulator
    [
      'valtronics/TEMP_SENSOR_001/telemetry',
      'backend',
      'telemetry',
      'subscribe',
      'valtronics/+/telemetry',
      'TEMP_SENSOR_001',
    ],
    ['valtronics/A/heartbeat', 'backend', 'heartbeat', 'subscribe', 'valtronics/+/heartbeat', 'A'],
    ['valtronics/A/status', 'backend', 'status', 'subscribe', 'valtronics/+/status', 'A'],
    ['valtronics/A/alert', 'backend', 'alert', 'subscribe', 'valtronics/+/alert', 'A'],
    ['valtronics/A/response', 'backend', 'response', 'subscribe', 'valtronics/+/response', 'A'],
    ['valtronics/A/command', 'backend', 'command', 'publish', 'valtronics/+/command', 'A'],
    ['valtronics/A/config', 'backend', 'config', 'publish', 'valtronics/+/config', 'A'],
    ['valtronics/$x/telemetry', 'backend', 'telemetry', 'subscribe', 'valtronics/+/telemetry', '$x'],
    ['valtronics/system/telemetry', 'backend', 'telemetry', 'subscribe', 'valtronics/+/telemetry', 'system'],
    // mock fleet and protocol pages
    [
      'valtronics/devices/1011/telemetry/pressure',
      'fleet',
      'telemetry',
      'subscribe',
      'valtronics/devices/+/telemetry/+',
      '1011',
    ],
    [
      'valtronics/devices/1/telemetry',
      'fleet',
      'telemetry',
      'subscribe',
      'valtronics/devices/+/telemetry',
      '1',
    ],
    [
      'valtronics/devices/1/status/online',
      'fleet',
      'status',
      'subscribe',
      'valtronics/devices/+/status/+',
      '1',
    ],
    ['valtronics/devices/1/status', 'fleet', 'status', 'subscribe', 'valtronics/devices/+/status', '1'],
    ['valtronics/devices/1/events', 'fleet', 'event', 'subscribe', 'valtronics/devices/+/events', '1'],
    [
      'valtronics/devices/1/responses',
      'fleet',
      'response',
      'subscribe',
      'valtronics/devices/+/responses',
      '1',
    ],
    ['valtronics/devices/1/sensors', 'fleet', 'telemetry', 'subscribe', 'valtronics/devices/+/sensors', '1'],
    ['valtronics/devices/1/commands', 'fleet', 'command', 'publish', 'valtronics/devices/+/commands', '1'],
    [
      'valtronics/devices/1/commands/reboot',
      'fleet',
      'command',
      'publish',
      'valtronics/devices/+/commands/+',
      '1',
    ],
    [
      'valtronics/devices/1/config/interval',
      'fleet',
      'config',
      'publish',
      'valtronics/devices/+/config/+',
      '1',
    ],
    ['valtronics/system/health/api', 'fleet', 'system', 'subscribe', 'valtronics/system/health/+', null],
    [
      'valtronics/system/alerts/critical/db',
      'fleet',
      'system',
      'subscribe',
      'valtronics/system/alerts/+/+',
      null,
    ],
    ['valtronics/system/updates/firmware', 'fleet', 'system', 'publish', 'valtronics/system/updates/+', null],
    ['valtronics/monitoring/logs/api', 'fleet', 'system', 'subscribe', 'valtronics/monitoring/logs/+', null],
    // firmware pages
    ['valtronics/telemetry', 'firmware', 'telemetry', 'subscribe', 'valtronics/telemetry', null],
    ['valtronics/telemetry/VT-1', 'firmware', 'telemetry', 'subscribe', 'valtronics/telemetry/+', 'VT-1'],
    ['valtronics/telemetry/multi', 'firmware', 'telemetry', 'subscribe', 'valtronics/telemetry/+', null],
    ['valtronics/alerts', 'firmware', 'alert', 'subscribe', 'valtronics/alerts', null],
    ['valtronics/alerts/VT-1', 'firmware', 'alert', 'subscribe', 'valtronics/alerts/+', 'VT-1'],
    ['valtronics/spectrum', 'firmware', 'system', 'subscribe', 'valtronics/spectrum', null],
  ])('%s', (topic, family, kind, direction, template, deviceId) => {
    expect(parseTopic(topic)).toMatchObject({ family, kind, direction, template, deviceId });
  });

  it('takes the metric and the status that a topic names', () => {
    expect(parseTopic('valtronics/devices/7/telemetry/co2')).toMatchObject({ metric: 'co2', status: null });
    expect(parseTopic('valtronics/devices/7/status/error')).toMatchObject({ metric: null, status: 'error' });
    expect(parseTopic('valtronics/A/telemetry')).toMatchObject({ metric: null, status: null });
  });

  it.each([
    'valtronics',
    'valtronics/',
    'valtronics//telemetry',
    'valtronics/A',
    'valtronics/A/unknown',
    'valtronics/A/telemetry/',
    'valtronics/A/telemetry/x',
    'valtronics/A/constructor',
    'valtronics/devices',
    'valtronics/devices/1',
    'valtronics/devices//telemetry/x',
    'valtronics/devices/1/telemetry/',
    'valtronics/devices/1/telemetry/a/b',
    'valtronics/devices/1/toString',
    'valtronics/telemetry/a/b',
    'valtronics/telemetry/',
    'valtronics/spectrum/1',
    'valtronics/system/alerts/a/b/c',
    'valtronics/monitoring/other/x',
    `valtronics/${'x/'.repeat(100)}`,
    'Valtronics/A/telemetry',
    'test',
    '$SYS/broker/uptime',
    '',
  ])('knows no layout of %s', (topic) => {
    expect(parseTopic(topic)).toMatchObject({
      family: 'other',
      kind: 'other',
      template: 'other',
      deviceId: null,
    });
  });

  it('takes any id, and never gives an unbounded number of templates', () => {
    const templates = new Set<string>();
    const level = fc.oneof(
      fc.constantFrom(
        'valtronics',
        'devices',
        'telemetry',
        'status',
        'alerts',
        'system',
        'health',
        'commands',
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(level, { maxLength: 8 }), (levels) => {
        const topic = parseTopic(['valtronics', ...levels].join('/'));
        templates.add(topic.template);
        return topic.deviceId !== '' && (topic.family === 'other') === (topic.template === 'other');
      }),
    );
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((id) => !id.includes('/')),
        (id) => parseTopic(`valtronics/devices/${id}/telemetry/x`).deviceId === id,
      ),
    );
    expect(templates.size).toBeLessThanOrEqual(50);
  });
});
