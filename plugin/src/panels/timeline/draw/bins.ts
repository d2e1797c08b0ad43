import type { Span, Track } from '../data/row';

/** No state is known in this column of pixels. */
export const EMPTY = -1;

/** How states share pixels. */
export interface BinRule {
  /** Urgency of each kind, 0 the most urgent: of several states in one pixel that one is seen. */
  readonly urgency: readonly number[];
  /** Kinds that are never narrower than `least`: somebody looks for them. */
  readonly isWide: readonly boolean[];
  /** Pixels. */
  readonly least: number;
}

/**
 * Fills one cell per column of pixels with the kind of state to be seen there. A state of a second in a month stays
 * visible, and what is drawn never exceeds the number of pixels, however many changes there are.
 */
export function fillBins(bins: Int16Array, { from, to, kinds }: Track, range: Span, rule: BinRule): void {
  bins.fill(EMPTY);
  const count = bins.length;
  const scale = count / (range.to - range.from);
  for (let index = 0; index < kinds.length; index += 1) {
    const kind = kinds[index] ?? 0;
    const urgency = rule.urgency[kind] ?? 0;
    const start = Math.max(0, Math.floor(((from[index] ?? 0) - range.from) * scale));
    let end = Math.min(count, Math.ceil(((to[index] ?? 0) - range.from) * scale));
    if (rule.isWide[kind] === true) end = Math.min(count, Math.max(end, start + rule.least));
    for (let column = start; column < end; column += 1) {
      const there = bins[column] ?? EMPTY;
      if (there === EMPTY || urgency < (rule.urgency[there] ?? 0)) bins[column] = kind;
    }
  }
}

/** Calls `draw` for every run of equal columns that has a state. */
export function eachRun(bins: Int16Array, draw: (kind: number, start: number, end: number) => void): void {
  let start = 0;
  while (start < bins.length) {
    const kind = bins[start] ?? EMPTY;
    let end = start + 1;
    while (end < bins.length && bins[end] === kind) end += 1;
    if (kind !== EMPTY) draw(kind, start, end);
    start = end;
  }
}
