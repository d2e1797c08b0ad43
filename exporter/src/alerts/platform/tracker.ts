import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../log/logger.ts';
import { type AlertState, system } from '../alert.ts';
import { StoreError } from '../../state/sqlite/errors.ts';
import { StoreFullError } from '../store/errors.ts';
import type { AlertStore } from '../store/store.ts';
import { isQuiet, platformContent } from './content.ts';
import type { OpenAlertGroup, OpenAlertsInput } from '../../platform-alerts/open-alerts.ts';

export interface PlatformAlertsOptions {
  readonly store: Pick<AlertStore, 'fingerprint' | 'report' | 'find' | 'decide' | 'open'>;
  /** The source that is believed when several are configured. */
  readonly believed: 'api' | 'postgres';
  /** Milliseconds of silence after which a fault that was raised repeatedly counts as over. */
  readonly quietAfter: number;
  readonly logger: Logger;
  readonly clock: Clock;
}

const BY = system('platform');

/** How often the words of an open alert are brought up to date, milliseconds: the fleet writes rows every second. */
const REWORD_INTERVAL = 60_000;

/** Most alerts that one look raises, rewords or ends, so that it does not hold others up; the next goes on. */
const MOST_AT_ONCE = 500;

function identityOf({ deviceId, alertType, metricName, severity }: OpenAlertGroup): string {
  return JSON.stringify([deviceId, alertType, metricName, severity]);
}

/** What was last written about an open alert. */
interface Written {
  /** Monotonic. */
  readonly at: number;
  /** Newest row of that time. */
  readonly last: number;
}

/**
 * Keeps the store in step with the platform's own alert rows. A look costs reading the open alerts of this
 * source, and writing only what is new, gone or reworded. An alert that is missing from two looks in a row is
 * over; one look may be at another replica of the platform.
 */
export function createPlatformAlerts(options: PlatformAlertsOptions): OpenAlertsInput {
  const { store, believed, quietAfter, logger } = options;
  let written = new Map<string, Written>();
  /** Those of the last look by what they are made of: a fingerprint costs more than all else of a look. */
  let fingerprints: ReadonlyMap<string, string> = new Map();
  let missing: ReadonlySet<string> = new Set();
  /** Newest row of each alert when it was open last: the store learns of it once a minute. */
  let seen: ReadonlyMap<string, number> = new Map();
  let failure: string | undefined;

  /**
   * Somebody resolved it here: it comes back only when the platform raises it again, by its own clock, after the newest
   * row that was known here then.
   */
  function isSettled(fingerprint: string, { last }: OpenAlertGroup): boolean {
    const known = store.find(fingerprint)?.sourceTime;
    return known !== undefined && Math.floor(last) <= Math.max(known, seen.get(fingerprint) ?? 0);
  }

  /** The groups that are not over, by the fingerprints of their alerts. */
  function presentOf(groups: readonly OpenAlertGroup[], now: number): Map<string, OpenAlertGroup> {
    const names = new Map<string, string>();
    const present = new Map<string, OpenAlertGroup>();
    for (const group of groups) {
      if (isQuiet(group, quietAfter, now)) continue;
      const key = identityOf(group);
      const fingerprint = fingerprints.get(key) ?? store.fingerprint(platformContent(group).labels);
      names.set(key, fingerprint);
      present.set(fingerprint, group);
    }
    fingerprints = names;
    return present;
  }

  /** What has to be written: what is new before what has new words, and of those the longest unwritten first. */
  function changesOf(
    present: ReadonlyMap<string, OpenAlertGroup>,
    open: ReadonlyMap<string, AlertState>,
    at: number,
  ): [string, OpenAlertGroup][] {
    const candidates = [...present].flatMap(([fingerprint, group]) => {
      const before = written.get(fingerprint);
      if (!open.has(fingerprint)) return [{ fingerprint, group, at: -Infinity }];
      const same = before !== undefined && (before.last === group.last || at - before.at < REWORD_INTERVAL);
      return same ? [] : [{ fingerprint, group, at: before?.at ?? -1 }];
    });
    const changes: [string, OpenAlertGroup][] = [];
    for (const { fingerprint, group } of candidates.sort((a, b) => a.at - b.at)) {
      if (changes.length === MOST_AT_ONCE) break;
      if (open.has(fingerprint) || !isSettled(fingerprint, group)) changes.push([fingerprint, group]);
    }
    return changes;
  }

  function apply(groups: readonly OpenAlertGroup[], complete: boolean): void {
    const now = options.clock.wall();
    const at = options.clock.monotonic();
    const open = store.open('platform');
    const present = presentOf(groups, now);
    const firing = changesOf(present, open, at);
    const remembered = new Map([...written].filter(([fingerprint]) => open.has(fingerprint)));
    for (const [fingerprint, { last }] of firing) remembered.set(fingerprint, { at, last });
    const absent = complete ? [...open.keys()].filter((fingerprint) => !present.has(fingerprint)) : [];
    const gone = absent.filter((fingerprint) => missing.has(fingerprint)).slice(0, MOST_AT_ONCE);
    let full: StoreFullError | undefined;
    try {
      if (firing.length + gone.length > 0)
        store.report({
          source: 'platform',
          firing: firing.map(([, group]) => platformContent(group)),
          gone: gone.map((fingerprint) => ({ fingerprint })),
          comment: 'the platform no longer raises it',
          by: BY,
          now,
        });
    } catch (error) {
      if (!(error instanceof StoreFullError)) throw error;
      full = error;
    }
    const taken = [...present].filter(
      ([fingerprint, { acknowledged }]) => acknowledged && open.get(fingerprint) === 'active',
    );
    if (taken.length > 0)
      store.decide(
        'acknowledged',
        taken.slice(0, MOST_AT_ONCE).map(([fingerprint]) => fingerprint),
        { by: BY, at: now, comment: 'acknowledged in the platform' },
      );
    written = remembered;
    seen = new Map(
      [...present].flatMap(([fingerprint, { last }]): [string, number][] => {
        const known = open.has(fingerprint) ? last : seen.get(fingerprint);
        return known === undefined ? [] : [[fingerprint, known]];
      }),
    );
    const ended = new Set(gone);
    missing = new Set(absent.filter((fingerprint) => !ended.has(fingerprint)));
    if (full !== undefined) throw full;
  }

  return {
    apply: (source, groups, complete) => {
      if (source !== believed) return;
      try {
        apply(groups, complete);
        failure = undefined;
      } catch (error) {
        // The collector's own values must not suffer; the next look tries again.
        if (!(error instanceof StoreError)) throw error;
        if (failure !== error.message)
          logger.error(
            { error: error.message },
            'the platform’s alerts could not be stored; the next look tries again',
          );
        failure = error.message;
      }
    },
  };
}
