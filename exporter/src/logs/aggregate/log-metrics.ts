import { LOG_LEVELS, type LogLevel } from '../entry.ts';
import type { Sample } from '../../metrics/family.ts';
import {
  LOG_ENTRIES,
  LOG_ERRORS,
  LOG_NEW_PATTERNS,
  LOG_SERVICE_HEALTH,
  LOG_TOP_ERROR_PATTERN,
  LOG_UNPARSED,
} from '../../metrics/catalogue/logs.ts';
import type { CounterCell, Metrics } from '../../metrics/metrics.ts';
import { ERROR_CLASSES, type ErrorClass } from './error-class.ts';

/** What the aggregate counts for Prometheus. Services are those that it counts for, so that labels are bounded. */
export interface LogMetrics {
  entry(service: string, level: LogLevel, parsed: boolean): void;
  error(errorClass: ErrorClass): void;
  newPattern(service: string): void;
  /** Replaces the health scores; a service without one has no series. */
  health(scores: ReadonlyMap<string, number>): void;
  /** Replaces the commonest error patterns. */
  topErrors(samples: readonly Sample[]): void;
  /** Takes away what was published; counters stay. */
  withdraw(): void;
}

interface ServiceCells {
  readonly levels: ReadonlyMap<LogLevel, CounterCell>;
  readonly unparsed: CounterCell;
  readonly newPatterns: CounterCell;
}

/** The classes start at 0, and so do the counters of a service with its first entry: `increase()` sees the first. */
export function createLogMetrics(metrics: Pick<Metrics, 'counter' | 'publish' | 'withdraw'>): LogMetrics {
  const services = new Map<string, ServiceCells>();
  const errors = new Map(
    ERROR_CLASSES.map((errorClass) => [errorClass, metrics.counter(LOG_ERRORS, { class: errorClass })]),
  );

  function cellsOf(service: string): ServiceCells {
    const known = services.get(service);
    if (known !== undefined) return known;
    const cells: ServiceCells = {
      levels: new Map(LOG_LEVELS.map((level) => [level, metrics.counter(LOG_ENTRIES, { service, level })])),
      unparsed: metrics.counter(LOG_UNPARSED, { service }),
      newPatterns: metrics.counter(LOG_NEW_PATTERNS, { service }),
    };
    services.set(service, cells);
    return cells;
  }

  return {
    entry: (service, level, parsed) => {
      const { levels, unparsed } = cellsOf(service);
      levels.get(level)?.inc();
      if (!parsed) unparsed.inc();
    },
    error: (errorClass) => errors.get(errorClass)?.inc(),
    newPattern: (service) => cellsOf(service).newPatterns.inc(),
    health: (scores) =>
      metrics.publish(
        LOG_SERVICE_HEALTH,
        [...scores].map(([service, value]) => ({ labels: { service }, value })),
      ),
    topErrors: (samples) => metrics.publish(LOG_TOP_ERROR_PATTERN, samples),
    withdraw: () => {
      metrics.withdraw(LOG_SERVICE_HEALTH);
      metrics.withdraw(LOG_TOP_ERROR_PATTERN);
    },
  };
}
