import type { DeviceSpec } from './device-spec.ts';

/** The statuses that the fleet knows; the platform itself stores any word. */
export type DeviceStatus = 'online' | 'warning' | 'error' | 'offline' | 'maintenance';

/** One measured point. Metadata travels on the mock fleet's topics only. */
export interface Reading {
  readonly metric: string;
  readonly value: number | string;
  readonly unit: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** An alert as the fleet posts it to the platform. */
export interface AlertText {
  readonly title: string;
  readonly description: string;
  readonly severity: 'critical' | 'warning' | 'info';
  readonly alertType: 'threshold' | 'anomaly' | 'system' | 'device';
  readonly metricName: string | null;
  readonly thresholdValue: number | null;
}

/**
 * What happens in the fleet. `at` is in milliseconds since the epoch (with a fraction, as the platform's
 * database keeps microseconds); `number` is the fleet's own running number of an alert, from 1.
 */
export type FleetEvent =
  | {
      readonly kind: 'telemetry';
      readonly at: number;
      readonly device: DeviceSpec;
      readonly readings: readonly Reading[];
    }
  | {
      readonly kind: 'heartbeat';
      readonly at: number;
      readonly device: DeviceSpec;
      readonly status: DeviceStatus;
    }
  | {
      readonly kind: 'status';
      readonly at: number;
      readonly device: DeviceSpec;
      readonly from: DeviceStatus;
      readonly to: DeviceStatus;
    }
  | {
      readonly kind: 'alert_raised';
      readonly at: number;
      readonly device: DeviceSpec;
      readonly number: number;
      readonly alert: AlertText;
    }
  | { readonly kind: 'alert_acknowledged'; readonly at: number; readonly number: number }
  | {
      readonly kind: 'alert_resolved';
      readonly at: number;
      readonly device: DeviceSpec;
      readonly number: number;
      readonly alert: AlertText;
    }
  | {
      /** A device calls for help by itself, or says that it is well again. */
      readonly kind: 'alarm';
      readonly at: number;
      readonly device: DeviceSpec;
      readonly ends: boolean;
    };
