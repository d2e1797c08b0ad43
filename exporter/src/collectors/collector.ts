import type { CollectorName } from '../metrics/family.ts';

/** What one attempt may use. */
export interface CollectContext {
  /** Aborted when the deadline is over or the exporter stops: pass it to every request. */
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch at which the attempt counts as failed. */
  readonly deadline: number;
}

/** Makes the gathered values visible, all at once and synchronously. */
export type Commit = () => void;

/**
 * One source of the platform. `collect` gathers without touching anything that a scrape can see and
 * returns the commit; the runner calls it only when the attempt was in time. It throws when the source
 * cannot be used: the message is shown to operators as it is, so it says what failed and where.
 */
export interface Collector {
  readonly name: CollectorName;
  /** Address of the source for people, without secrets, e.g. `http://127.0.0.1:8000`. */
  readonly target: string;
  /**
   * True when an attempt only looks at what a subscription or a tail has brought: it asks nobody, so the
   * circuit breaker never pauses it.
   */
  readonly passive?: boolean;
  /** Begins what must run between attempts (a subscription, a tail). Never waits for the source. */
  start?(): Promise<void>;
  collect(context: CollectContext): Promise<Commit>;
  /** Takes the polled families away: called once when the last success is too long ago. */
  withdraw(): void;
  /** Ends what `start` began; resolves when nothing is left open. */
  stop?(): Promise<void>;
}
