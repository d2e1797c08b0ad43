/** Levels of lines, the worst first: the order of bars, legends and choices. */
export const LOG_LEVELS = ['CRITICAL', 'ERROR', 'WARNING', 'INFO', 'DEBUG', 'UNKNOWN'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What a line is about (contract of the API). */
export const LOG_CATEGORIES = ['application', 'access', 'error', 'audit'] as const;
export type LogCategory = (typeof LOG_CATEGORIES)[number];

/** One event of a log: one line, or several that belong together. */
export interface LogEntry {
  readonly id: string;
  /** Milliseconds since the epoch, with a fraction where the line has one. */
  readonly timestamp: number;
  readonly level: LogLevel;
  readonly service: string;
  readonly category: LogCategory;
  readonly message: string;
  /** The exception of its traceback on one line, `type: message`; null where it has none. */
  readonly exception: string | null;
  readonly deviceId: string | null;
  readonly traceId: string | null;
  readonly correlationId: string | null;
  /** Id of the pattern that its message follows. */
  readonly pattern: string | null;
  readonly file: string | null;
  /** All of its text; null where the exporter does not show it to this user. */
  readonly raw: string | null;
  /** The entry as the exporter wrote it, further fields included. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** Where lines are read from: the exporter's memory, or the log store behind it. */
export type LogSource = 'buffer' | 'elasticsearch';

/** How many lines of each level there are. */
export type LevelCounts = Readonly<Partial<Record<LogLevel, number>>>;

/** What messages have in common. */
export interface LogPattern {
  readonly id: string;
  /** What differs is `<*>`. */
  readonly template: string;
  readonly count: number;
  /** Part of all lines that were looked at, 0 to 1. */
  readonly share: number;
  /** The worst level of its lines. */
  readonly level: LogLevel;
  /** Class of its errors (`connection_error`, …); null where it has none. */
  readonly errorClass: string | null;
  readonly isNew: boolean;
  /** Milliseconds since the epoch. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly services: readonly string[];
  /** Lines over the range, oldest first. */
  readonly course: readonly number[];
  /** A message; null where the exporter does not show it to this user. */
  readonly example: string | null;
}

/** Health of a service by its lines. */
export interface LogServiceHealth {
  readonly service: string;
  /** 0 to 100; null when the service said nothing in the window. */
  readonly score: number | null;
  readonly status: 'healthy' | 'degraded' | 'unhealthy' | 'unknown';
  /** Why, in the exporter's words. */
  readonly reason: string;
  /** Lines in the window. */
  readonly total: number;
}

/** Lines by level in pieces of time of one length. */
export interface LogTrends {
  /** Milliseconds. */
  readonly step: number;
  readonly buckets: readonly { readonly at: number; readonly levels: LevelCounts }[];
  /** How far back the counts reach, milliseconds since the epoch; null when there is nothing. */
  readonly oldest: number | null;
}

/** A line that the log store refused for good. */
export interface DeadLetter {
  readonly id: number;
  /** When it was refused, milliseconds since the epoch. */
  readonly at: number;
  /** Status that the store gave it. */
  readonly status: number;
  /** The store's words. */
  readonly reason: string;
  readonly line: LogEntry;
}

/** How many lines there are in all. */
export function countOf(levels: LevelCounts): number {
  return Object.values(levels).reduce((sum, count) => sum + count, 0);
}

/** The worst of the levels that have a line. */
export function worstLevel(levels: LevelCounts): LogLevel {
  return LOG_LEVELS.find((level) => (levels[level] ?? 0) > 0) ?? 'UNKNOWN';
}
