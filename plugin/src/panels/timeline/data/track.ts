import type { GapRule } from '../options/options';
import type { Span, Track } from './row';

/** Values of one device over time, in any order; the columns belong to the `times` at the same place. */
export interface Changes {
  /** Milliseconds since the epoch. */
  readonly times: readonly number[];
  /** Kind of state; negative: nothing is known from then on. */
  readonly kinds: ArrayLike<number>;
  /** Row of the frame; the place itself without. */
  readonly samples?: readonly number[] | undefined;
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
  const pick = (column: ArrayLike<number>) => order.map((place) => column[place] ?? 0);
  const { times, kinds, samples, ends } = changes;
  return {
    times: pick(times),
    kinds: pick(kinds),
    samples: samples === undefined ? order : pick(samples),
    ends: ends === undefined ? undefined : pick(ends),
  };
}

/** Room for the states of one row, used again for the next: thousands of rows need none of their own. */
interface Scratch {
  from: Float64Array;
  to: Float64Array;
  kinds: Uint16Array;
  samples: Int32Array;
}

function createScratch(length: number): Scratch {
  return {
    from: new Float64Array(length),
    to: new Float64Array(length),
    kinds: new Uint16Array(length),
    samples: new Int32Array(length),
  };
}

let scratch = createScratch(0);

/** The states in the range: equal neighbours are one, what lies outside is cut off, pauses longer than `hold` are gaps. */
export function createTrack(changes: Changes, hold: Hold, range: Span): Track {
  const { times, kinds: wanted, samples: rows, ends } = changes;
  const count = times.length;
  if (scratch.from.length < count) scratch = createScratch(count * 2);
  const { from, to, kinds, samples } = scratch;
  let last = -1;
  let lastKind = -1;
  let lastEnd = Number.NaN;
  for (let index = 0; index < count; index += 1) {
    const kind = wanted[index] ?? -1;
    if (kind < 0) continue;
    const begins = times[index] ?? 0;
    const next = index + 1 < count ? (times[index + 1] ?? Infinity) : Infinity;
    const given = ends === undefined ? Number.NaN : (ends[index] ?? Number.NaN);
    let end = next;
    if (given < next) {
      end = given;
    } else if (Number.isNaN(given)) {
      // What is not followed by anything is measured against the end of the range.
      const reach = next < range.to ? next : range.to;
      if (reach - begins > hold.longest) end = begins + hold.lasts;
    }
    if (end > range.to) end = range.to;
    const start = begins < range.from ? range.from : begins;
    if (end <= start) continue;
    if (kind === lastKind && start === lastEnd) {
      to[last] = end;
    } else {
      last += 1;
      from[last] = start;
      to[last] = end;
      kinds[last] = kind;
      samples[last] = rows === undefined ? index : (rows[index] ?? 0);
    }
    lastKind = kind;
    lastEnd = end;
  }
  const length = last + 1;
  return {
    from: from.slice(0, length),
    to: to.slice(0, length),
    kinds: kinds.slice(0, length),
    samples: samples.slice(0, length),
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
