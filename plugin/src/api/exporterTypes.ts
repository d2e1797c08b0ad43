import type { DeviceStatus } from '../domain/fleet/deviceStatus';

/** The newest status that one source reported. `at` is milliseconds since the epoch. */
export interface ReportedStatus {
  readonly source: string;
  /** As found; null where the platform has NULL. */
  readonly status: string | null;
  readonly at: number;
}

/** A newest value of a device. `at` is milliseconds since the epoch. */
export interface DeviceValue {
  readonly metric: string;
  readonly unit: string;
  readonly value: number;
  readonly at: number;
}

/** A device as the exporter's `/api/v1/devices` shows it (contract §2). Times are milliseconds since the epoch. */
export interface ExporterDevice {
  readonly deviceId: string;
  readonly name: string;
  readonly deviceType: string;
  readonly location: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly firmwareVersion: string;
  readonly status: DeviceStatus;
  readonly statusSince: number;
  readonly reported: readonly ReportedStatus[];
  readonly lastSeen: number | null;
  readonly registered: boolean;
  readonly values: readonly DeviceValue[];
}

export interface ExporterDevicePage {
  readonly items: readonly ExporterDevice[];
  readonly nextCursor: string | null;
}

export const COLLECTOR_STATES = ['ok', 'failing', 'paused', 'waiting', 'not_configured'] as const;
export type CollectorState = (typeof COLLECTOR_STATES)[number];

/** A source of the platform and how its collection goes. Times are milliseconds since the epoch. */
export interface Collector {
  readonly name: string;
  readonly state: CollectorState;
  /** The state in words, in English. */
  readonly words: string;
  readonly target: string | null;
  /** The setting that turns it on. */
  readonly setting: string;
  readonly lastSuccess: number | null;
  readonly lastDurationSeconds: number | null;
  readonly lastError: string | null;
  readonly failures: number;
  readonly nextTry: number | null;
}

/** Health of one component, 0 to 100; null when it is not measured. */
export interface ComponentHealth {
  readonly component: string;
  readonly score: number | null;
  readonly explanation: string;
}

export interface Health {
  readonly overall: number | null;
  readonly components: readonly ComponentHealth[];
}

/** The newest MQTT message of a topic that could not be used for one reason. Times are milliseconds since the epoch. */
export interface UnusableMessage {
  readonly reason: string;
  /** The reason in words, in English. */
  readonly words: string;
  readonly topic: string;
  readonly deviceId: string | null;
  /** The value at fault; null when it is the whole message. */
  readonly metric: string | null;
  /** The beginning of the payload; null when it was too large to keep. */
  readonly sample: string | null;
  /** How often the topic had this fault. */
  readonly count: number;
  readonly lastAt: number;
}
