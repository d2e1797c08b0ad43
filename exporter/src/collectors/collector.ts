import type { CollectorName } from '../metrics/family.ts';

/** What one attempt may use. */
export interface CollectContext {
  /** Aborted when the time is over or the exporter stops; lives as long as the attempt: pass it to every request. */
  readonly signal: AbortSignal;
  /** Whole milliseconds until the attempt counts as failed; negative afterwards. No step of the system's clock changes it. */
  left(): number;
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
  /**
   * Reads what an earlier run left and begins what must run between attempts (a subscription, a tail). Never waits for
   * the source. Once it has failed the attempt has, and the next one calls it again.
   */
  start?(): Promise<void>;
  collect(context: CollectContext): Promise<Commit>;
  /** Takes the polled families away: called once when the last success is too long ago. */
  withdraw(): void;
  /**
   * Ends what `start` began and takes away everything that was published, what `withdraw` leaves included: a
   * source that is no longer configured has no series. Resolves when nothing is left open.
   */
  stop?(): Promise<void>;
}
