import { createRandom, type Random, seedOf } from '../../simulator/src/model/random.ts';
import type { Fault } from './faults.ts';

/** A fault with its time, milliseconds after the beginning. */
export interface PlannedFault {
  readonly fault: Fault;
  readonly from: number;
  readonly to: number;
  /** Long enough for the alerts that have to fire. */
  readonly long: boolean;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** Nothing is broken at first, so that there is something to compare with. */
const QUIET = 45 * SECOND;
/** What a fault lasts, beyond the time after which it has to be named. */
const SHORT = [15, 60] as const;
/** Alerts wait for up to five minutes, and are evaluated each quarter of one. */
export const LONG = 6.5 * MINUTE;
const LONG_SHARE = 0.15;
/** A mended source is left alone for up to 144 s, and asked at the next scrape. */
export const RECOVERY = 200 * SECOND;
/** Between two faults of one lane. */
const PAUSE = [15, 45] as const;
/** Two at a time, of different targets. */
const LANES = 2;
/** The exporter lives through the rest of the run, so that its memory can be judged. */
const LAST_KILL = 0.5;

/** Each once, in an order of chance, before any comes again. */
function* bags(faults: readonly Fault[], random: Random): Generator<Fault, never> {
  for (;;) {
    const bag = [...faults];
    while (bag.length > 0) {
      const [fault] = bag.splice(random.whole(0, bag.length - 1), 1);
      if (fault !== undefined) yield fault;
    }
  }
}

/** The length of a fault in milliseconds, and whether it is a long one. */
function lengthOf(fault: Fault, random: Random, left: number): { length: number; long: boolean } {
  const short = (fault.within + random.between(...SHORT)) * SECOND;
  const long = fault.alerts.length > 0 && random.chance(LONG_SHARE) && LONG <= left;
  return { length: Math.round(long ? LONG : short), long };
}

/**
 * The faults of a run of so many milliseconds, by their beginnings. Equal arguments give equal plans. All end within the
 * time; where nothing fits, the plan is empty.
 */
export function planFaults(
  faults: readonly Fault[],
  duration: number,
  seed: number,
): readonly PlannedFault[] {
  const planned: PlannedFault[] = [];
  if (faults.length === 0) return planned;
  const random = createRandom(seedOf(seed, 0));
  const drawn = bags(faults, random);
  const lanes = Array.from({ length: LANES }, (_, lane) => QUIET + lane * 20 * SECOND);
  const put: Fault[] = [];
  const isFree = ({ targets }: Fault, from: number): boolean =>
    planned.every(
      ({ fault, to }) => to + RECOVERY <= from || !fault.targets.some((target) => targets.includes(target)),
    );
  const isAllowed = ({ action }: Fault, from: number): boolean =>
    action.do !== 'exporter' || from < duration * LAST_KILL;

  const nextFor = (from: number): Fault | undefined => {
    const waiting = put.findIndex((fault) => isFree(fault, from) && isAllowed(fault, from));
    if (waiting >= 0) return put.splice(waiting, 1)[0];
    for (let tries = 0; tries < 2 * faults.length; tries += 1) {
      const fault = drawn.next().value;
      if (isFree(fault, from) && isAllowed(fault, from)) return fault;
      // It comes as soon as its target is free.
      if (isAllowed(fault, from)) put.push(fault);
    }
    return undefined;
  };

  for (;;) {
    const lane = lanes.indexOf(Math.min(...lanes));
    const from = lanes[lane] ?? duration;
    if (from >= duration) return planned.sort((a, b) => a.from - b.from);
    const fault = nextFor(from);
    const { length, long } =
      fault === undefined ? { length: 0, long: false } : lengthOf(fault, random, duration - from);
    if (fault !== undefined && from + length <= duration)
      planned.push({ fault, from, to: from + length, long });
    lanes[lane] = from + length + Math.round(random.between(...PAUSE) * SECOND);
  }
}
