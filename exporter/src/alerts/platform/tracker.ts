import type { Clock } from '../../base/clock.ts';
import { messageOf } from '../../base/errors.ts';
import { createTurns } from '../../base/turns.ts';
import type { Logger } from '../../log/logger.ts';
import { type AlertState, system } from '../alert.ts';
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

/** Takes the platform's own alerts into the store, one look after another. */
export interface PlatformAlerts extends OpenAlertsInput {
  /** Resolves when what was handed over last is stored, or could not be. */
  settled(): Promise<void>;
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
export function createPlatformAlerts(options: PlatformAlertsOptions): PlatformAlerts {
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
  async function isSettled(fingerprint: string, { last }: OpenAlertGroup): Promise<boolean> {
    const known = (await store.find(fingerprint))?.sourceTime;
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
  async function changesOf(
    present: ReadonlyMap<string, OpenAlertGroup>,
    open: ReadonlyMap<string, AlertState>,
    at: number,
  ): Promise<[string, OpenAlertGroup][]> {
    const candidates = [...present].flatMap(([fingerprint, group]) => {
      const before = written.get(fingerprint);
      if (!open.has(fingerprint)) return [{ fingerprint, group, at: -Infinity }];
      const same = before !== undefined && (before.last === group.last || at - before.at < REWORD_INTERVAL);
      return same ? [] : [{ fingerprint, group, at: before?.at ?? -1 }];
    });
    const changes: [string, OpenAlertGroup][] = [];
    for (const { fingerprint, group } of candidates.sort((a, b) => a.at - b.at)) {
      if (changes.length === MOST_AT_ONCE) break;
      if (open.has(fingerprint) || !(await isSettled(fingerprint, group))) changes.push([fingerprint, group]);
    }
    return changes;
  }

  async function apply(groups: readonly OpenAlertGroup[], complete: boolean): Promise<void> {
    const now = options.clock.wall();
    const at = options.clock.monotonic();
    const open = await store.open('platform');
    const present = presentOf(groups, now);
    const firing = await changesOf(present, open, at);
    const remembered = new Map([...written].filter(([fingerprint]) => open.has(fingerprint)));
    for (const [fingerprint, { last }] of firing) remembered.set(fingerprint, { at, last });
    const absent = complete ? [...open.keys()].filter((fingerprint) => !present.has(fingerprint)) : [];
    const gone = absent.filter((fingerprint) => missing.has(fingerprint)).slice(0, MOST_AT_ONCE);
    let full: StoreFullError | undefined;
    try {
      if (firing.length + gone.length > 0)
        await store.report({
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
      await store.decide(
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

  async function attempt(groups: readonly OpenAlertGroup[], complete: boolean): Promise<void> {
    try {
      await apply(groups, complete);
      failure = undefined;
    } catch (error) {
      // The collector's own values must not suffer; the next look tries again.
      const message = messageOf(error);
      if (failure !== message)
        logger.error(
          { error: message },
          'the platform’s alerts could not be stored; the next look tries again',
        );
      failure = message;
    }
  }

  const inTurn = createTurns();
  let last: Promise<void> = Promise.resolve();
  return {
    apply: (source, groups, complete) => {
      if (source === believed) last = inTurn(() => attempt(groups, complete));
    },
    settled: () => last,
  };
}
