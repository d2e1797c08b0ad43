import type { Actor } from '../alert.ts';

export const WINDOW_STATES = ['planned', 'active', 'ended'] as const;
export type WindowState = (typeof WINDOW_STATES)[number];

/** What a window covers: a device that is in one of the lists. */
export interface WindowScope {
  /** MQTT ids, e.g. `MOCK-1000`. */
  readonly devices: readonly string[];
  readonly deviceTypes: readonly string[];
  readonly locations: readonly string[];
}

/** A time in which nobody is told about the alerts of some devices. Times are milliseconds since the epoch. */
export interface MaintenanceWindow extends WindowScope {
  readonly id: string;
  readonly startsAt: number;
  /** First moment at which it is over; brought forward when somebody ends it. */
  readonly endsAt: number;
  readonly createdAt: number;
  readonly createdBy: Actor;
  readonly comment: string;
  /** Who ended it before its time. */
  readonly endedBy: Actor | null;
}

/** The device that an alert is about, as far as anybody knows; an unknown text is undefined. */
export interface Subject {
  readonly deviceId: string | undefined;
  readonly deviceType: string | undefined;
  readonly location: string | undefined;
}

export function windowState(
  { startsAt, endsAt, endedBy }: Pick<MaintenanceWindow, 'startsAt' | 'endsAt' | 'endedBy'>,
  now: number,
): WindowState {
  if (endedBy !== null || now >= endsAt) return 'ended';
  return now < startsAt ? 'planned' : 'active';
}

function holds(list: readonly string[], value: string | undefined): boolean {
  return value !== undefined && list.includes(value);
}

/** Whether the window is about the subject; its time is not looked at. */
export function covers({ devices, deviceTypes, locations }: WindowScope, subject: Subject): boolean {
  return (
    holds(devices, subject.deviceId) ||
    holds(deviceTypes, subject.deviceType) ||
    holds(locations, subject.location)
  );
}
