import { randomUUID } from 'node:crypto';
import type { Actor, Alert } from '../alert.ts';
import type { Database, Sql } from '../store/sql.ts';
import { TransitionError } from '../transitions.ts';
import {
  expiredSilences,
  findWindow,
  insertExpiredSilence,
  insertWindow,
  newestWindows,
  updateWindow,
  windowsEndingAfter,
} from './rows.ts';
import {
  covers,
  type MaintenanceWindow,
  type Subject,
  type WindowScope,
  windowState,
} from './maintenance-window.ts';

/** A window to be made. Times are milliseconds since the epoch. */
export interface NewWindow extends WindowScope {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly comment: string;
}

/** Maintenance windows, durable in the store's own file. Every method may reject with a StoreError. */
export interface Maintenance {
  /** The newest windows, at most 1,000. */
  list(): Promise<MaintenanceWindow[]>;
  /** @throws TransitionError when there are too many that are not over */
  create(window: NewWindow, by: Actor, now: number): Promise<MaintenanceWindow>;
  /**
   * Ends a window before its time, or calls off one that is planned; undefined for an unknown one.
   *
   * @throws TransitionError when it is over already
   */
  end(id: string, by: Actor, now: number): Promise<MaintenanceWindow | undefined>;
  /** Windows that are not over, planned ones among them. */
  current(now: number): Promise<readonly MaintenanceWindow[]>;
  /** Silences of windows that somebody expired in Alertmanager, as `window/part`: they are not made again. */
  expiredSilences(): Promise<ReadonlySet<string>>;
  /** Remembers that somebody expired a silence: Alertmanager forgets it after some days, or loses its data. */
  silenceExpired(id: string, part: string): Promise<void>;
  /**
   * Windows that are not over and their states, and whether the fleet is known, as one text: while it is the same,
   * nothing began or ended.
   */
  stateKey(now: number): Promise<string>;
  /** Tells of alerts which windows are active and cover them, by id; looks the windows up once. */
  coverage(now: number): Promise<(alert: Pick<Alert, 'labels'>) => string[]>;
  /**
   * Tells of alerts whether nobody may be told of them now: they are covered, or a window of types or locations is
   * active and the fleet, which is not known yet, has to say whether their device is one of them. With `sql` as that
   * work sees the windows.
   */
  keepsQuiet(now: number, sql?: Sql): Promise<(alert: Pick<Alert, 'labels'>) => boolean>;
}

export interface MaintenanceOptions {
  readonly database: Database;
  /** Device type and location of devices whose alerts do not say them. */
  readonly lookup: DeviceLookup;
  /** Whether the fleet has heard of its devices, so that one that it does not know is none. Default: it has. */
  readonly isFleetKnown?: () => boolean;
  /** Called after a window was made or ended. */
  readonly onChange?: () => void;
}

/** The word by which exporters tell each other of a window that was made or ended. */
export const MAINTENANCE = 'maintenance';

const MOST_LISTED = 1000;
/** Windows that may be planned or active at one time. */
const MOST_CURRENT = 500;
const NO_WINDOW = (): string[] => [];
const NOTHING_HELD = (): boolean => false;

/** What the fleet knows of a device; undefined for a device that it does not know. */
export type DeviceLookup = (
  deviceId: string,
) => { readonly deviceType: string; readonly location: string } | undefined;

/** What the alert is about: from its labels, and what they do not say from the fleet. */
export function subjectOf({ labels }: Pick<Alert, 'labels'>, lookup: DeviceLookup): Subject {
  const { device_id: deviceId, device_type: deviceType, location } = labels;
  if (deviceId === undefined || (deviceType !== undefined && location !== undefined))
    return { deviceId, deviceType, location };
  const device = lookup(deviceId);
  return {
    deviceId,
    deviceType: deviceType ?? device?.deviceType,
    location: location ?? device?.location,
  };
}

/** Whether more about the device could make the window cover it. */
function couldCover({ deviceTypes, locations }: WindowScope, subject: Subject): boolean {
  if (subject.deviceId === undefined) return false;
  return (
    (deviceTypes.length > 0 && subject.deviceType === undefined) ||
    (locations.length > 0 && subject.location === undefined)
  );
}

export function createMaintenance(options: MaintenanceOptions): Maintenance {
  const { database, lookup, isFleetKnown = () => true, onChange } = options;
  /** Windows as a piece of work read them: thousands of alerts may change in one. */
  const known = new WeakMap<Sql, Promise<readonly MaintenanceWindow[]>>();

  function current(now: number): Promise<readonly MaintenanceWindow[]> {
    return database.read((sql) => windowsEndingAfter(sql, now));
  }

  function currentIn(sql: Sql, now: number): Promise<readonly MaintenanceWindow[]> {
    const windows = known.get(sql) ?? windowsEndingAfter(sql, now);
    known.set(sql, windows);
    return windows;
  }

  function activeOf(windows: readonly MaintenanceWindow[], now: number): readonly MaintenanceWindow[] {
    return windows.filter((window) => windowState(window, now) === 'active');
  }

  return {
    current,
    stateKey: async (now) =>
      [
        isFleetKnown(),
        ...(await current(now)).map((window) => `${window.id} ${windowState(window, now)}`),
      ].join(),
    expiredSilences: () => database.read(expiredSilences),
    silenceExpired: (id, part) => database.write((sql) => insertExpiredSilence(sql, id, part)),
    list: () => database.read((sql) => newestWindows(sql, MOST_LISTED)),
    create: async (wanted, by, now) => {
      const window: MaintenanceWindow = {
        ...wanted,
        startsAt: Math.max(now, wanted.startsAt),
        ...{ id: randomUUID(), createdAt: now, createdBy: by, endedBy: null },
      };
      await database.write(async (sql) => {
        if ((await windowsEndingAfter(sql, now)).length >= MOST_CURRENT)
          throw new TransitionError(
            `there are ${MOST_CURRENT} maintenance windows already: end some of them`,
          );
        await insertWindow(sql, window);
        await sql.tell(MAINTENANCE, window.id);
      });
      onChange?.();
      return window;
    },
    end: async (id, by, now) => {
      const ended = await database.write(async (sql) => {
        const window = await findWindow(sql, id);
        if (window === undefined) return undefined;
        if (windowState(window, now) === 'ended')
          throw new TransitionError('the maintenance window is over already');
        const next = { ...window, startsAt: Math.min(now, window.startsAt), endsAt: now, endedBy: by };
        await updateWindow(sql, next);
        await sql.tell(MAINTENANCE, id);
        return next;
      });
      if (ended !== undefined) onChange?.();
      return ended;
    },
    coverage: async (now) => {
      const windows = activeOf(await current(now), now);
      if (windows.length === 0) return NO_WINDOW;
      return (alert) => {
        const subject = subjectOf(alert, lookup);
        return windows.filter((window) => covers(window, subject)).map(({ id }) => id);
      };
    },
    keepsQuiet: async (now, sql) => {
      const windows = activeOf(await (sql === undefined ? current(now) : currentIn(sql, now)), now);
      if (windows.length === 0) return NOTHING_HELD;
      const isKnown = isFleetKnown();
      return (alert) => {
        const subject = subjectOf(alert, lookup);
        return windows.some((window) => covers(window, subject) || (!isKnown && couldCover(window, subject)));
      };
    },
  };
}
