/** The time of a place, as clocks on its walls show it. */
export interface Zone {
  /**
   * The instant of a local time, milliseconds since the epoch; `local` is the time as if it were UTC. An hour that clocks
   * repeat counts the first time, the second time when `previous`, the instant of the line before, lies behind that. A
   * time that clocks leap over is as long after the leap as it is behind its begin.
   */
  instantOf(local: number, previous?: number): number;
}

const DAY = 86_400_000;
/** Zones change at the quarter of an hour at finest. */
const STEP = 900_000;
const MOST_KNOWN = 4096;
/** Lines of several threads may be a little out of order. */
const DISORDER = 60_000;

function offsets(timezone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    ...({ year: 'numeric', month: 'numeric', day: 'numeric' } as const),
    ...({ hour: 'numeric', minute: 'numeric', second: 'numeric' } as const),
  });
  return (instant) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? NaN;
    const date = Date.UTC(part('year'), part('month') - 1, part('day'));
    const clock = (part('hour') * 3600 + part('minute') * 60 + part('second')) * 1000;
    return date + clock - Math.floor(instant / 1000) * 1000;
  };
}

const zones = new Map<string, Zone>();

/**
 * The zone of an IANA name, without one that of this process; all who ask share it, since making one takes a millisecond.
 * Throws a RangeError for a name that is none.
 */
export function zoneOf(timezone = Intl.DateTimeFormat().resolvedOptions().timeZone): Zone {
  const known = zones.get(timezone);
  if (known !== undefined) return known;
  const zone = createZone(timezone);
  zones.set(timezone, zone);
  return zone;
}

function createZone(timezone: string): Zone {
  const offsetAt = offsets(timezone);
  // Where the offset is the same a day before and a day after, it needs no search; by quarter of an hour.
  const settled = new Map<number, number>();
  let [lastStep, lastOffset] = [NaN, 0];

  function search(local: number, before: number, after: number, previous: number | undefined): number {
    const [early, late] = [local - before, local - after];
    const isEarly = offsetAt(early) === before;
    const isLate = offsetAt(late) === after;
    if (isEarly && isLate) return previous !== undefined && previous - DISORDER > early ? late : early;
    return isLate ? late : early;
  }

  return {
    instantOf: (local, previous) => {
      const step = Math.floor(local / STEP);
      if (step === lastStep) return local - lastOffset;
      const known = settled.get(step);
      if (known !== undefined) {
        [lastStep, lastOffset] = [step, known];
        return local - known;
      }
      const [before, after] = [offsetAt(local - DAY), offsetAt(local + DAY)];
      if (before !== after) return search(local, before, after, previous);
      if (settled.size >= MOST_KNOWN) settled.clear();
      settled.set(step, before);
      [lastStep, lastOffset] = [step, before];
      return local - before;
    },
  };
}

/**
 * The instant of a local time of which the line does not say the year: `local` lies in any year, as if it were UTC. It is
 * the newest year that is not over a day in the future.
 */
export function newestYear(zone: Zone, local: number, now: number): number {
  const date = new Date(local);
  const [month, day] = [date.getUTCMonth(), date.getUTCDate()];
  const within = local - Date.UTC(date.getUTCFullYear(), month, day);
  // The 29th of February comes every four years, at times every eight.
  for (let year = new Date(now).getUTCFullYear() + 1, tried = 0; tried < 10; year--, tried++) {
    const midnight = Date.UTC(year, month, day);
    if (new Date(midnight).getUTCDate() !== day) continue;
    const instant = zone.instantOf(midnight + within);
    if (instant <= now + DAY) return instant;
  }
  return now;
}
