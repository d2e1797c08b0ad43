import type { CollectContext, Collector, Commit } from '../../src/collectors/collector.ts';
import { createRunner, type Runner } from '../../src/collectors/runner.ts';
import { silentLogger } from '../../src/log/logger.ts';
import type { Tracer } from '../../src/trace/tracer.ts';
import { manualClock, type ManualClock } from './clock.ts';
import { recordingMetrics, type RecordingMetrics } from './recording.ts';

/** A collector that counts what the runner does with it. */
export interface Fake extends Collector {
  calls: number;
  commits: number;
  withdrawals: number;
  signals: AbortSignal[];
}

export function fake(
  name: Collector['name'],
  collect: (context: CollectContext) => Promise<Commit | undefined>,
  passive = false,
): Fake {
  const collector: Fake = {
    name,
    target: `${name}://test`,
    passive,
    calls: 0,
    commits: 0,
    withdrawals: 0,
    signals: [],
    collect: async (context) => {
      collector.calls++;
      collector.signals.push(context.signal);
      const commit = await collect(context);
      return () => {
        collector.commits++;
        commit?.();
      };
    },
    withdraw: () => {
      collector.withdrawals++;
    },
  };
  return collector;
}

export const works = (name: Collector['name'] = 'api'): Fake => fake(name, () => Promise.resolve(undefined));
export const fails = (name: Collector['name'] = 'postgres', passive = false): Fake =>
  fake(name, () => Promise.reject(new Error('connection refused 127.0.0.1:5432')), passive);
/** Hangs for ever and ignores its signal. */
export const hangs = (name: Collector['name'] = 'redis'): Fake =>
  fake(name, () => new Promise(() => undefined));

/** A runner with a clock that stands still, and what it published. */
export interface Setup extends ManualClock {
  readonly runner: Runner;
  readonly metrics: RecordingMetrics;
}

export function setup(collectors: readonly Collector[], timeout = 40, tracer?: Tracer): Setup {
  const clock = manualClock();
  const metrics = recordingMetrics();
  const runner = createRunner({
    collectors,
    logger: silentLogger(),
    metrics,
    timeout,
    minInterval: 5000,
    keepAfterFailure: 120_000,
    circuit: { threshold: 3, firstPause: 10_000, longestPause: 60_000 },
    clock,
    random: () => 0.5,
    ...(tracer === undefined ? {} : { tracer }),
  });
  return { runner, metrics, ...clock };
}
