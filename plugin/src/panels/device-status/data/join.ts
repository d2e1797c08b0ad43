import type { Cell } from '../../../kit/frames/cell';
import { momentOf } from '../../../kit/frames/moment';
import { nameReadings } from '../../../kit/frames/names';
import type { Reading } from '../../../kit/frames/read-frames';
import { isAboutStatus } from '../../../kit/frames/roles';
import { collapseStateSets } from '../../../kit/frames/state-sets';

/** All that the queries say about one device. */
export interface Joined {
  readonly key: string;
  readonly name: string;
  readonly reading: Reading;
  since: number | null;
  seen: number | null;
  extras: Cell[];
}

const NO_EXTRAS: Cell[] = [];

/** Queries about statuses come first, so that they and not a measurement give the tile its colour. */
function statusFirst(readings: readonly Reading[]): readonly Reading[] {
  const queries = new Map<string, boolean>();
  for (const { query, cell } of readings) {
    if (!queries.has(query)) queries.set(query, isAboutStatus(cell.frame, cell.field));
  }
  if (queries.size < 2 || ![...queries.values()].includes(true)) return readings;
  return [
    ...readings.filter(({ query }) => queries.get(query) === true),
    ...readings.filter(({ query }) => queries.get(query) !== true),
  ];
}

function replaces(reading: Reading, known: Reading): boolean {
  return reading.isSample && reading.seen !== null && known.seen !== null && reading.seen !== known.seen;
}

/** Readings of moments are joined to others; when there are no others they are the devices. */
function valueReadings(readings: readonly Reading[]): readonly Reading[] {
  if (readings.every(({ role }) => role === 'value')) return readings;
  const values = readings.filter(({ role }) => role === 'value');
  return values.length > 0 ? values : readings;
}

interface Draft {
  reading: Reading;
  readonly key: string;
  extras: Cell[];
  /** Several tiles of the first query have this id: nobody knows whose the other queries are. */
  isRepeated: boolean;
}

/** Two series of one query stay two tiles, two samples of one table row do not; queries meet by the device's own id. */
function draftDevices(readings: readonly Reading[]): readonly Draft[] {
  const byId = new Map<string, Draft>();
  const drafts: Draft[] = [];
  const repeats = new Map<string, number>();
  const add = (reading: Reading, id: string, known: Draft | undefined): void => {
    if (known === undefined) {
      const draft = { reading, key: id, extras: NO_EXTRAS, isRepeated: false };
      byId.set(id, draft);
      drafts.push(draft);
      return;
    }
    const base = `${id}\u0000${reading.query}\u0000${reading.name}`;
    const number = (repeats.get(base) ?? 0) + 1;
    repeats.set(base, number);
    const key = number === 1 ? base : `${base}\u0000${number}`;
    drafts.push({ reading, key, extras: NO_EXTRAS, isRepeated: false });
  };
  for (const reading of readings) {
    const id = reading.id ?? reading.name;
    const known = byId.get(id);
    if (known === undefined) {
      add(reading, id, undefined);
    } else if (known.reading.query !== reading.query) {
      const isSame = reading.isOwnId && known.reading.isOwnId && !known.isRepeated;
      if (isSame) known.extras = [...known.extras, reading.cell];
      else add(reading, id, known);
    } else if (replaces(reading, known.reading)) {
      if ((reading.seen ?? 0) > (known.reading.seen ?? 0)) known.reading = reading;
    } else {
      known.isRepeated = true;
      add(reading, id, known);
    }
  }
  return drafts;
}

/** One entry per device, in the order of the data: the first query about statuses gives the tile its value, the others add to it. */
export function joinReadings(readings: readonly Reading[]): Joined[] {
  const values = valueReadings(readings);
  const drafts = draftDevices(collapseStateSets(statusFirst(values)));
  const names = nameReadings(drafts.map(({ reading }) => reading));
  const joined = drafts.map(({ key, reading, extras }, index): Joined => {
    const { since, seen } = reading;
    return { key, name: names[index] ?? '', reading, since, seen, extras };
  });
  if (values === readings) return joined;
  const byId = new Map(joined.map((device) => [device.reading.id ?? device.reading.name, device]));
  for (const reading of readings) {
    if (reading.role === 'value') continue;
    const known = byId.get(reading.id ?? reading.name);
    if (known !== undefined) known[reading.role] = momentOf(reading.raw);
  }
  return joined;
}
