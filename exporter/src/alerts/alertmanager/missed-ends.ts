import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { withDeadline } from '../../base/deadline.ts';
import type { Logger } from '../../log/logger.ts';
import { system } from '../alert.ts';
import { createLoop, type Loop } from '../loop.ts';
import { getJson } from '../receivers/json-request.ts';
import { DeliveryError } from '../receivers/receiver.ts';
import { StoreError } from '../../state/sqlite/errors.ts';
import type { AlertStore } from '../store/store.ts';
import { textsSchema } from '../texts.ts';
import { alertmanagerAt } from './address.ts';

/** What an Alertmanager has. */
export interface ActiveAlerts {
  /** When it was started, as it says: another text is another run. */
  readonly startedAt: string;
  /** Labels of the alerts that are not over, silenced and inhibited ones included. */
  readonly labels: readonly Readonly<Record<string, string>>[];
}

const status = z.object({ uptime: z.string() });
const alerts = z.array(z.object({ labels: textsSchema }));

/** Asks Alertmanager at the URL, which may hold user and password. Rejects with a DeliveryError. */
export async function activeAlerts(url: string, signal: AbortSignal): Promise<ActiveAlerts> {
  const at = alertmanagerAt(url);
  const get = <T extends z.ZodType>(path: string, schema: T): Promise<z.output<T>> =>
    getJson(at(`/api/v2/${path}`), schema, { asked: `answers ${path}`, signal });
  const { uptime: startedAt } = await get('status', status);
  const labels = (await get('alerts', alerts)).map((alert) => alert.labels);
  return { startedAt, labels };
}

/** The same of several: an alert is over when none of them has it. Rejects while one cannot be asked. */
export async function activeAlertsOfAll(urls: readonly string[], signal: AbortSignal): Promise<ActiveAlerts> {
  const all = await Promise.all(urls.map((url) => activeAlerts(url, signal)));
  return {
    startedAt: all.map(({ startedAt }) => startedAt).join(' '),
    labels: all.flatMap(({ labels }) => labels),
  };
}

export interface MissedEndsOptions {
  readonly ask: (signal: AbortSignal) => Promise<ActiveAlerts>;
  readonly store: Pick<AlertStore, 'fingerprint' | 'open' | 'report'>;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Whether this exporter asks, of several that share the store. Default: it does. */
  readonly isLeader?: () => boolean;
  /** Between two looks, milliseconds: 60,000 by default. */
  readonly interval?: number;
  /**
   * How long one run of Alertmanager has to be known until what it lacks counts as over, milliseconds: 300,000 by
   * default. It keeps no alerts itself; Prometheus brings them again each minute.
   */
  readonly settled?: number;
}

const TIMEOUT = 10_000;

/**
 * Ends alerts of Alertmanager whose end it never told: it tells nothing of an alert that ends while it is silenced or
 * inhibited, nor of one whose firing it forgot when it was killed. What it no longer has is over.
 */
export function createMissedEnds(options: MissedEndsOptions): Loop {
  const { ask, store, logger, clock, interval = 60_000, settled = 300_000 } = options;
  const { isLeader = () => true } = options;
  let failing = false;
  /** The run of Alertmanager that was met last, since when: its clock need not agree with ours. */
  let run: { readonly startedAt: string; readonly since: number } | undefined;

  async function look(signal: AbortSignal): Promise<void> {
    // Before the question: what is raised while it is under way is not in the answer.
    // What Grafana evaluates no Alertmanager need have.
    const open = await store.open('alertmanager', 'grafana');
    if (open.size === 0) return;
    const { startedAt, labels } = await ask(signal);
    if (run?.startedAt !== startedAt) run = { startedAt, since: clock.monotonic() };
    if (clock.monotonic() - run.since < settled) return;
    const there = new Set(labels.map(store.fingerprint));
    const gone = [...open.keys()].filter((fingerprint) => !there.has(fingerprint));
    if (gone.length === 0) return;
    const { resolved } = await store.report({
      source: 'alertmanager',
      firing: [],
      gone: gone.map((fingerprint) => ({ fingerprint })),
      comment: 'Alertmanager has it no more',
      by: system('alertmanager'),
      now: clock.wall(),
    });
    logger.info({ resolved }, 'alerts that Alertmanager has no more are resolved');
  }

  async function turn(stopping: AbortSignal): Promise<number> {
    if (!isLeader()) return interval;
    try {
      await withDeadline(stopping, TIMEOUT, look);
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

  return createLoop({ name: 'comparing with Alertmanager', turn, logger });
}
