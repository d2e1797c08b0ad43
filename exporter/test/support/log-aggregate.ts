import { type AggregateOptions, createAggregate } from '../../src/logs/aggregate/aggregate.ts';
import type { LogEntry } from '../../src/logs/entry.ts';
import { createMetrics } from '../../src/metrics/registry.ts';
import { manualClock } from './clock.ts';
import { LOGGED_AT, logEntry } from './log-entry.ts';

/** An aggregate of 100 lines at a clock that stands still, with its metrics. */
export function testAggregate(changes: Partial<AggregateOptions> = {}) {
  const clock = manualClock(LOGGED_AT);
  const metrics = createMetrics({ defaultMetrics: false });
  const aggregate = createAggregate({ capacity: 100, patternsPerService: 50, clock, metrics, ...changes });
  let added = 0;
  /** Adds an entry of now. */
  const add = (message: string, entry: Partial<LogEntry> = {}): LogEntry =>
    aggregate.add(
      aggregate.mine(
        logEntry({
          id: `e${added++}`,
          timestamp: clock.wall(),
          created: clock.wall(),
          format: 'a-format',
          ...entry,
          message,
        }),
      ),
    );
  return { aggregate, clock, metrics, add };
}
