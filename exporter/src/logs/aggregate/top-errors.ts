import type { Sample } from '../../metrics/family.ts';
import { type Pattern, templateOf } from './pattern.ts';
import type { ServiceCounts } from './services.ts';

/** Minutes that are looked back. */
const MINUTES = 5;
/** Characters of a template that a label holds. */
const LONGEST_TEMPLATE = 200;
/** A pattern takes another's place when it has so many times as many errors: alerts are named after it. */
const CLEARLY_MORE = 2;

/** The commonest error pattern of each service, which changes only for one that is clearly commoner. */
export interface TopErrors {
  /** One sample of 1 for each service that had errors; `now` is monotonic, milliseconds. */
  samples(services: readonly ServiceCounts[], now: number): Sample[];
}

export function createTopErrors(): TopErrors {
  const tops = new Map<string, Pattern>();

  function topOf({ name, minutes }: ServiceCounts, now: number): Pattern | undefined {
    const { patterns } = minutes.within(now, MINUTES);
    let commonest: Pattern | undefined;
    let most = 0;
    for (const [pattern, count] of patterns) {
      if (count <= most) continue;
      commonest = pattern;
      most = count;
    }
    const before = tops.get(name);
    const kept = before === undefined ? 0 : (patterns.get(before) ?? 0);
    const top = kept > 0 && most < CLEARLY_MORE * kept ? before : commonest;
    if (top === undefined) tops.delete(name);
    else tops.set(name, top);
    return top;
  }

  return {
    samples: (services, now) =>
      services.flatMap((service) => {
        const top = topOf(service, now);
        if (top === undefined) return [];
        const template = templateOf(top).slice(0, LONGEST_TEMPLATE);
        return [{ labels: { service: service.name, pattern: top.id, template }, value: 1 }];
      }),
  };
}
