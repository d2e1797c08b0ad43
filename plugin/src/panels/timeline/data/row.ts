import type { Category, CategoryCount } from '../../../kit/frames/category';
import type { Cell } from '../../../kit/frames/cell';
import type { AlertSpan } from './alerts';
import type { Summary } from './summary';

/** A stretch of time, milliseconds since the epoch. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The states of one device in the order of time, as columns: state `i` lasts from `from[i]` to `to[i]`. Between two
 * states may lie a gap, of which nothing is known.
 */
export interface Track {
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** Places in {@link TimelineSet.categories}. */
  readonly kinds: Uint16Array;
  /** The row of the frame that each state began with. */
  readonly samples: Int32Array;
}

/** One row of the picture. */
export interface TimelineRow {
  /** Stable over refreshes; unique in the picture. */
  readonly key: string;
  /** What links use; null when the data carries none. */
  readonly id: string | null;
  readonly name: string;
  /** What plain comparison puts in the order of the user's language. */
  readonly sortName: string;
  readonly group: string;
  readonly track: Track;
  readonly summary: Summary;
  /** The state at the end of the range; that of no data in a gap. */
  readonly category: Category;
  /** Field and frame of the states; the row is that of the newest. */
  readonly cell: Cell;
  readonly alerts: readonly AlertSpan[];
}

/** Rows of one value of the grouping label, a run of {@link TimelineSet.rows}. */
export interface TimelineGroup {
  readonly name: string;
  readonly first: number;
  readonly count: number;
  /** By the state at the end, the most urgent first. */
  readonly counts: readonly CategoryCount[];
  /** Share of the known time online, 0 to 1; undefined when nothing is known. */
  readonly online: number | undefined;
}

/** A state of the legend: in how many rows it occurs, and for how long. */
export interface LegendEntry extends CategoryCount {
  /** Milliseconds over all rows. */
  readonly time: number;
}

/** What the panel draws. */
export interface TimelineSet {
  readonly rows: readonly TimelineRow[];
  readonly groups: readonly TimelineGroup[];
  /** All kinds of states; tracks name them by their place here. */
  readonly categories: readonly Category[];
  readonly legend: readonly LegendEntry[];
  readonly range: Span;
  /** Columns of data in which no states over time were found. */
  readonly unread: readonly (readonly string[])[];
}
