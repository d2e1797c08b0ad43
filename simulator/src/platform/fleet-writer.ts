import type { FleetEvent } from '../model/events.ts';
import type { Platform } from './platform.ts';
import type { AlertRow } from './rows.ts';

/**
 * What reaches the platform's tables without MQTT: the mock fleet posts telemetry, statuses and alerts by REST. Alerts that
 * devices raise over MQTT are stored by nobody.
 */
export interface FleetWriter {
  /** Stores an event's rows, as the REST call of a mock device would. */
  write(event: FleetEvent): void;
}

export interface FleetWriterOptions {
  readonly platform: Platform;
  /** False while no telemetry is to be stored. */
  readonly storesTelemetry: () => boolean;
  /** False while nothing can be stored; alerts wait, the rest is lost as it is in the real platform. */
  readonly available: () => boolean;
}

type AlertEvent = Extract<FleetEvent, { number: number }>;

export function createFleetWriter(options: FleetWriterOptions): FleetWriter {
  const { platform, storesTelemetry, available } = options;
  const rowOfAlert = new Map<number, AlertRow>();
  let waiting: AlertEvent[] = [];

  const applyAlert = (event: AlertEvent): void => {
    if (event.kind === 'alert_raised') {
      if (event.device.family !== 'mock') return;
      const device = platform.devices.byDeviceId(event.device.id);
      if (device === undefined) return;
      rowOfAlert.set(event.number, platform.alerts.add({ ...event.alert, deviceId: device.id }, event.at));
      return;
    }
    const row = rowOfAlert.get(event.number);
    if (event.kind === 'alert_resolved') rowOfAlert.delete(event.number);
    if (row === undefined || row.status === 'resolved') return;
    if (event.kind === 'alert_resolved') platform.alerts.resolve(row, event.at);
    else if (row.status === 'active') platform.alerts.acknowledge(row, event.at);
  };

  const applyMock = (event: Extract<FleetEvent, { kind: 'telemetry' | 'status' }>): void => {
    const device = platform.devices.byDeviceId(event.device.id);
    if (device === undefined) return;
    if (event.kind === 'status') {
      platform.devices.update(device, { status: event.to, lastSeen: event.at }, event.at);
      return;
    }
    if (!storesTelemetry()) return;
    for (const { metric, value, unit } of event.readings) {
      if (typeof value !== 'number') continue;
      platform.telemetry.add({ deviceId: device.id, metricName: metric, metricValue: value, unit }, event.at);
    }
    platform.devices.update(device, { lastSeen: event.at }, event.at);
  };

  return {
    write(event) {
      if (event.kind === 'heartbeat' || event.kind === 'alarm') return;
      if ('number' in event) {
        waiting.push(event);
        if (!available()) return;
        const due = waiting;
        waiting = [];
        due.forEach(applyAlert);
        return;
      }
      if (event.device.family === 'mock' && available()) applyMock(event);
    },
  };
}
