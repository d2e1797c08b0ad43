import { describe, expect, it } from '@jest/globals';
import { logLines } from '../../test/support/captures.ts';
import type { FleetEvent } from '../model/events.ts';
import { createRoster } from '../model/roster.ts';
import { createBackendLog } from './backend-log.ts';
import { createFleetLog } from './fleet-log.ts';

const FLEET =
  /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} - (device_fleet|mock_device_\d+|async_api_client) - (INFO|WARNING) - \S.*$/;
const SIMULATOR = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} - (INFO|WARNING) - \S.*$/;
const BACKEND = /^(INFO|ERROR): {4,5}\S.*$|^(INFO|WARNING|ERROR):[a-z_.]+:\S.*$/;

function statusEvent(id: string, to: 'error' | 'online'): FleetEvent {
  const device = createRoster(50).find((spec) => spec.id === id);
  if (device === undefined) throw new Error(`no ${id}`);
  return { kind: 'status', at: Date.parse('2026-11-22T23:34:16.530Z'), device, from: 'online', to };
}

describe('fleet logs', () => {
  const fleet: string[] = [];
  const simulator: string[] = [];
  const log = createFleetLog(
    (line) => fleet.push(line),
    (line) => simulator.push(line),
  );
  log.started(createRoster(50), Date.parse('2026-11-22T23:26:33.992Z'), 1883);

  it('have the form of the captured ones', () => {
    for (const line of [...fleet, ...logLines('fleet')]) expect(line).toMatch(FLEET);
    for (const line of [...simulator, ...logLines('simulator')]) expect(line).toMatch(SIMULATOR);
    expect(fleet[0]).toBe('2026-11-22 23:26:33,992 - device_fleet - INFO - Creating fleet with 45 devices');
    expect(simulator[0]).toBe(
      '2026-11-22 23:26:33,992 - INFO - Added device: Temperature Sensor 01 (TEMP_SENSOR_001)',
    );
  });

  it('tell failure and recovery in the captured words', () => {
    log.event(statusEvent('GATEWAY_001', 'error'));
    log.event(statusEvent('GATEWAY_001', 'online'));
    log.event(statusEvent('MOCK-1008', 'error'));
    const captured = logLines('simulator').slice(8, 10);
    expect(captured[0]).toContain('Simulating device failure for GATEWAY_001');
    expect(simulator.slice(-4, -2)).toEqual(captured.map((line) => line.replace(/,\d{3}/, ',530')));
    expect(fleet.at(-1)).toBe(
      '2026-11-22 23:34:16,530 - mock_device_1008 - INFO - Device status changed: online -> error',
    );
  });
});

describe('backend log', () => {
  it('has the form of the captured one', () => {
    const lines: string[] = [];
    const log = createBackendLog((line) => lines.push(line));
    log.started(8000);
    log.uvicorn('ERROR', 'Exception in ASGI application');
    log.warning('telemetry.mqtt_handler', 'Telemetry from unknown device: NOPE');
    for (const line of [...lines, ...logLines('backend-stdout')]) expect(line).toMatch(BACKEND);
    const captured = new Set(logLines('backend-stdout'));
    expect(captured).toContain('INFO:app.main:Starting Valtronics API...');
    for (const line of [
      'INFO:     Application startup complete.',
      'ERROR:    Exception in ASGI application',
    ]) {
      expect(lines).toContain(line);
      expect(captured).toContain(line);
    }
  });
});
