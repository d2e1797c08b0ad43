import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { WITNESS_LABEL } from './alert-recorder.ts';

const EACH = 20_000;
/** Longer than Alertmanager is away, and than the exporter rests before it tries again. */
const LIFETIME = 15 * 60_000;
const AGAIN = 2_000;
const PATIENCE = 5_000;

export const WITNESS_ALERT = 'SoakWitness';

/** Alerts that are raised all the time and resolved later: each has to be told. */
export interface WitnessAlerts {
  /** How many the exporter has taken. */
  readonly raised: number;
  /** Raises no more; resolves when the exporter has taken the last. */
  end(): Promise<void>;
  /** Resolves all that are open, until the exporter has taken that. To be called when their beginnings were told. */
  resolveAll(): Promise<void>;
  /** Raises no more and leaves the rest as it is; what waits for the exporter waits no more. */
  abandon(): void;
}

const answerSchema = z.object({ fingerprint: z.string() });

/** Raises one alert every 20 seconds through the exporter's API at the base URL. */
export function startWitnessAlerts(base: string, token: string): WitnessAlerts {
  const ending = new AbortController();
  const abandoned = new AbortController();
  const open: { readonly fingerprint: string; readonly until: number }[] = [];
  let raised = 0;

  /** Until the exporter has taken it, however often it is away. */
  async function insist(path: string, body: object): Promise<unknown> {
    for (;;) {
      abandoned.signal.throwIfAborted();
      try {
        const answer = await fetch(`${base}/api/v1/alerts${path}`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
          body: JSON.stringify(body),
          signal: AbortSignal.timeout(PATIENCE),
        });
        const text = await answer.text();
        // What was taken although its answer was lost is refused as done already.
        if (answer.ok || answer.status === 409) return JSON.parse(text);
      } catch {
        // It is away or its disk is full, which is the soak's own doing: what is not taken is said again.
      }
      await delay(AGAIN);
    }
  }
  async function raise(): Promise<void> {
    const labels = { [WITNESS_LABEL]: String(raised) };
    const alert = { name: WITNESS_ALERT, severity: 'info', message: 'raised by the soak', labels };
    const { fingerprint } = answerSchema.parse(await insist('', alert));
    raised += 1;
    open.push({ fingerprint, until: performance.now() + LIFETIME });
  }
  async function resolve(count: number): Promise<void> {
    for (const { fingerprint } of open.splice(0, count)) {
      await insist(`/${fingerprint}/resolve`, { comment: 'by the soak' });
    }
  }
  async function work(): Promise<void> {
    while (!ending.signal.aborted) {
      await raise();
      await resolve(open.filter(({ until }) => until <= performance.now()).length);
      await delay(EACH, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  }
  /** When it is abandoned in the middle of an alert, that one is of no interest any more. */
  async function unlessAbandoned(task: Promise<void>): Promise<void> {
    try {
      await task;
    } catch (error) {
      if (!abandoned.signal.aborted) throw error;
    }
  }
  const working = unlessAbandoned(work());
  return {
    get raised() {
      return raised;
    },
    async end() {
      ending.abort();
      await working;
    },
    resolveAll: () => unlessAbandoned(resolve(open.length)),
    abandon() {
      abandoned.abort();
      ending.abort();
    },
  };
}
