import type { Sample } from '../../metrics/family.ts';
import { MINUTES_KEPT } from './minute-counts.ts';
import { type Pattern, templateOf } from './pattern.ts';
import type { ServiceCounts } from './services.ts';

/** Minutes that are looked at. */
const MINUTES = 3;
/** What is usual is what came in the minutes before. */
const USUAL_MINUTES = MINUTES_KEPT - MINUTES;
/** Characters of a template that a label holds. */
const LONGEST_TEMPLATE = 200;
/** A pattern takes another's place when it rose so many times as much: alerts are named after it. */
const CLEARLY_MORE = 2;

/** The error pattern of each service that rose most, which changes only for one that clearly rose more. */
export interface TopErrors {
  /** One sample of 1 for each service that had errors; `now` is monotonic, milliseconds. */
  samples(services: readonly ServiceCounts[], now: number): Sample[];
}

/** By how much each pattern came more often than usual, in the minutes that are looked at. */
function risesOf({ minutes }: ServiceCounts, now: number): ReadonlyMap<Pattern, number> {
  const { patterns: all } = minutes.within(now, MINUTES_KEPT);
  const rises = new Map<Pattern, number>();
  for (const [pattern, count] of minutes.within(now, MINUTES).patterns) {
    const usual = (((all.get(pattern) ?? 0) - count) * MINUTES) / USUAL_MINUTES;
    rises.set(pattern, count - usual);
  }
  return rises;
}

export function createTopErrors(): TopErrors {
  const tops = new Map<string, Pattern>();

  function topOf(service: ServiceCounts, now: number): Pattern | undefined {
    const rises = risesOf(service, now);
    let highest: Pattern | undefined;
    let most = -Infinity;
    for (const [pattern, rise] of rises) {
      if (rise <= most) continue;
      highest = pattern;
      most = rise;
    }
    const before = tops.get(service.name);
    const kept = before === undefined ? 0 : (rises.get(before) ?? 0);
    const top = kept > 0 && most < CLEARLY_MORE * kept ? before : highest;
    if (top === undefined) tops.delete(service.name);
    else tops.set(service.name, top);
    return top;
  }

  return {
    samples: (services, now) =>
      services.flatMap((service) => {
        const top = topOf(service, now);
        if (top === undefined) return [];
        // A NUL or a line break in a label makes `/metrics` a binary file, or a page of lines, for who greps in it.
        const template = templateOf(top)
          .replaceAll(/\p{Cc}+/gu, ' ')
          .slice(0, LONGEST_TEMPLATE);
        return [{ labels: { service: service.name, pattern: top.id, template }, value: 1 }];
      }),
  };
}
