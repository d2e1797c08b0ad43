import type { GapRule } from '../options/options';
import type { Span, Track } from './row';

/** Values of one device over time, in any order; `ends` and `kinds` belong to the `times` at the same place. */
export interface Changes {
  /** Milliseconds since the epoch. */
  readonly times: readonly number[];
  /** Kind of state; negative: nothing is known from then on. */
  readonly kinds: readonly number[];
  /** Row of the frame. */
  readonly samples: readonly number[];
  /** Where the data says when a state ended; NaN where it does not. */
  readonly ends?: readonly number[] | undefined;
}

/** How long a value holds when no other follows, milliseconds. */
export interface Hold {
  /** A pause longer than this is a gap. */
  readonly longest: number;
  /** What a value stands for before a gap. */
  readonly lasts: number;
}

const FOR_EVER: Hold = { longest: Infinity, lasts: Infinity };

/** Samples are seldom punctual to the millisecond. */
const TOLERANCE = 1.5;
/** Pauses that are looked at to find out whether a series has steps. */
const MOST_PAUSES = 200;

/** Milliseconds between values that come at even steps; undefined for values that come when something changes. */
export function stepOf(times: readonly number[]): number | undefined {
  const pauses: number[] = [];
  for (let index = 1; index < times.length && pauses.length < MOST_PAUSES; index += 1) {
    const pause = (times[index] ?? 0) - (times[index - 1] ?? 0);
    if (pause > 0) pauses.push(pause);
  }
  if (pauses.length < 2) return undefined;
  const sorted = [...pauses].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const even = pauses.filter((pause) => Math.abs(pause - middle) <= middle * 0.05).length;
  return even * 2 > pauses.length ? middle : undefined;
}

/** How long values hold by the panel's rule. */
export function holdOf(rule: GapRule, afterSeconds: number, step: number | undefined): Hold {
  if (rule === 'never') return FOR_EVER;
  if (rule === 'after') return { longest: afterSeconds * 1000, lasts: afterSeconds * 1000 };
  return step === undefined ? FOR_EVER : { longest: step * TOLERANCE, lasts: step };
}

function isSorted(times: readonly number[]): boolean {
  for (let index = 1; index < times.length; index += 1) {
    if ((times[index] ?? 0) <= (times[index - 1] ?? 0)) return false;
  }
  return true;
}

/** Places in the order of time; of several values at one moment the last counts. */
function orderOf(times: readonly number[]): readonly number[] {
  const order = times.map((_, index) => index);
  order.sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
  return order.filter((place, index) => {
    const next = order[index + 1];
    return next === undefined || times[next] !== times[place];
  });
}

/** Puts changes in the order of time; the very same object when they are. */
export function inOrder(changes: Changes): Changes {
  if (isSorted(changes.times)) return changes;
  const order = orderOf(changes.times);
  const pick = (column: readonly number[]) => order.map((place) => column[place] ?? 0);
  const { times, kinds, samples, ends } = changes;
  return {
    times: pick(times),
    kinds: pick(kinds),
    samples: pick(samples),
    ends: ends === undefined ? undefined : pick(ends),
  };
}

/** Where the next state of the data ends this one, at the latest. */
function endAt({ times, ends }: Changes, index: number, hold: Hold, range: Span): number {
  const start = times[index] ?? 0;
  const next = times[index + 1] ?? Infinity;
  const given = ends?.[index] ?? Number.NaN;
  if (!Number.isNaN(given)) return Math.min(given, next);
  const reach = Math.min(next, Math.max(range.to, start));
  return reach - start > hold.longest ? start + hold.lasts : next;
}

/** The states in the range: equal neighbours are one, what lies outside is cut off, pauses longer than `hold` are gaps. */
export function createTrack(changes: Changes, hold: Hold, range: Span): Track {
  const { times, kinds, samples } = changes;
  const count = times.length;
  const from = new Float64Array(count);
  const to = new Float64Array(count);
  const kept = new Uint16Array(count);
  const rows = new Int32Array(count);
  let last = -1;
  for (let index = 0; index < count; index += 1) {
    const kind = kinds[index] ?? -1;
    if (kind < 0) continue;
    const start = Math.max(times[index] ?? 0, range.from);
    const end = Math.min(endAt(changes, index, hold, range), range.to);
    if (end <= start) continue;
    if (last >= 0 && kept[last] === kind && to[last] === start) {
      to[last] = end;
      continue;
    }
    last += 1;
    from[last] = start;
    to[last] = end;
    kept[last] = kind;
    rows[last] = samples[index] ?? 0;
  }
  const length = last + 1;
  return {
    from: from.slice(0, length),
    to: to.slice(0, length),
    kinds: kept.slice(0, length),
    samples: rows.slice(0, length),
  };
}

/** Place of the state at a moment; -1 in a gap. */
export function spanAt({ from, to }: Track, time: number): number {
  let low = 0;
  let high = from.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((from[middle] ?? 0) <= time) low = middle;
    else high = middle - 1;
  }
  const isIn = (from[low] ?? Infinity) <= time && time < (to[low] ?? -Infinity);
  return isIn ? low : -1;
}
