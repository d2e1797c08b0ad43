import { createAlertStore, type AlertStore } from './alert-store.ts';
import { createDeviceStore, type DeviceStore } from './device-store.ts';
import type { AlertRuleRow, RowSink } from './rows.ts';
import { createTelemetryStore, type TelemetryStore } from './telemetry-store.ts';

/** The platform's data as its backend sees them: what REST answers and what the database holds. */
export interface Platform {
  readonly devices: DeviceStore;
  readonly telemetry: TelemetryStore;
  readonly alerts: AlertStore;
  readonly rules: readonly AlertRuleRow[];
}

/** Telemetry points kept in memory for the whole fleet. */
const POINTS_IN_MEMORY = 300_000;

/** The one alert rule that the platform comes with; nothing evaluates it. @param startTime its creation, in ms */
export function defaultRules(startTime: number): AlertRuleRow[] {
  return [
    {
      id: 1,
      name: 'High Temperature Alert',
      deviceType: 'sensor',
      metricName: 'temperature',
      condition: 'gt',
      thresholdValue: 30,
      severity: 'warning',
      createdAt: startTime,
    },
  ];
}

/** @param devices size of the fleet; decides how much telemetry of each device is kept in memory */
export function createPlatform(sink: RowSink, devices: number, rules: readonly AlertRuleRow[]): Platform {
  const pointsPerDevice = Math.max(12, Math.min(1000, Math.floor(POINTS_IN_MEMORY / devices)));
  return {
    devices: createDeviceStore(sink),
    telemetry: createTelemetryStore(sink, pointsPerDevice),
    alerts: createAlertStore(sink),
    rules,
  };
}
