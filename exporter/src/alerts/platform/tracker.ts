import type { Logger } from '../../log/logger.ts';
import { system } from '../alert.ts';
import { StoreError } from '../store/errors.ts';
import type { AlertStore } from '../store/store.ts';
import { isQuiet, platformContent } from './content.ts';
import type { OpenAlertGroup, OpenAlertsInput } from './open-alert.ts';

export interface PlatformAlertsOptions {
  readonly store: Pick<AlertStore, 'fingerprint' | 'report' | 'find' | 'acknowledge' | 'open'>;
  /** The source that is believed when several are configured. */
  readonly believed: 'api' | 'postgres';
  /** Milliseconds of silence after which a fault that was raised repeatedly counts as over. */
  readonly quietAfter: number;
  readonly logger: Logger;
  readonly now: () => number;
}

const BY = system('platform');

/** How often the words of an open alert are brought up to date, milliseconds: the fleet writes rows every second. */
const REWORD_INTERVAL = 60_000;

/** What was last written about an open alert. */
interface Written {
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
  let missing: ReadonlySet<string> = new Set();
  let failure: string | undefined;

  /** Somebody resolved it here: it comes back only when the platform raises it again. */
  function isSettled(fingerprint: string, { last }: OpenAlertGroup): boolean {
    const ended = store.find(fingerprint)?.resolution?.at;
    return ended !== undefined && last <= ended;
  }

  function apply(groups: readonly OpenAlertGroup[], complete: boolean, now: number): void {
    const open = store.open('platform');
    const present = new Map<string, OpenAlertGroup>();
    for (const group of groups)
      if (!isQuiet(group, quietAfter, now))
        present.set(store.fingerprint(platformContent(group).labels), group);
    const remembered = new Map<string, Written>();
    const firing = [...present].filter(([fingerprint, group]) => {
      const before = written.get(fingerprint);
      const isOpen = open.has(fingerprint);
      const same = before !== undefined && (before.last === group.last || now - before.at < REWORD_INTERVAL);
      if (isOpen && before !== undefined && same) remembered.set(fingerprint, before);
      return isOpen ? !same : !isSettled(fingerprint, group);
    });
    for (const [fingerprint, { last }] of firing) remembered.set(fingerprint, { at: now, last });
    const absent = complete ? [...open.keys()].filter((fingerprint) => !present.has(fingerprint)) : [];
    const gone = absent.filter((fingerprint) => missing.has(fingerprint));
    if (firing.length + gone.length > 0)
      store.report({
        source: 'platform',
        firing: firing.map(([, group]) => platformContent(group)),
        gone: gone.map((fingerprint) => ({ fingerprint, at: now })),
        comment: 'the platform no longer raises it',
        by: BY,
        now,
      });
    for (const [fingerprint, { acknowledged }] of present)
      if (acknowledged && open.get(fingerprint) === 'active')
        store.acknowledge(fingerprint, { by: BY, at: now, comment: 'acknowledged in the platform' });
    written = remembered;
    missing = new Set(absent.filter((fingerprint) => !missing.has(fingerprint)));
  }

  return {
    apply: (source, groups, complete) => {
      if (source !== believed) return;
      try {
        apply(groups, complete, options.now());
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
