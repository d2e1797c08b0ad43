import type { Category } from '../../../kit/frames/category';
import type { Span, Track } from './row';

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
  /** Troubles that began in the range. */
  readonly failures: number;
  /** Share of the known time online, 0 to 1; undefined when nothing is known or no state means online. */
  readonly online: number | undefined;
  /** Mean time without trouble for each trouble that began; undefined when none did. */
  readonly mtbf: number | undefined;
  /** Mean time to recover, over the troubles that began and ended in the range; undefined when none did. */
  readonly mttr: number | undefined;
}

/** Whether a state is trouble: somebody has to act. */
export function isTrouble({ status }: Category): boolean {
  return status === 'error' || status === 'offline';
}

/** What the kinds of states mean, looked up once for all rows. */
export interface Meanings {
  readonly troubles: readonly boolean[];
  readonly online: readonly boolean[];
  /** Whether any state that occurs is one of devices: numbers that nobody classed are neither online nor not. */
  readonly hasOnline: boolean;
}

export function meaningsOf(categories: readonly Category[]): Meanings {
  const online = categories.map(({ status }) => status === 'online');
  const troubles = categories.map(isTrouble);
  const hasOnline = categories.some(({ status }) => status !== 'neutral' && status !== 'nodata');
  return { troubles, online, hasOnline };
}

/**
 * One trouble is a run of states that are trouble, whatever follows what: error and then offline is one. A gap in it
 * does not end it, and its time counts as neither. The first state's beginning is not known when it had begun before.
 */
export function summarize(track: Track, meanings: Meanings, range: Span): Summary {
  const { from, to, kinds } = track;
  const times = new Map<number, number>();
  let known = 0;
  let changes = 0;
  let lastChange: number | undefined;
  let trouble = 0;
  let failures = 0;
  let recoveries = 0;
  let recovering = 0;
  let running = 0;
  let isCounted = false;
  for (let index = 0; index < kinds.length; index += 1) {
    const kind = kinds[index] ?? 0;
    const length = (to[index] ?? 0) - (from[index] ?? 0);
    times.set(kind, (times.get(kind) ?? 0) + length);
    known += length;
    const before = index === 0 ? undefined : kinds[index - 1];
    if (before !== undefined && before !== kind) {
      changes += 1;
      lastChange = from[index];
    }
    const wasTrouble = before !== undefined && meanings.troubles[before] === true;
    if (meanings.troubles[kind] === true) {
      trouble += length;
      if (!wasTrouble) {
        isCounted = before !== undefined || (from[index] ?? 0) > range.from;
        running = 0;
        if (isCounted) failures += 1;
      }
      running += length;
    } else if (wasTrouble && isCounted) {
      recoveries += 1;
      recovering += running;
    }
  }
  let online = 0;
  for (const [kind, time] of times) if (meanings.online[kind] === true) online += time;
  return {
    times,
    known,
    changes,
    lastChange,
    trouble,
    failures,
    online: known === 0 || !meanings.hasOnline ? undefined : online / known,
    mtbf: failures === 0 ? undefined : (known - trouble) / failures,
    mttr: recoveries === 0 ? undefined : recovering / recoveries,
  };
}
