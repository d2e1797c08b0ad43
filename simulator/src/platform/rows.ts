/**
 * The rows of the platform's tables (facts: devices, telemetry_data, alerts). Times are milliseconds since
 * the epoch with a fraction, since the database keeps microseconds.
 */
export interface DeviceRow {
  readonly id: number;
  readonly deviceId: string;
  name: string;
  deviceType: string;
  manufacturer: string | null;
  model: string | null;
  firmwareVersion: string | null;
  location: string | null;
  /** Whatever was written last; a row without a status makes the whole device list fail. */
  status: string | null;
  isActive: boolean;
  readonly createdAt: number;
  updatedAt: number | null;
  lastSeen: number | null;
}

export interface TelemetryRow {
  readonly id: number;
  readonly deviceId: number;
  readonly metricName: string;
  /** May be NaN: the platform stores it and then fails to read it. */
  readonly metricValue: number;
  readonly unit: string | null;
  readonly timestamp: number;
}

export type AlertStatus = 'active' | 'acknowledged' | 'resolved';

export interface AlertRow {
  readonly id: number;
  readonly deviceId: number;
  readonly title: string;
  readonly description: string | null;
  readonly severity: string;
  readonly alertType: string;
  status: AlertStatus;
  readonly thresholdValue: number | null;
  readonly actualValue: number | null;
  readonly metricName: string | null;
  readonly createdAt: number;
  acknowledgedAt: number | null;
  resolvedAt: number | null;
}

/** A rule of the platform; it has none that anything evaluates. */
export interface AlertRuleRow {
  readonly id: number;
  readonly name: string;
  readonly deviceType: string;
  readonly metricName: string;
  readonly condition: string;
  readonly thresholdValue: number;
  readonly severity: string;
  readonly createdAt: number;
}

/** Takes every change of a row, to keep the database in step. */
export interface RowSink {
  device(row: DeviceRow, isNew: boolean): void;
  telemetry(row: TelemetryRow): void;
  telemetryDeleted(ids: readonly number[]): void;
  alert(row: AlertRow, isNew: boolean): void;
  /** Alert rows that are no longer kept. */
  alertsDeleted(ids: readonly number[]): void;
}

/** A sink for a platform without a database. */
export const nowhere: RowSink = {
  device: () => undefined,
  telemetry: () => undefined,
  telemetryDeleted: () => undefined,
  alert: () => undefined,
  alertsDeleted: () => undefined,
};
