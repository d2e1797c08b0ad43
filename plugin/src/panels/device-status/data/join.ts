import type { Cell } from './device';
import { momentOf } from './moment';
import type { Reading } from './read-frames';

/** All that the queries say about one device. */
export interface Joined {
  readonly key: string;
  readonly reading: Reading;
  since: number | null;
  seen: number | null;
  extras: Cell[];
}

const NO_EXTRAS: Cell[] = [];

/** Queries that name a status come first, so that they and not a measurement give the tile its colour. */
function saysStatus(reading: Reading): boolean {
  const { frame, field } = reading.cell;
  return /status|state/i.test(
    `${field.labels?.__name__ ?? ''} ${frame.name ?? ''} ${field.name} ${frame.refId ?? ''}`,
  );
}

function valueReadings(readings: readonly Reading[]): readonly Reading[] {
  const queries = new Map<string, boolean>();
  for (const reading of readings) {
    if (reading.role === 'value' && !queries.has(reading.query))
      queries.set(reading.query, saysStatus(reading));
  }
  const values = readings.filter(({ role }) => role === 'value');
  if (queries.size < 2 || ![...queries.values()].includes(true)) return values;
  return [
    ...values.filter(({ query }) => queries.get(query) === true),
    ...values.filter(({ query }) => queries.get(query) !== true),
  ];
}

function replaces(reading: Reading, known: Reading): boolean {
  return reading.isSample && reading.seen !== null && known.seen !== null && reading.seen !== known.seen;
}

/**
 * One entry per device, in the order of the data. Queries meet by id, else by name: the first gives the tile
 * its value, the others add to it. Two series of one query stay two tiles, two samples of one table row do not.
 */
export function joinReadings(readings: readonly Reading[]): Joined[] {
  const byKey = new Map<string, Joined>();
  const repeats = new Map<string, number>();
  for (const reading of valueReadings(readings)) {
    const key = reading.id ?? reading.name;
    const known = byKey.get(key);
    if (known === undefined) {
      byKey.set(key, { key, reading, since: reading.since, seen: reading.seen, extras: NO_EXTRAS });
    } else if (known.reading.query !== reading.query) {
      known.extras = [...known.extras, reading.cell];
    } else if (replaces(reading, known.reading)) {
      if ((reading.seen ?? 0) > (known.reading.seen ?? 0)) {
        byKey.set(key, { ...known, reading, since: reading.since, seen: reading.seen });
      }
    } else {
      const number = (repeats.get(key) ?? 1) + 1;
      repeats.set(key, number);
      const own = `${key}\u0000${number}`;
      byKey.set(own, { key: own, reading, since: reading.since, seen: reading.seen, extras: NO_EXTRAS });
    }
  }
  for (const reading of readings) {
    if (reading.role === 'value') continue;
    const known = byKey.get(reading.id ?? reading.name);
    if (known !== undefined) known[reading.role] = momentOf(reading.raw);
  }
  return [...byKey.values()];
}
