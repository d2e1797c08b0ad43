import type { AlertRow, AlertRuleRow, DeviceRow, TelemetryRow } from '../platform/rows.ts';
import { offsetIso, zuluIso } from '../timestamps.ts';

/**
 * The platform's Device object, keys in its order.
 * @throws Error on a row without a status: the platform cannot serialise it either, and answers 500
 */
export function deviceJson(row: DeviceRow): Record<string, unknown> {
  if (row.status === null)
    throw new Error('1 validation error: response status Input should be a valid string');
  return {
    name: row.name,
    device_id: row.deviceId,
    device_type: row.deviceType,
    manufacturer: row.manufacturer,
    model: row.model,
    firmware_version: row.firmwareVersion,
    location: row.location,
    id: row.id,
    status: row.status,
    is_active: row.isActive,
    created_at: zuluIso(row.createdAt),
    updated_at: zuluIso(row.updatedAt),
    last_seen: zuluIso(row.lastSeen),
  };
}

/** A number as JSON has it. @throws Error on NaN, which the platform stores and cannot send */
export function finite(value: number): number {
  if (!Number.isFinite(value))
    throw new Error('ValueError: Out of range float values are not JSON compliant');
  return value;
}

/** The platform's Telemetry object. @throws Error on a NaN value */
export function telemetryJson(row: TelemetryRow): Record<string, unknown> {
  return {
    metric_name: row.metricName,
    metric_value: finite(row.metricValue),
    unit: row.unit,
    id: row.id,
    device_id: row.deviceId,
    timestamp: zuluIso(row.timestamp),
  };
}

/** The platform's Alert object; untyped there, hence the other spelling of times. */
export function alertJson(row: AlertRow): Record<string, unknown> {
  return {
    device_id: row.deviceId,
    id: row.id,
    severity: row.severity,
    status: row.status,
    actual_value: row.actualValue,
    created_at: offsetIso(row.createdAt),
    resolved_at: offsetIso(row.resolvedAt),
    title: row.title,
    description: row.description,
    alert_type: row.alertType,
    threshold_value: row.thresholdValue,
    metric_name: row.metricName,
    acknowledged_at: offsetIso(row.acknowledgedAt),
  };
}

/** The platform's AlertRule object. */
export function alertRuleJson(row: AlertRuleRow): Record<string, unknown> {
  return {
    name: row.name,
    device_id: null,
    device_type: row.deviceType,
    metric_name: row.metricName,
    threshold_value: row.thresholdValue,
    is_active: true,
    cooldown_minutes: 30,
    updated_at: null,
    description: null,
    id: row.id,
    condition: row.condition,
    severity: row.severity,
    notification_enabled: true,
    created_at: offsetIso(row.createdAt),
  };
}
