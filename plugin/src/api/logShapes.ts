import {
  LOG_CATEGORIES,
  LOG_LEVELS,
  worstLevel,
  type DeadLetter,
  type LevelCounts,
  type LogCategory,
  type LogEntry,
  type LogLevel,
  type LogPattern,
  type LogServiceHealth,
  type LogSource,
  type LogTrends,
} from '../domain/logs/logEntry';
import {
  asList,
  asNumber,
  asNumberOrNull,
  asObject,
  asText,
  asTextOrNull,
  asTime,
  asTimeOrNull,
  objectOrUndefined,
} from './json';

/** Lines, newest first, with where they come from. */
export interface LogPage {
  readonly items: readonly LogEntry[];
  /** Where the next page begins; null on the last one. */
  readonly nextCursor: string | null;
  /** Where a look for newer lines begins; null where the source cannot tell. */
  readonly tailCursor: string | null;
  readonly source: LogSource;
  /** How far back the source reaches, milliseconds since the epoch; null when it has nothing. */
  readonly oldest: number | null;
  /** Why the log store was not asked although there is one; null when it was, or when there is none. */
  readonly problem: string | null;
  /** Lines that were forgotten before this tail asked for them. */
  readonly missed: number;
}

/** What stands around a line, each in its order. */
export interface LogContext {
  readonly before: readonly LogEntry[];
  readonly line: LogEntry;
  readonly after: readonly LogEntry[];
}

/** What the exporter has of lines in all. */
export interface LogStatistics {
  /** Lines of all times. */
  readonly total: number;
  /** Names of the services that ever wrote one. */
  readonly services: readonly string[];
  /** How many sources of lines are configured; null where the exporter does not say. */
  readonly sources: number | null;
}

/** A word that is not known is neither guessed nor an error: newer exporters may have more. */
function readLevel(value: unknown): LogLevel {
  return LOG_LEVELS.find((level) => level === value) ?? 'UNKNOWN';
}

function readCategory(value: unknown): LogCategory {
  return LOG_CATEGORIES.find((category) => category === value) ?? 'application';
}

/** What was raised, without what stands on further lines. */
function readException(value: unknown): string | null {
  const error = objectOrUndefined(value);
  if (typeof error?.type !== 'string' || typeof error.message !== 'string') return null;
  const [first = ''] = error.message.split('\n', 1);
  return first === '' ? error.type : `${error.type}: ${first}`;
}

function readEntry(value: unknown, where: string): LogEntry {
  const json = asObject(value, where);
  const textOrNull = (key: string): string | null => asTextOrNull(json[key], `${where}.${key}`);
  return {
    id: asText(json.id, `${where}.id`),
    timestamp: asTime(json.timestamp, `${where}.timestamp`),
    level: readLevel(json.level),
    service: asText(json.service, `${where}.service`),
    category: readCategory(json.category),
    message: asText(json.message, `${where}.message`),
    exception: readException(json.error),
    deviceId: textOrNull('deviceId'),
    traceId: textOrNull('traceId'),
    correlationId: textOrNull('correlationId'),
    pattern: textOrNull('pattern'),
    file: textOrNull('file'),
    raw: textOrNull('raw'),
    json,
  };
}

/** A page of lines. Throws `ShapeError`. */
export function readLogPage(value: unknown): LogPage {
  const page = asObject(value, 'lines');
  return {
    items: asList(page.items, 'lines.items', readEntry),
    nextCursor: asTextOrNull(page.nextCursor, 'lines.nextCursor'),
    tailCursor: asTextOrNull(page.tailCursor, 'lines.tailCursor'),
    source: page.source === 'elasticsearch' ? 'elasticsearch' : 'buffer',
    oldest: asTimeOrNull(page.oldest, 'lines.oldest'),
    problem: asTextOrNull(page.problem, 'lines.problem'),
    missed: asNumber(page.missed ?? 0, 'lines.missed'),
  };
}

/** A line with what stands around it. Throws `ShapeError`. */
export function readLogContext(value: unknown): LogContext {
  const { before, after, ...line } = asObject(value, 'context');
  return {
    before: asList(before, 'context.before', readEntry),
    line: readEntry(line, 'context'),
    after: asList(after, 'context.after', readEntry),
  };
}

function readCounts(value: unknown, where: string): LevelCounts {
  const counts = asObject(value, where);
  const known = LOG_LEVELS.flatMap((level): [LogLevel, number][] =>
    counts[level] === undefined ? [] : [[level, asNumber(counts[level], `${where}.${level}`)]],
  );
  return Object.fromEntries(known);
}

