import type { Logger } from '../../log/logger.ts';
import { system } from '../alert.ts';
import { DeliveryError } from '../receivers/receiver.ts';
import { StoreError } from '../store/errors.ts';
import type { AlertStore } from '../store/store.ts';
import { createTurns, type Turns } from '../turns.ts';
import type { ActiveAlerts } from './active-alerts.ts';

export interface MissedEndsOptions {
  readonly ask: (signal: AbortSignal) => Promise<ActiveAlerts>;
  readonly store: Pick<AlertStore, 'fingerprint' | 'open' | 'report'>;
  readonly logger: Logger;
  readonly now: () => number;
  /** Between two looks, milliseconds: 60,000 by default. */
  readonly interval?: number;
  /**
   * How long Alertmanager has to run until what it lacks counts as over, milliseconds: 300,000 by default. It keeps no
   * alerts itself; Prometheus brings them again each minute.
   */
  readonly settled?: number;
}

const TIMEOUT = 10_000;

/**
 * Ends alerts of Alertmanager whose end it never told: it tells nothing of an alert that ends while it is silenced or
 * inhibited, nor of one whose firing it forgot when it was killed. What it no longer has is over.
 */
export function createMissedEnds(options: MissedEndsOptions): Turns {
  const { ask, store, logger, now, interval = 60_000, settled = 300_000 } = options;
  let failing = false;

  async function look(signal: AbortSignal): Promise<void> {
    // Before the question: what is raised while it is under way is not in the answer.
    const open = store.open('alertmanager');
    if (open.size === 0) return;
    const { startedAt, labels } = await ask(signal);
    const at = now();
    if (at - startedAt < settled) return;
    const there = new Set(labels.map(store.fingerprint));
    const gone = [...open.keys()].filter((fingerprint) => !there.has(fingerprint));
    if (gone.length === 0) return;
    const { resolved } = store.report({
      source: 'alertmanager',
      firing: [],
      gone: gone.map((fingerprint) => ({ fingerprint, at })),
      comment: 'Alertmanager has it no more',
      by: system('alertmanager'),
      now: at,
    });
    logger.info({ resolved }, 'alerts that Alertmanager has no more are resolved');
  }

  async function turn(stopping: AbortSignal): Promise<number> {
    try {
      await look(AbortSignal.any([stopping, AbortSignal.timeout(TIMEOUT)]));
      failing = false;
    } catch (error) {
      if (!(error instanceof DeliveryError) && !(error instanceof StoreError)) throw error;
      if (!stopping.aborted && !failing)
        logger.warn(
          { error: error.message },
          'it could not be compared with Alertmanager which alerts are over; it is tried again',
        );
      failing = true;
    }
    return interval;
  }

  return createTurns({
    turn,
    onEnd: (error) =>
      logger.error(
        { error: String(error) },
        'ends that Alertmanager does not tell are no longer noticed: restart the exporter',
      ),
  });
}
