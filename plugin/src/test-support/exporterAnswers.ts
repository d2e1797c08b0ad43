import type { DeviceStatus } from '../domain/fleet/deviceStatus';

/** A device as the exporter writes it. */
export function exporterDevice(deviceId: string, status: DeviceStatus, more: object = {}): object {
  return {
    deviceId,
    name: '',
    deviceType: 'sensor',
    location: '',
    manufacturer: '',
    model: '',
    firmwareVersion: '',
    status,
    statusSince: '2026-11-23T02:00:00.000Z',
    reported: [],
    lastSeen: '2026-11-23T02:00:00.000Z',
    registered: true,
    values: [],
    ...more,
  };
}

/** A collector as the exporter writes it. */
export function exporterCollector(name: string, state: string, more: object = {}): object {
  return {
    name,
    state,
    words: `${state} in words`,
    target: '127.0.0.1:1',
    setting: 'VALTRONICS_X',
    lastSuccess: state === 'ok' ? new Date().toISOString() : null,
    lastDurationSeconds: state === 'ok' ? 0.02 : null,
    lastError: null,
    failures: 0,
    nextTry: null,
    ...more,
  };
}
