import { LOG_LEVELS } from '../entry.ts';
import type { LineBuffer } from './line-buffer.ts';
import type { Forgotten } from './pattern-store.ts';
import type { ServiceCounts } from './services.ts';

/** Totals of all times, under the seed's names, and what the buffer holds. */
export interface LogStatistics {
  readonly total_logs: number;
  readonly error_logs: number;
  readonly warning_logs: number;
  readonly info_logs: number;
  readonly debug_logs: number;
  readonly critical_logs: number;
  readonly unknown_logs: number;
  /** Entries by service and level. */
  readonly service_stats: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly patterns: number;
  /** Patterns that were forgotten because a service had too many, and their entries. */
  readonly forgotten_patterns: Forgotten;
  readonly buffer: {
    readonly size: number;
    readonly capacity: number;
    /** Milliseconds since the epoch; null when it is empty. */
    readonly oldest: number | null;
    readonly newest: number | null;
  };
}

export interface StatisticsSources {
  readonly services: readonly ServiceCounts[];
  readonly buffer: LineBuffer;
  readonly capacity: number;
  readonly patterns: number;
  readonly forgotten: Forgotten;
}

export function statisticsOf(sources: StatisticsSources): LogStatistics {
  const { services, buffer, capacity, patterns, forgotten } = sources;
  const level = (name: (typeof LOG_LEVELS)[number]): number =>
    services.reduce((sum, { totals }) => sum + (totals[LOG_LEVELS.indexOf(name)] ?? 0), 0);
  return {
    total_logs: LOG_LEVELS.reduce((sum, name) => sum + level(name), 0),
    error_logs: level('ERROR'),
    warning_logs: level('WARNING'),
    info_logs: level('INFO'),
    debug_logs: level('DEBUG'),
    critical_logs: level('CRITICAL'),
    unknown_logs: level('UNKNOWN'),
    service_stats: Object.fromEntries(
      services.map(({ name, totals }) => [
        name,
        Object.fromEntries(
          LOG_LEVELS.map((one, index): [string, number] => [one, totals[index] ?? 0]).filter(
            ([, count]) => count > 0,
          ),
        ),
      ]),
    ),
    patterns,
    forgotten_patterns: forgotten,
    buffer: {
      size: buffer.size,
      capacity,
      oldest: buffer.at(buffer.oldest)?.timestamp ?? null,
      newest: buffer.at(buffer.next - 1)?.timestamp ?? null,
    },
  };
}
