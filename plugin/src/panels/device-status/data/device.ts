import type { DataFrame, Field } from '@grafana/data';
import type { UnreadFrame } from './read-frames';
import type { Status } from './status';

/** One value of the query's answer, with where it came from: links, actions and formats need the place. */
export interface Cell {
  readonly frame: DataFrame;
  readonly field: Field;
  readonly row: number;
  /** The columns of a table that have a role besides the value's; series have none. */
  readonly columns?: Columns;
}

export interface Columns {
  readonly id?: Field | undefined;
  readonly name?: Field | undefined;
  readonly since?: Field | undefined;
  readonly seen?: Field | undefined;
  readonly time?: Field | undefined;
}

/** A class of values that share sign, colour and name: one entry of the legend. */
export interface Category {
  /** Same text, colour and status give the same key. */
  readonly key: string;
  readonly label: string;
  /** A colour that canvas understands, from the field's options or the theme. */
  readonly color: string;
  readonly status: Status;
  /** Order among categories of one status, the lowest first. */
  readonly rank: number;
  /** Whether the colour alone tells the value, as in continuous schemes: such tiles are filled with it. */
  readonly isScheme?: boolean;
  /** The entry of the legend that tiles of a scheme share. */
  readonly entry?: Category;
}

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

export interface CategoryCount {
  readonly category: Category;
  readonly count: number;
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
