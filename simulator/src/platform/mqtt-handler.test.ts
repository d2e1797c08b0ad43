import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createMqttHandler } from './mqtt-handler.ts';
import { createPlatform, type Platform } from './platform.ts';
import type { DeviceRow } from './rows.ts';
import { nowhere } from './rows.ts';

const AT = 1_000_000;
let platform: Platform;
let row: DeviceRow;
let log: string[];
let working: boolean;
let handle: (topic: string, payload: unknown) => void;

beforeEach(() => {
  platform = createPlatform(nowhere, 50, []);
  row = platform.devices.add({ deviceId: 'A_001', name: 'A', deviceType: 'sensor', status: 'online' }, 0);
  log = [];
  working = true;
  const write = (level: string) => (logger: string, message: string) =>
    void log.push(`${level}:${logger}:${message}`);
  const handler = createMqttHandler({
    platform,
    log: { info: write('INFO'), warning: write('WARNING'), error: write('ERROR') },
    now: () => AT,
    working: () => working,
  });
  handle = (topic, payload) =>
    handler(topic, Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)));
});

const stored = (): [string, number, string | null][] =>
  platform.telemetry
    .ofDevice(row.id, 0, 100)
    .reverse()
    .map(({ metricName, metricValue, unit }) => [metricName, metricValue, unit]);

describe('createMqttHandler', () => {
  it("stores telemetry at the server's time, in both spellings of the payload", () => {
    handle('valtronics/A_001/telemetry', {
      device_id: 'A_001',
      timestamp: '1999-01-01T00:00:00',
      metrics: [
        { name: 'temperature', value: 19.03, unit: 'celsius' },
        { name: 'humidity', value: 49.8 },
      ],
    });
    handle('valtronics/A_001/telemetry', { name: 'voltage', value: 3, unit: 'V' });
    expect(stored()).toEqual([
      ['temperature', 19.03, 'celsius'],
      ['humidity', 49.8, null],
      ['voltage', 3, 'V'],
    ]);
    expect(platform.telemetry.ofDevice(row.id, 0, 1)[0]?.timestamp).toBe(AT);
    expect(row.lastSeen).toBe(AT);
    expect(row.status).toBe('online');
  });

  it('drops the rest of a batch after a string, as the real handler does', () => {
    handle('valtronics/A_001/telemetry', {
      metrics: [
        { name: 'power_consumption', value: 61.97, unit: 'watts' },
        { name: 'operational_status', value: 'standby', unit: 'state' },
        { name: 'duty_cycle', value: 13.15, unit: 'percent' },
      ],
    });
    expect(stored()).toEqual([['power_consumption', 61.97, 'watts']]);
    expect(log).toEqual([
      'ERROR:telemetry.mqtt_handler:Error handling telemetry: 1 validation error for TelemetryDataCreate',
    ]);
  });

  it('takes status and heartbeat, with any word', () => {
    handle('valtronics/A_001/status', { device_id: 'A_001', status: 'maintenance' });
    expect(row).toMatchObject({ status: 'maintenance', lastSeen: AT, updatedAt: AT });
    handle('valtronics/A_001/heartbeat', { status: 'error' });
    expect(row.status).toBe('error');
  });

  it('refuses a status that the column cannot hold', () => {
    handle('valtronics/A_001/status', { status: 'x'.repeat(21) });
    expect(row.status).toBe('online');
    expect(log[0]).toContain('value too long for type character varying(20)');
  });

  it('only logs an alert, and only warns about an unknown device', () => {
    handle('valtronics/A_001/alert', { message: 'Device A has failed' });
    handle('valtronics/NOPE/telemetry', { metrics: [] });
    expect(platform.alerts.all()).toEqual([]);
    expect(log).toEqual([
      'WARNING:telemetry.mqtt_handler:Alert from device A_001: Device A has failed',
      'WARNING:telemetry.mqtt_handler:Telemetry from unknown device: NOPE',
    ]);
  });

  it("leaves the mock fleet's family alone: the backend does not subscribe to it", () => {
    handle('valtronics/devices/1000/telemetry/temperature', { value: 1, unit: '°C' });
    expect(log).toEqual([]);
    expect(platform.telemetry.total).toBe(0);
  });

  it('stores nothing while its session is broken, and says why', () => {
    working = false;
    handle('valtronics/A_001/telemetry', { metrics: [{ name: 'a', value: 1 }] });
    handle('valtronics/A_001/status', { status: 'error' });
    expect(platform.telemetry.total).toBe(0);
    expect(row).toMatchObject({ status: 'online', lastSeen: null });
    expect(log[0]).toContain("This Session's transaction has been rolled back");
  });

  it('survives any payload on any of its topics', () => {
    const kind = fc.constantFrom('telemetry', 'status', 'heartbeat', 'alert', 'response');
    fc.assert(
      fc.property(kind, fc.oneof(fc.json(), fc.string()), (topic, payload) => {
        handle(`valtronics/A_001/${topic}`, payload);
      }),
      { numRuns: 300 },
    );
  });
});