function readPattern(value: unknown, where: string): LogPattern {
  const pattern = asObject(value, where);
  const text = (key: string): string => asText(pattern[key], `${where}.${key}`);
  return {
    id: text('id'),
    template: text('template'),
    count: asNumber(pattern.count, `${where}.count`),
    share: asNumber(pattern.share, `${where}.share`),
    level: worstLevel(readCounts(pattern.levels, `${where}.levels`)),
    errorClass: asTextOrNull(pattern.class, `${where}.class`),
    isNew: pattern.isNew === true,
    firstSeen: asTime(pattern.firstSeen, `${where}.firstSeen`),
    lastSeen: asTime(pattern.lastSeen, `${where}.lastSeen`),
    services: asList(pattern.services, `${where}.services`, (entry, at) =>
      asText(asObject(entry, at).service, `${at}.service`),
    ),
    course: asList(pattern.course ?? [], `${where}.course`, asNumber),
    example: asTextOrNull(pattern.example, `${where}.example`),
  };
}

/** Patterns, those of most lines first, and how many there are in all. Throws `ShapeError`. */
export function readLogPatterns(value: unknown): { items: LogPattern[]; total: number } {
  const { items, total } = asObject(value, 'patterns');
  const patterns = asList(items, 'patterns.items', readPattern);
  return { items: patterns, total: asNumber(total ?? patterns.length, 'patterns.total') };
}

/** Lines by level over time. Throws `ShapeError`. */
export function readLogTrends(value: unknown): LogTrends {
  const trends = asObject(value, 'trends');
  return {
    step: asNumber(trends.stepSeconds, 'trends.stepSeconds') * 1000,
    oldest: asTimeOrNull(trends.oldest, 'trends.oldest'),
    buckets: asList(trends.buckets, 'trends.buckets', (entry, where) => {
      const bucket = asObject(entry, where);
      return {
        at: asTime(bucket.at, `${where}.at`),
        levels: readCounts(bucket.levels, `${where}.levels`),
      };
    }),
  };
}

const HEALTH_STATES = ['healthy', 'degraded', 'unhealthy'] as const;

/** Health of services, the worst first. Throws `ShapeError`. */
export function readLogHealth(value: unknown): LogServiceHealth[] {
  const services = asObject(value, 'health');
  const health = Object.entries(services).map(([service, entry]): LogServiceHealth => {
    const one = asObject(entry, `health.${service}`);
    return {
      service,
      score: asNumberOrNull(one.health_score, `health.${service}.health_score`),
      status: HEALTH_STATES.find((state) => state === one.status) ?? 'unknown',
      reason: asTextOrNull(one.reason, `health.${service}.reason`) ?? '',
      total: asNumber(one.total_logs, `health.${service}.total_logs`),
    };
  });
  return health.sort(
    (a, b) => (a.score ?? Infinity) - (b.score ?? Infinity) || (a.service < b.service ? -1 : 1),
  );
}

/** Totals. Throws `ShapeError`. */
export function readLogStatistics(value: unknown): LogStatistics {
  const statistics = asObject(value, 'statistics');
  return {
    total: asNumber(statistics.total_logs, 'statistics.total_logs'),
    services: Object.keys(objectOrUndefined(statistics.service_stats) ?? {}).sort(),
    sources: asNumberOrNull(statistics.sources, 'statistics.sources'),
  };
}

/** Dead letters, newest first; `complete` is false when there are more. Throws `ShapeError`. */
export function readDeadLetters(value: unknown): { items: DeadLetter[]; complete: boolean } {
  const page = asObject(value, 'letters');
  const items = asList(page.items, 'letters.items', (entry, where) => {
    const letter = asObject(entry, where);
    return {
      id: asNumber(letter.id, `${where}.id`),
      at: asTime(letter.at, `${where}.at`),
      status: asNumber(letter.status, `${where}.status`),
      reason: asText(letter.reason, `${where}.reason`),
      line: readEntry(letter.line, `${where}.line`),
    };
  });
  return { items, complete: asTextOrNull(page.nextCursor, 'letters.nextCursor') === null };
}

/** How many dead letters wait again. Throws `ShapeError`. */
export function readRetriedLetters(value: unknown): number {
  return asNumber(asObject(value, 'retried').retried, 'retried.retried');
}
