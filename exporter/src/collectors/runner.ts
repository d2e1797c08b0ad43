import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from '../base/errors.ts';
import type { Logger } from '../log/logger.ts';
import type { CollectorName } from '../metrics/family.ts';
import { attempt, type Outcome } from './attempt.ts';
import {
  afterFailure,
  CLOSED_CIRCUIT,
  circuitState,
  type Circuit,
  type CircuitPolicy,
  type CircuitState,
} from './circuit.ts';
import type { Collector } from './collector.ts';

/** What is known about a collector's attempts. Times are milliseconds since the epoch. */
export interface CollectorState {
  readonly name: CollectorName;
  readonly target: string;
  /** False until one attempt has ended, successful or not. */
  readonly attempted: boolean;
  readonly success: boolean;
  /** When the present run of successes or failures began; null before the first attempt. */
  readonly since: number | null;
  readonly lastSuccess: number | null;
  readonly lastDurationSeconds: number;
  /** The last attempt's error in words; null after a success. */
  readonly lastError: string | null;
  readonly circuit: CircuitState;
  readonly failures: number;
  /** When a paused collector is tried again; null while its circuit is closed. */
  readonly nextTry: number | null;
}

export interface RunnerOptions {
  readonly collectors: readonly Collector[];
  readonly logger: Logger;
  /** Longest attempt of one collector, milliseconds. */
  readonly timeout: number;
  /** Collections closer than this share their results, milliseconds. */
  readonly minInterval: number;
  /** How long the last values of a failing collector stay, milliseconds. */
  readonly keepAfterFailure: number;
  readonly circuit: CircuitPolicy;
  readonly now: () => number;
  readonly random: () => number;
}

export interface Runner {
  /** Starts subscriptions and tails and makes the first collection; resolves when each collector had its attempt. */
  start(): Promise<void>;
  /**
   * Brings the values up to date, at most `budget` milliseconds long. Concurrent calls share one collection;
   * what is not ready in time goes on in the background and is seen by the next call.
   */
  collect(budget: number): Promise<void>;
  states(): readonly CollectorState[];
  /** True once every collector has finished one attempt. */
  ready(): boolean;
  /** When the last collection began, milliseconds since the epoch; 0 before the first. */
  lastCollection(): number;
  stop(): Promise<void>;
}

interface Entry {
  readonly collector: Collector;
  circuit: Circuit;
  outcome: Outcome | undefined;
  since: number | null;
  lastSuccess: number | null;
  withdrawn: boolean;
  /** Set while an attempt that missed its deadline still hangs in its collector. */
  hanging: boolean;
}

/** Runs the collectors: shared collections, deadlines, circuit breakers, and what stays after a failure. */
export function createRunner(options: RunnerOptions): Runner {
  const { logger, now } = options;
  const entries = options.collectors.map((collector): Entry => ({
    collector,
    circuit: CLOSED_CIRCUIT,
    outcome: undefined,
    since: null,
    lastSuccess: null,
    withdrawn: true,
    hanging: false,
  }));
  const stopping = new AbortController();
  let current: Promise<void> | undefined;
  let began = 0;

  function record(entry: Entry, outcome: Outcome): void {
    const { collector } = entry;
    const before = entry.outcome;
    entry.outcome = outcome;
    if (before?.ok !== outcome.ok) entry.since = now();
    if (outcome.ok) {
      entry.circuit = CLOSED_CIRCUIT;
      entry.lastSuccess = now();
      entry.withdrawn = false;
      if (before?.ok !== true)
        logger.info({ collector: collector.name, target: collector.target }, 'collector works');
      return;
    }
    if (collector.passive !== true)
      entry.circuit = afterFailure(entry.circuit, options.circuit, now(), options.random());
    const fields = { collector: collector.name, target: collector.target, error: outcome.error };
    if (before?.ok !== false || before.error !== outcome.error) logger.warn(fields, 'collector fails');
    else logger.debug(fields, 'collector still fails');
  }

  async function run(entry: Entry, timeout: number): Promise<void> {
    if (entry.hanging) {
      const error = `the attempt before still hangs in ${entry.collector.target}`;
      record(entry, { ok: false, durationSeconds: entry.outcome?.durationSeconds ?? 0, error });
      return;
    }
    const { outcome, settled } = attempt(entry.collector, timeout, stopping.signal);
    entry.hanging = true;
    void settled.then(() => (entry.hanging = false));
    const result = await outcome;
    if (!stopping.signal.aborted) record(entry, result);
  }

  function withdrawOld(): void {
    for (const entry of entries) {
      const failing = entry.outcome?.ok === false;
      if (!failing || entry.withdrawn || entry.lastSuccess === null) continue;
      if (now() - entry.lastSuccess <= options.keepAfterFailure) continue;
      entry.withdrawn = true;
      entry.collector.withdraw();
      logger.warn(
        { collector: entry.collector.name },
        'last values withdrawn: the source failed for too long',
      );
    }
  }

  async function cycle(timeout: number): Promise<void> {
    began = now();
    const due = entries.filter((entry) => circuitState(entry.circuit, options.circuit, now()) !== 'open');
    await Promise.all(due.map((entry) => run(entry, timeout)));
  }

  function share(timeout: number): Promise<void> {
    current ??= cycle(timeout).finally(() => (current = undefined));
    return current;
  }

  async function collect(budget: number): Promise<void> {
    if (current !== undefined || now() - began >= options.minInterval) {
      const timer = new AbortController();
      // The attempts get a little less than the budget, so that their outcome is known when it is over.
      const timeout = Math.max(50, Math.min(options.timeout, budget * 0.95));
      await Promise.race([
        share(timeout),
        delay(budget, undefined, { signal: timer.signal }).catch(() => undefined),
      ]);
      timer.abort();
    }
    withdrawOld();
  }

  function stateOf(entry: Entry): CollectorState {
    const { collector, outcome, circuit } = entry;
    const state = circuitState(circuit, options.circuit, now());
    return {
      name: collector.name,
      target: collector.target,
      attempted: outcome !== undefined,
      success: outcome?.ok === true,
      since: entry.since,
      lastSuccess: entry.lastSuccess,
      lastDurationSeconds: outcome?.durationSeconds ?? 0,
      lastError: outcome?.ok === false ? outcome.error : null,
      circuit: state,
      failures: circuit.failures,
      nextTry: state === 'closed' ? null : circuit.pausedUntil,
    };
  }

  async function begin({ collector }: Entry): Promise<void> {
    try {
      await collector.start?.();
    } catch (error) {
      logger.error({ collector: collector.name, error: messageOf(error) }, 'collector cannot start');
    }
  }

  return {
    start: async () => {
      await Promise.all(entries.map(begin));
      await share(options.timeout);
    },
    collect,
    states: () => entries.map(stateOf),
    ready: () => entries.every((entry) => entry.outcome !== undefined),
    lastCollection: () => began,
    stop: async () => {
      stopping.abort(new Error('the exporter stops'));
      await current;
      await Promise.all(
        entries.map(async ({ collector }) => {
          await collector.stop?.();
        }),
      );
    },
  };
}
