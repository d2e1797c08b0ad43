import { PAUSE_EVERY } from '@valtronics/promql';
import type { Logger } from '../../log/logger.ts';
import { type AlertContent, system, WATCHDOG } from '../alert.ts';
import { StoreError } from '../../state/sqlite/errors.ts';
import type { AlertStore } from '../store/store.ts';
import type { AlertInstance } from './engine/alert-instances.ts';
import { createBreath } from './turns.ts';

/** An alert that fires, with its rule's name. */
export interface FiringAlert {
  readonly name: string;
  readonly instance: AlertInstance;
}

export interface RuleReporter {
  /**
   * Brings the store in step with what fires at `now`, milliseconds since the epoch; pauses now and then. Never rejects
   * with a StoreError.
   */
  report(firing: readonly FiringAlert[], now: number): Promise<void>;
}

const BY = system('rules');

/** How often an alert that goes on firing is written again, milliseconds: its words have a value that changes. */
const REWORD_INTERVAL = 60_000;

/** Alerts that are written in one transaction. */
const PIECE = 100;

function piecesOf<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / PIECE) }, (_, index) =>
    all.slice(index * PIECE, (index + 1) * PIECE),
  );
}

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
  breath = createBreath,
): RuleReporter {
  const fingerprints = new WeakMap<object, string>();
  let written = new Map<string, number>();
  let failure: string | undefined;

  /** An alert keeps its object of labels as long as it lives. */
  function fingerprintOf({ instance: { labels } }: FiringAlert): string {
    const known = fingerprints.get(labels) ?? store.fingerprint(labels);
    fingerprints.set(labels, known);
    return known;
  }

  /** A person resolved it while it fires: it comes back only when it has stopped firing in between. */
  async function isSettled(fingerprint: string, { startsAt }: AlertContent): Promise<boolean> {
    const resolution = (await store.find(fingerprint))?.resolution;
    return resolution != null && resolution.by.kind !== 'system' && resolution.at >= startsAt;
  }

  async function write(firing: readonly FiringAlert[], now: number): Promise<void> {
    const breathe = breath();
    const open = await store.open('rules');
    const present = new Map<string, AlertContent>();
    for (const [index, alert] of firing.entries()) {
      if (index % PAUSE_EVERY === PAUSE_EVERY - 1) await breathe();
      if (alert.name !== WATCHDOG) present.set(fingerprintOf(alert), contentOf(alert));
    }
    const gone = [...open.keys()].filter((fingerprint) => !present.has(fingerprint));
    const remembered = new Map<string, number>();
    const due: AlertContent[] = [];
    for (const [fingerprint, content] of present) {
      const before = written.get(fingerprint);
      const isFresh = before !== undefined && now - before < REWORD_INTERVAL;
      remembered.set(fingerprint, isFresh ? before : now);
      if (isFresh && open.has(fingerprint)) continue;
      if (open.has(fingerprint) || !(await isSettled(fingerprint, content))) due.push(content);
    }
    const same = { source: 'rules', comment: 'the rule’s condition no longer holds', by: BY, now } as const;
    // In pieces: each is a transaction, and thousands at once would hold up everything else.
    for (const piece of piecesOf(gone)) {
      await breathe();
      await store.report({ ...same, firing: [], gone: piece.map((fingerprint) => ({ fingerprint })) });
    }
    for (const piece of piecesOf(due)) {
      await breathe();
      await store.report({ ...same, firing: piece, gone: [] });
    }
    written = remembered;
  }

  return {
    report: async (firing, now) => {
      try {
        await write(firing, now);
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
