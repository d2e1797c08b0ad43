import { describe, expect, it } from '@jest/globals';
import { recordingMqttFleet } from '../../../test/support/recording-mqtt-fleet.ts';
import { silentLogger } from '../../log/logger.ts';
import { createMetrics } from '../../metrics/registry.ts';
import type { DeviceAlertMessage } from '../../platform-alerts/device-alerts.ts';
import { readDeviceAlert } from './device-alert.ts';
import { createMessageHandler } from './message-handler.ts';
import { createUnusableMessages } from './unusable.ts';

const NOW = Date.UTC(2026, 10, 23);
const WRITTEN = '2026-11-22T23:29:16.303Z';

describe('readDeviceAlert', () => {
  it('reads the backend’s words and the firmware’s', () => {
    const backend = { device_id: 'A', type: 'system', severity: 'critical', message: 'A has failed' };
    expect(readDeviceAlert(backend)).toEqual({
      ...{ alertType: 'system', severity: 'critical', message: 'A has failed' },
      ...{ metricName: '', value: '', ends: false },
    });
    const firmware = {
      alert_type: 'humidity_low',
      value: 12.5,
      message: 'dry',
      severity: 'WARN',
      type: 'alert',
    };
    expect(readDeviceAlert(firmware)).toMatchObject({
      ...{ alertType: 'humidity_low', severity: 'WARN', value: '12.5', ends: false },
    });
  });

  it('takes the platform’s defaults for what is missing, and nothing of what is no text', () => {
    expect(readDeviceAlert({})).toMatchObject({ alertType: undefined, severity: 'medium', message: '' });
    expect(readDeviceAlert({ type: ['x'], severity: null, level: 3, message: {} })).toMatchObject({
      ...{ alertType: undefined, severity: '3', message: '' },
    });
    expect(readDeviceAlert({ type: 'x'.repeat(1000), message: 'é\uD800' }).alertType).toHaveLength(64);
    expect(readDeviceAlert({ message: 'é\uD800' }).message.isWellFormed()).toBe(true);
  });

  it.each([
    [{ status: 'resolved' }, true],
    [{ state: 'Cleared' }, true],
    [{ severity: 'OK' }, true],
    [{ level: ' normal ' }, true],
    [{ resolved: true }, true],
    [{ cleared: true }, true],
    [{ active: false }, true],
    [{ status: 'active' }, false],
    [{ status: 'error' }, false],
    [{ resolved: false, active: true }, false],
    [{ message: 'resolved' }, false],
    [{ type: 'cleared' }, false],
  ])('takes %j for an end: %s', (document, ends) => {
    expect(readDeviceAlert(document).ends).toBe(ends);
  });
});

describe('alerts of devices', () => {
  it('are handed over from every layout, with how they came, and statuses with them', () => {
    const taken: DeviceAlertMessage[] = [];
    const statuses: string[] = [];
    const { handle } = createMessageHandler({
      ...{ fleet: recordingMqttFleet(), metrics: createMetrics({ defaultMetrics: false }) },
      ...{
        unusable: createUnusableMessages({ logger: silentLogger() }),
        maxTopics: 50,
        maxCachedTopics: 100,
      },
      deviceAlerts: {
        take: (message) => taken.push(message),
        status: (id, status) => statuses.push(`${id} ${String(status)}`),
        flush: () => undefined,
      },
    });
    const send = (topic: string, document: unknown, retained = false, repeated = false): void => {
      const bytes = Buffer.from(JSON.stringify(document));
      handle(topic, bytes, bytes.length, retained, NOW, undefined, repeated);
    };
    send('valtronics/A/alert', { type: 'system', severity: 'critical', message: 'm', timestamp: WRITTEN });
    send('valtronics/alerts', { device_id: 'B', alert_type: 'dry', timestamp: 1234 }, true, true);
    send('valtronics/devices/7/alerts', {});
    send('valtronics/alerts', { alert_type: 'nobody' });
    send('valtronics/A/alert', 'no object');
    send('valtronics/A/status', { status: 'error' });
    send('valtronics/A/status', { status: 'offline' }, true);
    expect(taken).toMatchObject([
      {
        deviceId: 'A',
        alertType: 'system',
        writtenAt: Date.parse(WRITTEN),
        retained: false,
        repeated: false,
      },
      { deviceId: 'B', alertType: 'dry', writtenAt: null, retained: true, repeated: true },
      { deviceId: '7', alertType: undefined },
    ]);
    expect(statuses).toEqual(['A error']);
  });
});
