import type { Look } from './look.ts';
import type { PlannedFault } from './plan.ts';
import { NO_SAMPLES, type Samples } from './samples.ts';

/** How a fault went. Times are milliseconds. */
export interface FaultRecord {
  readonly planned: PlannedFault;
  /** What named it, and how long that took; undefined when nothing did. */
  readonly named: { readonly words: string; readonly after: number } | undefined;
  /** Alerts of its own that fired. */
  readonly fired: ReadonlySet<string>;
  /** How long it took after its end until nothing named it any more; undefined when it did not end. */
  readonly recovered: number | undefined;
  /** How long it was in force while the exporter was to see it; undefined while it is. */
  readonly lasted: number | undefined;
}

/** Follows one fault by what is looked at. */
export interface FaultFollower {
  readonly record: FaultRecord;
  /** Takes a look in; true when that changed the record. */
  take(look: Look, exporterMeant: boolean): boolean;
  /** The fault was undone at that time. */
  ended(at: number): void;
}

/** Looks in a row without a sign after which it is over: one alone may be luck. */
const CALM_LOOKS = 2;

/**
 * Follows a fault that begins at the time; `before` is the last look before it. Time during which the exporter was away on
 * purpose counts neither against its naming nor against its recovery, unless the fault is about the exporter.
 */
export function followFault(planned: PlannedFault, begun: number, before: Samples): FaultFollower {
  const { signs, alerts, action } = planned.fault;
  const fired = new Set<string>();
  let named: FaultRecord['named'];
  let recovered: number | undefined;
  let endedAt: number | undefined;
  let lasted: number | undefined;
  let previous: Samples = NO_SAMPLES;
  let last = begun;
  let excused = 0;
  let calmSince: number | undefined;
  let calm = 0;
  /** What shows already says nothing of this fault. */
  const naming = signs.filter((sign) => !sign.shows(before, before));
  const isOwn = action.do === 'exporter';

  function recover(look: Look): boolean {
    if (endedAt === undefined || recovered !== undefined) return false;
    const shows = !look.answered || signs.some((sign) => sign.shows(look.samples, previous));
    if (shows) {
      calm = 0;
      calmSince = undefined;
      return false;
    }
    calmSince ??= look.at;
    calm += 1;
    if (calm < CALM_LOOKS) return false;
    recovered = Math.max(0, calmSince - endedAt - excused);
    return true;
  }

  return {
    get record() {
      return {
        planned,
        named,
        fired,
        recovered,
        lasted,
      };
    },
    take(look, exporterMeant) {
      if (!exporterMeant && !isOwn) excused += look.at - last;
      last = look.at;
      for (const alert of alerts) if (look.firing.has(alert)) fired.add(alert);
      let changed = false;
      if (named === undefined && endedAt === undefined) {
        const sign = naming.find((candidate) => candidate.shows(look.samples, before));
        if (sign !== undefined) {
          named = { words: sign.words, after: Math.max(0, look.at - begun - excused) };
          changed = true;
        }
      }
      changed = recover(look) || changed;
      previous = look.samples;
      return changed;
    },
    ended(at) {
      endedAt = at;
      lasted = at - begun - excused;
      excused = 0;
    },
  };
}
