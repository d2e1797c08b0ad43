import { family } from '../family.ts';

export const STORE_ALERTS = family({
  name: 'valtronics_store_alerts',
  type: 'gauge',
  help: 'Alerts in the exporter’s own store by source (platform, device, alertmanager, api, rules), state and severity; resolved ones as long as the history keeps them.',
  labels: ['source', 'state', 'severity'],
  owner: 'exporter',
  cardinality: 'sources × states × severities (at most 75)',
  alike: true,
});

export const DEVICE_ALERTS = family({
  name: 'valtronics_device_alerts_total',
  type: 'counter',
  help: 'Alerts that devices raised themselves over MQTT, repeated ones included, by severity (critical, warning, info, other) and type; retained, redelivered and clearing messages are none. The platform stores none of them.',
  labels: ['severity', 'alert_type'],
  owner: 'exporter',
  cardinality: 'severities × alert types, capped',
  alike: true,
});

export const DEVICE_ALERTS_DROPPED = family({
  name: 'valtronics_device_alerts_dropped_total',
  type: 'counter',
  help: 'Alerts of devices that became no row of the store: a device raised more a minute, or had more types open, than it may, or the store takes no more.',
  labels: ['reason'],
  owner: 'exporter',
  cardinality: '3',
});

export const ALERTS_UNACKNOWLEDGED = family({
  name: 'valtronics_alerts_unacknowledged_seconds',
  type: 'gauge',
  help: 'Age of the oldest active alert that nobody acknowledged, 0 when there is none; CriticalAlertUnacknowledged itself is not counted.',
  labels: ['severity'],
  owner: 'exporter',
  cardinality: '5',
});

export const ALERT_ACKNOWLEDGE_SECONDS = family({
  name: 'valtronics_alert_acknowledge_seconds',
  type: 'histogram',
  help: 'Time from the beginning of an alert until somebody first took it on, by severity.',
  labels: ['severity'],
  owner: 'exporter',
  cardinality: 'severities (5) × 10',
  buckets: [60, 300, 900, 1800, 3600, 14_400, 86_400],
});

export const ALERT_STORE_UP = family({
  name: 'valtronics_alert_store_up',
  type: 'gauge',
  help: '1 while the alert store can be read and written, else 0 (a full disk, for example); absent when alerts are switched off.',
  labels: [],
  owner: 'exporter',
  cardinality: '1',
});

export const ALERT_LEADER = family({
  name: 'valtronics_alert_leader',
  type: 'gauge',
  help: '1 for the exporter that does what time brings (escalation, digest, rules, the history’s end), of those that share an alert store in PostgreSQL, and exposes what all of them see; else 0. 1 for one with a store of its own.',
  labels: [],
  owner: 'exporter',
  cardinality: '1',
});

export const ALERT_NOTIFICATIONS = family({
  name: 'valtronics_alert_notifications_total',
  type: 'counter',
  help: 'Sendings of the alert store to its receivers, as alertmanager_notifications_total counts Alertmanager’s.',
  labels: ['integration'],
  owner: 'exporter',
  cardinality: 'configured receivers (at most 4)',
});

export const ALERT_NOTIFICATIONS_FAILED = family({
  name: 'valtronics_alert_notifications_failed_total',
  type: 'counter',
  help: 'Those of the sendings that the receiver did not take; they are tried again, or become dead letters.',
  labels: ['integration'],
  owner: 'exporter',
  cardinality: 'configured receivers (at most 4)',
});

export const ALERT_DELIVERIES = family({
  name: 'valtronics_alert_deliveries',
  type: 'gauge',
  help: 'Notices in the outbox of the alert store that receivers have not taken: pending, held by a maintenance window, or dead letters that are tried no more.',
  labels: ['integration', 'state'],
  owner: 'exporter',
  cardinality: 'configured receivers × 3 (at most 12)',
  alike: true,
});

export const ALERT_DELIVERY_OLDEST = family({
  name: 'valtronics_alert_delivery_oldest_seconds',
  type: 'gauge',
  help: 'Age of the oldest pending notice of the outbox, 0 when none is pending; those that a maintenance window holds are not counted.',
  labels: ['integration'],
  owner: 'exporter',
  cardinality: 'configured receivers (at most 4)',
});

export const ALERT_LOOP_UP = family({
  name: 'valtronics_alert_loop_up',
  type: 'gauge',
  help: '1 while a part of the alert manager that works in the background does so, 0 while it fails unexpectedly and is tried again.',
  labels: ['loop'],
  owner: 'exporter',
  cardinality: 'parts (at most 8)',
});
