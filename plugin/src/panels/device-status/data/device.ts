import type { Category, CategoryCount } from '../../../kit/frames/category';
import type { Cell } from '../../../kit/frames/cell';
import type { UnreadFrame } from '../../../kit/frames/read-frames';

/** One tile. Times are milliseconds since the epoch. */
export interface Device {
  /** Stable over refreshes; unique in the picture. */
  readonly key: string;
  /** What links use; null when the data carries none. */
  readonly id: string | null;
  readonly name: string;
  /** What plain comparison puts in the order of the user's language, `sensor 9` before `sensor 10`. */
  readonly sortName: string;
  readonly group: string;
  readonly category: Category;
  /** The value as the field's options format it. */
  readonly text: string;
  /** The value as a number, for sorting; NaN without one. */
  readonly value: number;
  /** Start of the current state; null when not known. */
  readonly since: number | null;
  /** Last sign of life; null when not known. */
  readonly seen: number | null;
  readonly stale: boolean;
  readonly cell: Cell;
  /** Values of the same device in other queries. */
  readonly extras: readonly Cell[];
}

/** Devices of one value of the grouping label, a run of {@link DeviceSet.devices}. */
export interface DeviceGroup {
  readonly name: string;
  readonly first: number;
  readonly count: number;
  /** Most urgent first. */
  readonly counts: readonly CategoryCount[];
}

/** What the panel draws: groups in order, devices sorted inside each. */
export interface DeviceSet {
  readonly devices: readonly Device[];
  readonly groups: readonly DeviceGroup[];
  /** Over all devices, most urgent first. */
  readonly counts: readonly CategoryCount[];
  readonly staleCount: number;
  /** Data in which no devices were found. */
  readonly unread: readonly UnreadFrame[];
}
