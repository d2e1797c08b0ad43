import type { Span, TimelineRow, TimelineSet } from '../data/row';
import { spanAt } from '../data/track';

/** What pointer or keyboard is at: a row, and a moment in it. */
export interface Spot {
  /** The row's key: it stays the same one when a refresh moves it. */
  readonly key: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/** A stretch of one row: a state, or a gap between two. */
export interface Stretch extends Span {
  readonly row: TimelineRow;
  /** Place of the state in the row's track; -1 for a gap. */
  readonly index: number;
}

/** What lies at a moment of a row: the state, or the gap from the state before to the state behind. */
export function stretchAt(set: TimelineSet, row: TimelineRow, time: number): Stretch {
  const { from, to } = row.track;
  const index = spanAt(row.track, time);
  if (index >= 0) return { row, index, from: from[index] ?? 0, to: to[index] ?? 0 };
  let start = set.range.from;
  let end = set.range.to;
  for (let state = 0; state < from.length; state += 1) {
    if ((to[state] ?? 0) <= time) start = to[state] ?? start;
    else {
      end = from[state] ?? end;
      break;
    }
  }
  return { row, index, from: start, to: end };
}

/** The stretch before or behind another; the very same at the ends of the range. */
export function neighbourOf(set: TimelineSet, stretch: Stretch, direction: -1 | 1): Stretch {
  const { range } = set;
  const at = direction === 1 ? stretch.to : stretch.from - 1;
  if (at < range.from || at >= range.to) return stretch;
  return stretchAt(set, stretch.row, at);
}
