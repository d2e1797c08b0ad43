import { type Availability, meanTimeBetween, meanTimeToRecover } from '../../../domain/fleet/availability';
import type { Category } from '../../../kit/frames/category';
import type { Track } from './row';

/** What one row's states come to in the range. Times in milliseconds. */
export interface Summary {
  /** Time by kind of state, for the kinds that occur. */
  readonly times: ReadonlyMap<number, number>;
  /** Time of which the state is known. */
  readonly known: number;
  /** How often one state followed another; a gap between equal states is no change. */
  readonly changes: number;
  /** Moment of the last change; undefined without one. */
  readonly lastChange: number | undefined;
  /** Time in error or offline. */
  readonly trouble: number;
  /** Times of trouble, one that was there at the beginning of the range included. */
  readonly failures: number;
  /** Share of the known time online, 0 to 1; undefined when nothing is known or no state means online. */
  readonly online: number | undefined;
  /** Mean available time between troubles; undefined without any. */
  readonly mtbf: number | undefined;
  /** Mean time to recover: one that goes on counts as long as it has lasted. Undefined without any trouble. */
  readonly mttr: number | undefined;
}

/** Whether a state is trouble: somebody has to act. */
export function isTrouble({ status }: Category): boolean {
  return status === 'error' || status === 'offline';
}

const UNMEASURED: ReadonlySet<Category['status']> = new Set(['maintenance', 'unknown', 'nodata']);

/** What the kinds of states mean, looked up once for all rows. */
export interface Meanings {
  readonly troubles: readonly boolean[];
  /** Maintenance is meant and unknown is not measured: neither counts for or against. */
  readonly available: readonly boolean[];
  readonly online: readonly boolean[];
  /** Whether any state that occurs is one of devices: numbers that nobody classed are neither online nor not. */
  readonly hasOnline: boolean;
}

export function meaningsOf(categories: readonly Category[]): Meanings {
  const online = categories.map(({ status }) => status === 'online');
  const troubles = categories.map(isTrouble);
  const hasOnline = categories.some(({ status }) => status !== 'neutral' && status !== 'nodata');
  const available = categories.map((category) => !isTrouble(category) && !UNMEASURED.has(category.status));
  return { troubles, available, online, hasOnline };
}

/**
 * One trouble is a run of states that are trouble, whatever follows what: error and then offline is one. A gap in it
 * does not end it, and its time counts for neither. The same figures as in the report of availability.
 */
export function summarize(track: Track, meanings: Meanings): Summary {
  const { from, to, kinds } = track;
  const spent = new Float64Array(meanings.troubles.length);
  let known = 0;
  let changes = 0;
  let lastChange: number | undefined;
  let troubles = 0;
  for (let index = 0; index < kinds.length; index += 1) {
    const kind = kinds[index] ?? 0;
    const length = (to[index] ?? 0) - (from[index] ?? 0);
    spent[kind] = (spent[kind] ?? 0) + length;
    known += length;
    const before = index === 0 ? undefined : kinds[index - 1];
    if (before !== undefined && before !== kind) {
      changes += 1;
      lastChange = from[index];
    }
    const wasTrouble = before !== undefined && meanings.troubles[before] === true;
    if (meanings.troubles[kind] === true && !wasTrouble) troubles += 1;
  }
  const times = new Map<number, number>();
  spent.forEach((time, kind) => {
    if (time > 0) times.set(kind, time);
  });
  const timeIn = (which: readonly boolean[]): number => {
    let sum = 0;
    for (const [kind, time] of times) if (which[kind] === true) sum += time;
    return sum;
  };
  const trouble = timeIn(meanings.troubles);
  const availability: Availability = {
    availableSeconds: timeIn(meanings.available) / 1000,
    troubleSeconds: trouble / 1000,
    troubles,
  };
  return {
    times,
    known,
    changes,
    lastChange,
    trouble,
    failures: troubles,
    online: known === 0 || !meanings.hasOnline ? undefined : timeIn(meanings.online) / known,
    mtbf: inMilliseconds(meanTimeBetween(availability)),
    mttr: inMilliseconds(meanTimeToRecover(availability)),
  };
}

function inMilliseconds(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}
