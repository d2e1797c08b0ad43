import { family } from '../family.ts';

/** The words of the platform and their numbers in `valtronics_device_status`. */
export const STATUS_CODES = {
  unknown: 0,
  online: 1,
  warning: 2,
  error: 3,
  offline: 4,
  maintenance: 5,
} as const;
export type DeviceStatus = keyof typeof STATUS_CODES;
export const DEVICE_STATUSES: readonly DeviceStatus[] = [
  'online',
  'warning',
  'error',
  'offline',
  'maintenance',
  'unknown',
];

/** A gauge under a counter's suffix: the name is given, so its TYPE is untyped (unknown in OpenMetrics). */
export const DEVICES_TOTAL = family({
  name: 'valtronics_devices_total',
  type: 'untyped',
  help: 'Registered active devices by effective status. A gauge under a given name: prefer valtronics_devices.',
  labels: ['status'],
  owner: 'fleet',
  cardinality: '6',
});

export const DEVICES = family({
  name: 'valtronics_devices',
  type: 'gauge',
  help: 'Registered active devices by effective status.',
  labels: ['status'],
  owner: 'fleet',
  cardinality: '6',
});

export const DEVICE_INFO = family({
  name: 'valtronics_device_info',
  type: 'gauge',
  help: 'Identity of a device; always 1.',
  labels: ['device_id', 'name', 'device_type', 'location', 'manufacturer', 'model', 'firmware_version'],
  owner: 'fleet',
  cardinality: '1 a device',
});

export const DEVICE_STATUS = family({
  name: 'valtronics_device_status',
  type: 'gauge',
  help: 'Effective status of a device: 0 unknown, 1 online, 2 warning, 3 error, 4 offline, 5 maintenance.',
  labels: ['device_id', 'device_type'],
  owner: 'fleet',
  cardinality: '1 a device',
});

export const DEVICE_STATUS_SINCE = family({
  name: 'valtronics_device_status_since_timestamp_seconds',
  type: 'gauge',
  help: 'When the device entered its effective status. Survives a restart of the exporter.',
  labels: ['device_id'],
  owner: 'fleet',
  cardinality: '1 a device',
});

export const DEVICE_LAST_SEEN = family({
  name: 'valtronics_device_last_seen_timestamp_seconds',
  type: 'gauge',
  help: 'When the device was last heard of, by the newest of all sources.',
  labels: ['device_id'],
  owner: 'fleet',
  cardinality: '1 a device that was ever heard',
});

export const DEVICE_TELEMETRY = family({
  name: 'valtronics_device_telemetry',
  type: 'gauge',
  help: 'Newest numeric value of a metric of a device, in its normalised unit.',
  labels: ['device_id', 'metric_name', 'unit'],
  owner: 'fleet',
  cardinality: 'metrics a device (1 to 17)',
});
