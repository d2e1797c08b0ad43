import type { Clock } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import type { Logger } from '../log/logger.ts';
import type { CollectorName } from '../metrics/family.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { NO_TRACER, type Tracer } from '../trace/tracer.ts';
import { attempt, type Attempt, type Outcome } from './attempt.ts';
import {
  afterFailure,
  CLOSED_CIRCUIT,
  circuitState,
  type Circuit,
  type CircuitPolicy,
  type CircuitState,
} from './circuit.ts';
import type { Collector } from './collector.ts';
import { publishCollectorStates } from './collector-metrics.ts';

/** What is known about a collector's attempts. Times are milliseconds since the epoch, as the clock showed them then. */
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
  readonly metrics: Pick<Metrics, 'publish'>;
  /** Longest attempt of one collector, milliseconds: belongs to the work, whoever waits for it. */
  readonly timeout: number;
  /** Attempts of one collector begin at least this far apart, milliseconds; calls in between share the results. */
  readonly minInterval: number;
  /** How long the last values of a failing collector stay, milliseconds. */
  readonly keepAfterFailure: number;
  readonly circuit: CircuitPolicy;
  readonly clock: Clock;
  readonly random: () => number;
  readonly tracer?: Tracer;
}

export interface Runner {
  /** Starts subscriptions and tails and makes the first collection; resolves when each collector had its attempt. */
  start(): Promise<void>;
  /**
   * Brings the values up to date, as far as they are ready within `patience` milliseconds: a reader only waits,
   * and the attempts take their own time. Those that are not ready go on in the background and are seen by a
   * later call; concurrent calls share them. With `names` no other collector is asked.
   */
  collect(patience: number, names?: ReadonlySet<string>): Promise<void>;
  states(): readonly CollectorState[];
  /** True once every collector has finished one attempt. */
  ready(): boolean;
  /** Ends everything; the collectors have withdrawn what they published when it resolves. */
  stop(): Promise<void>;
}

/** A moment by both clocks: the one decides, the other is shown. */
interface Moment {
  readonly wall: number;
  readonly monotonic: number;
}

interface Entry {
  readonly collector: Collector;
  /** Whether its `start` has succeeded: one that fails belongs to the attempt, and the next tries again. */
  started: boolean;
  circuit: Circuit;
  outcome: Outcome | undefined;
  since: number | null;
  lastSuccess: Moment | null;
  withdrawn: boolean;
  /** When the last attempt began, monotonic. */
  began: number;
  attempt: Attempt | undefined;
  /** Resolves when the present attempt's outcome is noted. */
  running: Promise<void> | undefined;
  /** Set while an attempt that missed its deadline still hangs in its collector. */
  hanging: boolean;
}

/** Waits for the promise, but no longer than so many milliseconds. */
async function waitFor(promise: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([promise, enough]);
  clearTimeout(timer);
}

