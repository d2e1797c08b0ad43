import { LOG_LEVELS, type LogEntry } from '../entry.ts';
import { hourOf, startOfHour } from './hour-counts.ts';
import { columnOf, type ServiceCounts } from './services.ts';

/** Entries of one stretch of time. */
export interface TrendBucket {
  /** Its beginning, milliseconds since the epoch. */
  readonly at: number;
  readonly total: number;
  readonly levels: Readonly<Record<string, number>>;
  readonly services: Readonly<Record<string, number>>;
}

/** Figures over the hours in which there was anything. */
export interface HourFigures {
  readonly total: number;
  readonly avg: number;
  readonly max: number;
  readonly min: number;
}

/** Entries over time: the seed's `get_log_trends`, and a series without holes to draw. */
export interface Trends {
  readonly period: string;
  /** By hour (`2026-11-23-14`, UTC): entries by service and by level. */
  readonly hourly_stats: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly level_trends: Readonly<Record<string, HourFigures>>;
  readonly service_trends: Readonly<Record<string, HourFigures>>;
  readonly stepSeconds: number;
  readonly buckets: readonly TrendBucket[];
}

/** Levels of the seed's answer, and ours behind them. */
const SHOWN_LEVELS = ['ERROR', 'WARNING', 'INFO', 'DEBUG', 'CRITICAL', 'UNKNOWN'] as const;

/** Buckets of one answer. */
export const MOST_BUCKETS = 1500;

/** What is counted within one stretch of time. */
interface Counted {
  readonly levels: number[];
  readonly services: Map<string, number>;
}

/** Counts by stretches of time. */
interface Stretches {
  add(at: number, column: number, service: string, by?: number): void;
  at(start: number): Counted | undefined;
  sorted(): [number, Counted][];
}

/** Stretches of so many milliseconds. */
function createStretches(step: number): Stretches {
  const stretches = new Map<number, Counted>();

  function stretchOf(at: number): Counted {
    const start = Math.floor(at / step) * step;
    const known = stretches.get(start);
    if (known !== undefined) return known;
    const made = { levels: Array<number>(LOG_LEVELS.length).fill(0), services: new Map<string, number>() };
    stretches.set(start, made);
    return made;
  }

  return {
    add: (at, column, service, by = 1) => {
      const { levels, services } = stretchOf(at);
      levels[column] = (levels[column] ?? 0) + by;
      services.set(service, (services.get(service) ?? 0) + by);
    },
    at: (start) => stretches.get(start),
    sorted: () => [...stretches].sort(([a], [b]) => a - b),
  };
}

function levelsOf({ levels }: Counted): Record<string, number> {
  return Object.fromEntries(
    SHOWN_LEVELS.map((level): [string, number] => [level, levels[columnOf(level)] ?? 0]).filter(
      ([, count]) => count > 0,
    ),
  );
}

/** `2026-11-23-14` of an hour, in UTC. */
const hourKey = (at: number): string => new Date(at).toISOString().slice(0, 13).replace('T', '-');

function figures(counts: readonly number[]): HourFigures {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return { total, avg: total / counts.length, max: Math.max(...counts), min: Math.min(...counts) };
}

function seedTrends(hours: Stretches): Pick<Trends, 'hourly_stats' | 'level_trends' | 'service_trends'> {
  const rows = hours.sorted();
  const services = new Set(rows.flatMap(([, counted]) => [...counted.services.keys()]));
  const levels = SHOWN_LEVELS.filter(
    (level, index) => index < 4 || rows.some(([, counted]) => (counted.levels[columnOf(level)] ?? 0) > 0),
  );
  if (rows.length === 0) return { hourly_stats: {}, level_trends: {}, service_trends: {} };
  return {
    hourly_stats: Object.fromEntries(
      rows.map(([at, counted]) => [
        hourKey(at),
        // A service that has the name of a level gives way to it, as the seed has both in one place.
        Object.fromEntries([...counted.services, ...Object.entries(levelsOf(counted))]),
      ]),
    ),
    level_trends: Object.fromEntries(
      levels.map((level) => [level, figures(rows.map(([, { levels: row }]) => row[columnOf(level)] ?? 0))]),
    ),
    service_trends: Object.fromEntries(
      [...services].map((name) => [name, figures(rows.map(([, row]) => row.services.get(name) ?? 0))]),
    ),
  };
}

export interface TrendRange {
  /** Milliseconds since the epoch; `to` is not included. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds. */
  readonly step: number;
}

/** Where the trends are counted from. */
export type TrendSource =
  /** Lines that match, within the range. */
  | { readonly lines: Iterable<LogEntry> }
  /** Counts by hour of some services and levels; the step must be whole hours. */
  | { readonly services: readonly ServiceCounts[]; readonly columns: readonly number[] };

/** Entries over the range; counts by hour include all of the hours that it touches. */
export function trendsOf({ from, to, step }: TrendRange, source: TrendSource): Trends {
  const hours = createStretches(3_600_000);
  const stretches = createStretches(step);
  const add = (at: number, column: number, service: string, by?: number): void => {
    hours.add(at, column, service, by);
    stretches.add(at, column, service, by);
  };
  if ('lines' in source) {
    for (const { timestamp, level, service } of source.lines) add(timestamp, columnOf(level), service);
  } else {
    for (const { name, hours: counts } of source.services)
      for (const row of counts.rows(hourOf(from), hourOf(to - 1)))
        for (const column of source.columns) {
          const count = row.counts[column] ?? 0;
          if (count > 0) add(startOfHour(row.hour), column, name, count);
        }
  }
  const buckets: TrendBucket[] = [];
  for (let at = Math.floor(from / step) * step; at < to && buckets.length < MOST_BUCKETS; at += step) {
    const counted = stretches.at(at) ?? { levels: [], services: new Map<string, number>() };
    const total = counted.levels.reduce((sum, count) => sum + count, 0);
    buckets.push({
      at,
      total,
      levels: levelsOf(counted),
      services: Object.fromEntries(counted.services),
    });
  }
  const period = `${Math.ceil((to - from) / 3_600_000)}h`;
  return { period, ...seedTrends(hours), stepSeconds: step / 1000, buckets };
}
