import { FloatColumn, IntColumn } from './columns.ts';
import type { SourceReport } from './effective-status.ts';
import type { DeviceIdentity, FleetSource } from './fleet.ts';
import { GapTable } from './interval.ts';
import type { TypeCounters } from './points.ts';

/** No cell, no slot. */
export const NONE = -1;
/** No status was computed yet. */
export const NO_STATUS = -1;

/** What a source said, and whether that was read from the state of an earlier run. */
export interface HeldReport extends SourceReport {
  readonly restored: boolean;
}

/** The part of a device that seldom changes; its numbers are in the table's columns. */
export interface DeviceRecord {
  /** Row in all columns; given to another device once this one is forgotten. */
  readonly row: number;
  readonly id: string;
  /** Which of the state documents the device is in. */
  readonly bucket: number;
  /** In the deciding inventory, or heard where there is none: has series. */
  registered: boolean;
  /** Registered but over the cap: counted, without series and values. */
  capped: boolean;
  /** Continued from an earlier run or listing: the date of its status is older than we are. */
  restored: boolean;
  type: TypeCounters;
  identity: DeviceIdentity | undefined;
  readonly reports: Partial<Record<FleetSource, HeldReport | undefined>>;
  /** The deciding inventory that listed the device last. */
  generation: number;
}

/**
 * All devices, by row. Times are steady milliseconds (`followClock`), NaN where there is none; only `since` and
 * what inventories state are wall times.
 */
export class DeviceTable {
  readonly records: (DeviceRecord | undefined)[] = [];
  /** Newest sign of life from any source. */
  readonly lastSeen = new FloatColumn();
  /** Newest live message. */
  readonly lastMessage = new FloatColumn();
  /** `last_seen` as the deciding inventory stated it, and as the other one did; wall times. */
  readonly lastPolled = new FloatColumn();
  readonly lastPolledBySecondary = new FloatColumn();
  readonly quietFrom = new FloatColumn();
  /** How long silence may last, milliseconds. */
  readonly limit = new FloatColumn();
  readonly since = new FloatColumn();
  readonly firstKnown = new FloatColumn();
  readonly wokeAt = new FloatColumn();
  readonly gaps = new GapTable();
  /** Code of the effective status. */
  readonly status = new IntColumn();
  /** 1 while the device is silent for too long. */
  readonly silent = new IntColumn();
  readonly infoSlot = new IntColumn();
  readonly statusSlot = new IntColumn();
  readonly sinceSlot = new IntColumn();
  readonly lastSeenSlot = new IntColumn();
  /** First telemetry cell. */
  readonly firstCell = new IntColumn();
  #count = 0;
  readonly #free: number[] = [];

  /** Number of devices. */
  get count(): number {
    return this.#count;
  }

  /** A row with nothing in it but the silence limit and the moment at which the device was first known. */
  take(limit: number, firstKnown: number): number {
    const row = this.#free.pop() ?? this.records.length;
    this.#count += 1;
    for (const column of [
      this.lastSeen,
      this.lastMessage,
      this.lastPolled,
      this.lastPolledBySecondary,
      this.quietFrom,
      this.since,
      this.wokeAt,
    ])
      column.set(row, NaN);
    this.limit.set(row, limit);
    this.firstKnown.set(row, firstKnown);
    this.gaps.reset(row);
    this.status.set(row, NO_STATUS);
    this.silent.set(row, 0);
    for (const column of [this.infoSlot, this.statusSlot, this.sinceSlot, this.lastSeenSlot, this.firstCell])
      column.set(row, NONE);
    return row;
  }

  give(row: number): void {
    this.records[row] = undefined;
    this.#count -= 1;
    this.#free.push(row);
  }
}