/** Runs the collectors: shared attempts, deadlines, circuit breakers, and what stays after a failure. */
export function createRunner(options: RunnerOptions): Runner {
  const { logger, clock, tracer = NO_TRACER } = options;
  const entries = options.collectors.map((collector): Entry => ({
    collector,
    started: false,
    circuit: CLOSED_CIRCUIT,
    outcome: undefined,
    since: null,
    lastSuccess: null,
    withdrawn: true,
    began: -Infinity,
    attempt: undefined,
    running: undefined,
    hanging: false,
  }));
  let stopped = false;
  /** Asked anew after each wait, which the compiler would not think necessary. */
  const hasStopped = (): boolean => stopped;

  function record(entry: Entry, outcome: Outcome): void {
    const { collector } = entry;
    const before = entry.outcome;
    entry.outcome = outcome;
    if (before?.ok !== outcome.ok) entry.since = clock.wall();
    if (outcome.ok) {
      entry.circuit = CLOSED_CIRCUIT;
      entry.lastSuccess = { wall: clock.wall(), monotonic: clock.monotonic() };
      entry.withdrawn = false;
      if (before?.ok !== true)
        logger.info({ collector: collector.name, target: collector.target }, 'collector works');
      return;
    }
    if (collector.passive !== true)
      entry.circuit = afterFailure(entry.circuit, options.circuit, clock.monotonic(), options.random());
    const fields = { collector: collector.name, target: collector.target, error: outcome.error };
    if (before?.ok !== false || before.error !== outcome.error) logger.warn(fields, 'collector fails');
    else logger.debug(fields, 'collector still fails');
  }

  /** Starts the collector unless it is; why that failed, in words. */
  async function begin(entry: Entry): Promise<string | undefined> {
    if (entry.started) return undefined;
    try {
      // What it begins lives as long as the exporter: it is no part of this attempt.
      await tracer.outside(() => entry.collector.start?.());
      entry.started = true;
      return undefined;
    } catch (error) {
      return messageOf(error);
    }
  }

  /** How the attempt went; undefined when the exporter stopped meanwhile. */
  async function run(entry: Entry): Promise<Outcome | undefined> {
    entry.began = clock.monotonic();
    if (entry.hanging) {
      const error = `the attempt before still hangs in ${entry.collector.target}`;
      return { ok: false, durationSeconds: entry.outcome?.durationSeconds ?? 0, error };
    }
    const problem = await begin(entry);
    if (stopped) return undefined;
    if (problem !== undefined) return { ok: false, durationSeconds: 0, error: problem };
    entry.attempt = attempt(entry.collector, options.timeout);
    entry.hanging = true;
    void entry.attempt.settled.then(() => (entry.hanging = false));
    const outcome = await entry.attempt.outcome;
    entry.attempt = undefined;
    return hasStopped() ? undefined : outcome;
  }

  function runAndRecord(entry: Entry): Promise<void> {
    const { name, target } = entry.collector;
    const attributes = { 'valtronics.collector': name, 'valtronics.collector.target': target };
    return tracer.span(`collect ${name}`, { attributes }, async (span) => {
      const outcome = await run(entry);
      if (outcome === undefined) return;
      record(entry, outcome);
      if (!outcome.ok) span.fail(outcome.error);
    });
  }

  function isDue(entry: Entry): boolean {
    if (entry.running !== undefined || clock.monotonic() - entry.began < options.minInterval) return false;
    return circuitState(entry.circuit, options.circuit, clock.monotonic()) !== 'open';
  }

  function withdrawOld(): void {
    for (const entry of entries) {
      const failing = entry.outcome?.ok === false;
      if (!failing || entry.withdrawn || entry.lastSuccess === null) continue;
      if (clock.monotonic() - entry.lastSuccess.monotonic <= options.keepAfterFailure) continue;
      entry.withdrawn = true;
      entry.collector.withdraw();
      logger.warn(
        { collector: entry.collector.name },
        'last values withdrawn: the source failed for too long',
      );
    }
  }

  /** Resolves when all attempts of these collectors are over, those that are due begun; after `patience` at the latest. */
  async function attempts(chosen: readonly Entry[], patience?: number): Promise<void> {
    for (const entry of chosen) {
      if (isDue(entry)) entry.running = runAndRecord(entry).finally(() => (entry.running = undefined));
    }
    const running = chosen.flatMap((entry) => entry.running ?? []);
    if (running.length === 0) return;
    const over = Promise.all(running);
    await (patience === undefined ? over : waitFor(over, patience));
  }

  async function collect(patience: number, names?: ReadonlySet<string>): Promise<void> {
    if (hasStopped()) return;
    await attempts(
      entries.filter(({ collector }) => names?.has(collector.name) !== false),
      patience,
    );
    if (hasStopped()) return;
    withdrawOld();
    publishCollectorStates(options.metrics, states());
  }

  function stateOf(entry: Entry): CollectorState {
    const { collector, outcome, circuit } = entry;
    const state = circuitState(circuit, options.circuit, clock.monotonic());
    return {
      name: collector.name,
      target: collector.target,
      attempted: outcome !== undefined,
      success: outcome?.ok === true,
      since: entry.since,
      lastSuccess: entry.lastSuccess?.wall ?? null,
      lastDurationSeconds: outcome?.durationSeconds ?? 0,
      lastError: outcome?.ok === false ? outcome.error : null,
      circuit: state,
      failures: circuit.failures,
      nextTry: state === 'closed' ? null : clock.wall() + circuit.pausedUntil - clock.monotonic(),
    };
  }

  function states(): CollectorState[] {
    return entries.map(stateOf);
  }

  async function end({ collector }: Entry): Promise<void> {
    try {
      await collector.stop?.();
    } catch (error) {
      logger.error({ collector: collector.name, error: messageOf(error) }, 'collector does not stop cleanly');
    }
  }

  return {
    start: async () => {
      await attempts(entries);
      if (!hasStopped()) publishCollectorStates(options.metrics, states());
    },
    collect,
    states,
    ready: () => entries.every((entry) => entry.outcome !== undefined),
    stop: async () => {
      stopped = true;
      for (const entry of entries) entry.attempt?.cancel(new Error('the exporter stops'));
      await Promise.all(entries.flatMap((entry) => entry.running ?? []));
      await Promise.all(entries.map(end));
      publishCollectorStates(options.metrics, []);
    },
  };
}
