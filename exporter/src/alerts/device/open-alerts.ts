import type { Alert, AlertContent } from '../alert.ts';
import { UNKNOWN_TYPE } from './content.ts';

/** An alert of a device that is not over, as it is known without the store. */
export interface OpenAlert {
  readonly fingerprint: string;
  readonly deviceId: string;
  readonly type: string;
  /** With the newest words, and how often it was raised. */
  readonly content: AlertContent & { readonly count: number };
  /** Newest time of the device's own clock; 0 when it gave none. */
  readonly sourceTime: number;
  /** When the device raised it last: monotonic, and milliseconds since the epoch. */
  readonly heardAt: number;
  readonly heardWall: number;
  /** When the store learnt of it last, monotonic, and whether it knows all of it. */
  readonly writtenAt: number;
  readonly isWritten: boolean;
  /** When it was found in the store, milliseconds since the epoch; undefined for one that began in this run. */
  readonly foundAt: number | undefined;
}

/** The open alerts of devices by device and type. */
export interface OpenDeviceAlerts {
  find(deviceId: string, type: string): OpenAlert | undefined;
  of(deviceId: string): readonly OpenAlert[];
  /** Adds it, or replaces what is known of it. */
  set(alert: OpenAlert): void;
  remove(fingerprint: string): void;
  /** Some of those that were heard last before that monotonic time. */
  silentSince(time: number, most: number): OpenAlert[];
  /** Some of those of which the store does not know all and has not learnt since that monotonic time. */
  unwritten(time: number, most: number): OpenAlert[];
  /** Some of the devices, other ones each time until all were there. */
  nextDevices(most: number): readonly string[];
}

function firstOf<T>(values: Iterable<T>, most: number, isWanted: (value: T) => boolean): T[] {
  const found: T[] = [];
  for (const value of values) {
    if (found.length === most) break;
    if (isWanted(value)) found.push(value);
  }
  return found;
}

/** Begins with what the store holds; `wall` and `monotonic` are now. */
export function createOpenAlerts(
  stored: readonly Alert[],
  wall: number,
  monotonic: number,
): OpenDeviceAlerts {
  const all = new Map<string, OpenAlert>();
  const devices = new Map<string, Map<string, OpenAlert>>();
  /** Devices whose turn comes. */
  let queue: string[] = [];

  function set(alert: OpenAlert): void {
    all.set(alert.fingerprint, alert);
    const types = devices.get(alert.deviceId) ?? new Map<string, OpenAlert>();
    types.set(alert.type, alert);
    devices.set(alert.deviceId, types);
  }

  for (const alert of stored) {
    set({
      ...{ fingerprint: alert.fingerprint, content: alert, sourceTime: alert.sourceTime },
      deviceId: alert.labels['device_id'] ?? '',
      type: alert.labels['alert_type'] ?? UNKNOWN_TYPE,
      heardAt: monotonic - Math.max(0, wall - alert.lastSeen),
      ...{ heardWall: alert.lastSeen, writtenAt: monotonic, isWritten: true, foundAt: wall },
    });
  }

  return {
    find: (deviceId, type) => devices.get(deviceId)?.get(type),
    of: (deviceId) => [...(devices.get(deviceId)?.values() ?? [])],
    set,
    remove: (fingerprint) => {
      const alert = all.get(fingerprint);
      if (alert === undefined) return;
      all.delete(fingerprint);
      const types = devices.get(alert.deviceId);
      if (types?.get(alert.type)?.fingerprint === fingerprint) types.delete(alert.type);
      if (types?.size === 0) devices.delete(alert.deviceId);
    },
    silentSince: (time, most) => firstOf(all.values(), most, ({ heardAt }) => heardAt < time),
    unwritten: (time, most) =>
      firstOf(all.values(), most, ({ isWritten, writtenAt }) => !isWritten && writtenAt <= time),
    nextDevices: (most) => {
      if (queue.length === 0) queue = [...devices.keys()];
      return queue.splice(0, most);
    },
  };
}
