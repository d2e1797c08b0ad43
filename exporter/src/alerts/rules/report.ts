import type { Logger } from '../../log/logger.ts';
import { type AlertContent, system, WATCHDOG } from '../alert.ts';
import { StoreError } from '../store/errors.ts';
import type { AlertStore } from '../store/store.ts';
import type { AlertInstance } from './engine/alert-instances.ts';

/** An alert that fires, with its rule's name. */
export interface FiringAlert {
  readonly name: string;
  readonly instance: AlertInstance;
}

export interface RuleReporter {
  /** Brings the store in step with what fires at `now`, milliseconds since the epoch. Never throws StoreError. */
  report(firing: readonly FiringAlert[], now: number): void;
}

const BY = system('rules');

/** How often an alert that goes on firing is written again, milliseconds: its words have a value that changes. */
const REWORD_INTERVAL = 60_000;

function contentOf({ name, instance }: FiringAlert): AlertContent {
  const { labels, annotations, firedAt, activeAt } = instance;
  return {
    name,
    severity: labels['severity'] ?? 'none',
    source: 'rules',
    message: annotations['description'] ?? annotations['summary'] ?? annotations['message'] ?? '',
    labels,
    annotations,
    generatorUrl: '',
    startsAt: firedAt ?? activeAt,
  };
}

/** Keeps the store in step with what the rules say: source `rules`, without the Watchdog. */
export function createRuleReporter(
  store: Pick<AlertStore, 'fingerprint' | 'report' | 'find' | 'open'>,
  logger: Logger,
): RuleReporter {
  let written = new Map<string, number>();
  let failure: string | undefined;

  /** A person resolved it while it fires: it comes back only when it has stopped firing in between. */
  function isSettled(fingerprint: string, { startsAt }: AlertContent): boolean {
    const resolution = store.find(fingerprint)?.resolution;
    return resolution != null && resolution.by.kind !== 'system' && resolution.at >= startsAt;
  }

  function write(firing: readonly FiringAlert[], now: number): void {
    const open = store.open('rules');
    const present = new Map<string, AlertContent>();
    for (const alert of firing)
      if (alert.name !== WATCHDOG) {
        const content = contentOf(alert);
        present.set(store.fingerprint(content.labels), content);
      }
    const gone = [...open.keys()].filter((fingerprint) => !present.has(fingerprint));
    const remembered = new Map<string, number>();
    const due = [...present].filter(([fingerprint, content]) => {
      const before = written.get(fingerprint);
      const isFresh = before !== undefined && now - before < REWORD_INTERVAL;
      remembered.set(fingerprint, isFresh ? before : now);
      if (isFresh && open.has(fingerprint)) return false;
      return open.has(fingerprint) || !isSettled(fingerprint, content);
    });
    if (due.length + gone.length > 0)
      store.report({
        source: 'rules',
        firing: due.map(([, content]) => content),
        gone: gone.map((fingerprint) => ({ fingerprint })),
        comment: 'the rule’s condition no longer holds',
        by: BY,
        now,
      });
    written = remembered;
  }

  return {
    report: (firing, now) => {
      try {
        write(firing, now);
        failure = undefined;
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        if (failure !== error.message)
          logger.error({ error: error.message }, 'alerts of rules could not be stored; it is tried again');
        failure = error.message;
      }
    },
  };
}
