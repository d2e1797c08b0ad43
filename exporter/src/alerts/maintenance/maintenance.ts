import { randomUUID } from 'node:crypto';
import type { Actor, Alert } from '../alert.ts';
import type { Database } from '../store/database.ts';
import { TransitionError } from '../transitions.ts';
import { findWindow, insertWindow, newestWindows, updateWindow, windowsEndingAfter } from './rows.ts';
import { type DeviceLookup, subjectOf } from './subject.ts';
import { covers, type MaintenanceWindow, type WindowScope, windowState } from './window.ts';

/** A window to be made. Times are milliseconds since the epoch. */
export interface NewWindow extends WindowScope {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly comment: string;
}

/** Maintenance windows, durable in the store's own file. Every method may throw StoreError. */
export interface Maintenance {
  /** The newest windows, at most 1,000. */
  list(): MaintenanceWindow[];
  /** @throws TransitionError when there are too many that are not over */
  create(window: NewWindow, by: Actor, now: number): MaintenanceWindow;
  /**
   * Ends a window before its time, or calls off one that is planned; undefined for an unknown one.
   *
   * @throws TransitionError when it is over already
   */
  end(id: string, by: Actor, now: number): MaintenanceWindow | undefined;
  /** Windows that are not over, planned ones among them. */
  current(now: number): readonly MaintenanceWindow[];
  /** Windows that are not over and their states, as one text: the same text means that nothing began or ended. */
  stateKey(now: number): string;
  /** Tells of alerts which windows are active and cover them, by id; looks the windows up once. */
  coverage(now: number): (alert: Pick<Alert, 'labels'>) => string[];
}

export interface MaintenanceOptions {
  readonly database: Database;
  /** Device type and location of devices whose alerts do not say them. */
  readonly lookup: DeviceLookup;
  /** Called after a window was made or ended. */
  readonly onChange?: () => void;
}

const MOST_LISTED = 1000;
/** Windows that may be planned or active at one time. */
const MOST_CURRENT = 500;
const NO_WINDOW = (): string[] => [];

export function createMaintenance({ database, lookup, onChange }: MaintenanceOptions): Maintenance {
  /** Those that were not over when they were read; forgotten by every change. */
  let known: readonly MaintenanceWindow[] | undefined;

  function current(now: number): readonly MaintenanceWindow[] {
    known ??= database.read((sql) => windowsEndingAfter(sql, now));
    return known.filter((window) => windowState(window, now) !== 'ended');
  }

  function changed(): void {
    known = undefined;
    onChange?.();
  }

  function active(now: number): readonly MaintenanceWindow[] {
    return current(now).filter((window) => windowState(window, now) === 'active');
  }

  return {
    current,
    stateKey: (now) =>
      current(now)
        .map((window) => `${window.id} ${windowState(window, now)}`)
        .join(),
    list: () => database.read((sql) => newestWindows(sql, MOST_LISTED)),
    create: (wanted, by, now) => {
      if (current(now).length >= MOST_CURRENT)
        throw new TransitionError(`there are ${MOST_CURRENT} maintenance windows already: end some of them`);
      const window: MaintenanceWindow = {
        ...wanted,
        startsAt: Math.max(now, wanted.startsAt),
        ...{ id: randomUUID(), createdAt: now, createdBy: by, endedBy: null },
      };
      database.write((sql) => insertWindow(sql, window));
      changed();
      return window;
    },
    end: (id, by, now) => {
      const ended = database.write((sql) => {
        const window = findWindow(sql, id);
        if (window === undefined) return undefined;
        if (windowState(window, now) === 'ended')
          throw new TransitionError('the maintenance window is over already');
        const next = { ...window, startsAt: Math.min(now, window.startsAt), endsAt: now, endedBy: by };
        updateWindow(sql, next);
        return next;
      });
      if (ended !== undefined) changed();
      return ended;
    },
    coverage: (now) => {
      const windows = active(now);
      if (windows.length === 0) return NO_WINDOW;
      return (alert) => {
        const subject = subjectOf(alert, lookup);
        return windows.filter((window) => covers(window, subject)).map(({ id }) => id);
      };
    },
  };
}
