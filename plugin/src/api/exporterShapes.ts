import { statusOfWord } from '../domain/fleet/deviceStatus';
import {
  COLLECTOR_STATES,
  type Collector,
  type ComponentHealth,
  type DeviceValue,
  type ExporterDevice,
  type ExporterDevicePage,
  type Health,
  type ReportedStatus,
  type UnusableMessage,
} from './exporterTypes';
import {
  asList,
  asNumber,
  asNumberOrNull,
  asObject,
  asText,
  asTextOrNull,
  asTime,
  asTimeOrNull,
  ShapeError,
} from './json';

function readReported(value: unknown, where: string): ReportedStatus {
  const entry = asObject(value, where);
  return {
    source: asText(entry.source, `${where}.source`),
    status: asTextOrNull(entry.status, `${where}.status`),
    at: asTime(entry.at, `${where}.at`),
  };
}

function readValue(value: unknown, where: string): DeviceValue {
  const entry = asObject(value, where);
  return {
    metric: asText(entry.metric, `${where}.metric`),
    unit: asText(entry.unit, `${where}.unit`),
    value: asNumber(entry.value, `${where}.value`),
    at: asTime(entry.at, `${where}.at`),
  };
}

/** A device of the exporter. Throws `ShapeError`. */
export function readDevice(value: unknown, where = 'device'): ExporterDevice {
  const device = asObject(value, where);
  const text = (key: string): string => asText(device[key], `${where}.${key}`);
  return {
    deviceId: text('deviceId'),
    name: text('name'),
    deviceType: text('deviceType'),
    location: text('location'),
    manufacturer: text('manufacturer'),
    model: text('model'),
    firmwareVersion: text('firmwareVersion'),
    // A word of a newer exporter is unknown to this version, not a reason to show nothing.
    status: statusOfWord(text('status')) ?? 'unknown',
    statusSince: asTime(device.statusSince, `${where}.statusSince`),
    reported: asList(device.reported, `${where}.reported`, readReported),
    lastSeen: asTimeOrNull(device.lastSeen, `${where}.lastSeen`),
    registered: device.registered === true,
    values: asList(device.values, `${where}.values`, readValue),
  };
}

/** A page of devices. Throws `ShapeError`. */
export function readDevicePage(value: unknown): ExporterDevicePage {
  const page = asObject(value, 'devices');
  return {
    items: asList(page.items, 'devices.items', readDevice),
    nextCursor: asTextOrNull(page.nextCursor, 'devices.nextCursor'),
  };
}

function readCollector(value: unknown, where: string): Collector {
  const entry = asObject(value, where);
  const state = COLLECTOR_STATES.find((known) => known === entry.state);
  if (state === undefined) throw new ShapeError(`${where}.state`, 'a state');
  return {
    name: asText(entry.name, `${where}.name`),
    state,
    words: asText(entry.words, `${where}.words`),
    target: asTextOrNull(entry.target, `${where}.target`),
    setting: asText(entry.setting, `${where}.setting`),
    lastSuccess: asTimeOrNull(entry.lastSuccess, `${where}.lastSuccess`),
    lastDurationSeconds: asNumberOrNull(entry.lastDurationSeconds, `${where}.lastDurationSeconds`),
    lastError: asTextOrNull(entry.lastError, `${where}.lastError`),
    failures: asNumber(entry.failures, `${where}.failures`),
    nextTry: asTimeOrNull(entry.nextTry, `${where}.nextTry`),
  };
}

/** The list of collectors. Throws `ShapeError`. */
export function readCollectors(value: unknown): Collector[] {
  return asList(asObject(value, 'collectors').items, 'collectors.items', readCollector);
}

function readComponent(value: unknown, where: string): ComponentHealth {
  const entry = asObject(value, where);
  return {
    component: asText(entry.component, `${where}.component`),
    score: asNumberOrNull(entry.score, `${where}.score`),
    explanation: asText(entry.explanation, `${where}.explanation`),
  };
}

/** The health score. Throws `ShapeError`. */
export function readHealth(value: unknown): Health {
  const health = asObject(value, 'health');
  return {
    overall: asNumberOrNull(health.overall, 'health.overall'),
    components: asList(health.components, 'health.components', readComponent),
  };
}

/** The exporter's version, from its OpenAPI document. Throws `ShapeError`. */
export function readVersion(value: unknown): string {
  const info = asObject(asObject(value, 'openapi').info, 'openapi.info');
  return asText(info.version, 'openapi.info.version');
}

function readUnusableMessage(value: unknown, where: string): UnusableMessage {
  const entry = asObject(value, where);
  return {
    reason: asText(entry.reason, `${where}.reason`),
    words: asText(entry.words, `${where}.words`),
    topic: asText(entry.topic, `${where}.topic`),
    deviceId: asTextOrNull(entry.deviceId, `${where}.deviceId`),
    metric: asTextOrNull(entry.metric, `${where}.metric`),
    sample: asTextOrNull(entry.sample, `${where}.sample`),
    count: asNumber(entry.count, `${where}.count`),
    lastAt: asTime(entry.lastAt, `${where}.lastAt`),
  };
}

/** The MQTT messages that could not be used, newest first. Throws `ShapeError`. */
export function readUnusableMessages(value: unknown): UnusableMessage[] {
  return asList(asObject(value, 'unusable').items, 'unusable.items', readUnusableMessage);
}
