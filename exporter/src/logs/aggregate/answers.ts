import type { Clock } from '../../base/clock.ts';
import { LOG_LEVELS, type LogEntry } from '../entry.ts';
import type { ErrorClass } from './error-class.ts';
import { type ErrorSummary, errorSummary } from './error-summary.ts';
import { type HourCounts, hourOf } from './hour-counts.ts';
import type { LineBuffer } from './line-buffer.ts';
import { type LineFilter, lineMatcher, needsLines } from './line-filter.ts';
import { countByPattern, type CountedPattern, listPatterns, type PatternView } from './pattern-list.ts';
import type { PatternStore } from './pattern-store.ts';
import * as search from './search.ts';
import { HEALTH_MINUTES, healthOf, type ServiceHealth } from './service-health.ts';
import { columnOf, type Services } from './services.ts';
import { type LogStatistics, statisticsOf } from './statistics.ts';
import { MOST_BUCKETS, type Trends, trendsOf } from './trends.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** What did not exist a day ago is new, unless asked otherwise. */
const NEW_WITHIN = 24 * HOUR;

/** What an answer was counted from. */
export interface Counted {
  /** `lines`: each line of the buffer that matches; `hours`: counts of whole hours, which reach back further. */
  readonly counted: 'lines' | 'hours';
  /** How far back that reaches, milliseconds since the epoch; null when there is nothing. */
  readonly oldest: number | null;
}

export interface TrendQuery extends LineFilter {
  /** Hours back from now, unless `from` says otherwise. */
  readonly hours: number;
  /** Milliseconds of one bucket; left out, whole hours. */
  readonly step?: number | undefined;
}

export interface PatternQuery extends LineFilter {
  readonly limit: number;
  /** Patterns that came later are new, milliseconds since the epoch; a day ago when left out. */
  readonly newSince?: number | undefined;
}

export interface PatternList extends Counted {
  readonly items: readonly PatternView[];
  /** Patterns that match, whatever the limit. */
  readonly total: number;
}

/** What can be asked of the lines. */
export interface Answers {
  errors(hours: number): ErrorSummary & Counted;
  /** Health by service over the newest minutes (1 to 60), 15 when left out. */
  health(minutes?: number): Readonly<Record<string, ServiceHealth>>;
  trends(query: TrendQuery): Trends & Counted;
  patterns(query: PatternQuery): PatternList;
  statistics(): LogStatistics;
  /** Newest lines first; `cursor` is the `nextCursor` of the page before. */
  search(filter: LineFilter, limit: number, cursor?: string): search.LinePage;
  /** Lines that came after a `tailCursor`, in the order of arrival. */
  newer(filter: LineFilter, limit: number, after: string): search.LineTail;
  /** Milliseconds since the epoch of the oldest line that can be searched; null when there is none. */
  oldest(): number | null;
  find(id: string): LogEntry | undefined;
  /** All ids that mean the pattern of an id, this one first: a pattern that became wider has another id. */
  patternIds(pattern: string): readonly string[];
  /** The line with what stands around it; undefined when it is not kept. */
  context(id: string, before: number, after: number): search.LineContext | undefined;
}

export interface AnswerSources {
  readonly buffer: LineBuffer;
  readonly capacity: number;
  readonly services: Services;
  readonly classes: HourCounts;
  readonly patterns: PatternStore;
  readonly clock: Clock;
  /** Name of this run: what its cursors refer to. */
  readonly run: string;
  /**
   * Lines of this time or earlier may be missing in the buffer although they were counted, milliseconds since the epoch;
   * -Infinity while it has all.
   */
  readonly lostUpTo: () => number;
}

const isError = ({ level }: LogEntry): boolean => level === 'ERROR' || level === 'CRITICAL';

/** Whether a list names the value; no list names all. */
const names = <T>(list: readonly T[] | undefined, value: T): boolean => list?.includes(value) !== false;

export function createAnswers(sources: AnswerSources): Answers {
  const { buffer, capacity, services, classes, patterns, clock, run, lostUpTo } = sources;

  /** An entry with the id that its pattern has now. */
  function current(entry: LogEntry): LogEntry {
    if (entry.pattern === undefined) return entry;
    const id = patterns.currentId(entry.pattern);
    return id === entry.pattern ? entry : { ...entry, pattern: id };
  }

  function idsOf(pattern: string): string[] {
    return [pattern, ...patterns.withId(pattern).flatMap(({ id, formerIds }) => [id, ...formerIds])];
  }

  function* lines(filter: LineFilter): Generator<LogEntry> {
    const matches = lineMatcher(filter, idsOf);
    for (const { entry } of buffer.from(buffer.oldest)) if (matches(entry)) yield entry;
  }

  function* errorsSince(from: number): Generator<{ entry: LogEntry; errorClass: ErrorClass }> {
    for (const entry of lines({ from })) {
      if (!isError(entry)) continue;
      const pattern = patterns.withId(entry.pattern ?? '').find((one) => one.errorClass !== null);
      yield { entry, errorClass: pattern?.errorClass ?? 'other' };
    }
  }

  const hasAllSince = (from: number): boolean => lostUpTo() === -Infinity || from > lostUpTo();

  /** How far back all lines are there: a single one may be older. */
  function oldest(): number | null {
    const first = buffer.at(buffer.oldest);
    return first === undefined ? null : Math.max(first.timestamp, lostUpTo());
  }

  function countedFrom(fromLines: boolean): Counted {
    if (fromLines) return { counted: 'lines', oldest: oldest() };
    const first = services.all().flatMap(({ hours }) => hours.rows(-Infinity, Infinity)[0]?.hour ?? []);
    return { counted: 'hours', oldest: first.length === 0 ? null : Math.min(...first) * HOUR };
  }

  /** Patterns by their own counts: of all times, or of the hours that the filter touches. */
  function countedByHour(filter: LineFilter): { patterns: CountedPattern[]; total: number } {
    const { from, to } = filter;
    const isLimited = from !== undefined || to !== undefined;
    const counted = [...patterns.all()]
      .filter(({ service, level }) => names(filter.services, service) && names(filter.levels, level))
      .map((pattern) => ({
        pattern,
        count: isLimited
          ? pattern.hours.sum(0, hourOf(from ?? -Infinity), hourOf((to ?? Infinity) - 1))
          : pattern.count,
      }))
      .filter(({ count }) => count > 0);
    const forgotten = isLimited ? 0 : patterns.forgotten().entries;
    return { patterns: counted, total: counted.reduce((sum, { count }) => sum + count, forgotten) };
  }

  return {
    errors: (hours) => {
      const now = clock.wall();
      const from = now - hours * HOUR;
      const fromLines = hasAllSince(from);
      const summary = errorSummary({
        ...{ hours, now, classes, services: services.all(), patterns: patterns.all() },
        lines: fromLines ? errorsSince(from) : undefined,
      });
      return { ...summary, ...countedFrom(fromLines) };
    },
    health: (minutes = HEALTH_MINUTES) => {
      const now = clock.monotonic();
      return Object.fromEntries(
        services.all().map((service) => [service.name, healthOf(service, now, minutes)]),
      );
    },
    trends: ({ hours, step = HOUR, ...filter }) => {
      // The present millisecond belongs to what is asked for.
      const { to = clock.wall() + 1, from = to - hours * HOUR } = filter;
      const fromLines = needsLines(filter) || step % HOUR !== 0 || hasAllSince(from);
      const fewest = Math.ceil((to - from) / MOST_BUCKETS / MINUTE) * MINUTE;
      const range = { from, to, step: (to - from) / step > MOST_BUCKETS ? Math.max(step, fewest) : step };
      const trends = fromLines
        ? trendsOf(range, { lines: lines({ ...filter, from, to }) })
        : trendsOf(range, {
            services: services.all().filter(({ name }) => names(filter.services, name)),
            columns: LOG_LEVELS.filter((level) => names(filter.levels, level)).map(columnOf),
          });
      return { ...trends, ...countedFrom(fromLines) };
    },
    patterns: ({ limit, newSince = clock.wall() - NEW_WITHIN, ...filter }) => {
      const { from = -Infinity, to = Infinity } = filter;
      const isLimited = filter.from !== undefined || filter.to !== undefined;
      const fromLines = needsLines(filter) || (isLimited && hasAllSince(from));
      const counted = fromLines
        ? countByPattern(lines(filter), patterns.withId, isLimited ? { from, to } : undefined)
        : countedByHour(filter);
      const items = listPatterns({ ...counted, newSince, from, to, serviceSince: services.sinceOf });
      return { items: items.slice(0, limit), total: items.length, ...countedFrom(fromLines) };
    },
    statistics: () =>
      statisticsOf({
        ...{ services: services.all(), buffer, capacity, forgotten: patterns.forgotten() },
        patterns: [...patterns.all()].length,
      }),
    search: (filter, limit, cursor) => {
      const page = search.newestLines({ buffer, run, matches: lineMatcher(filter, idsOf), limit }, cursor);
      return { ...page, items: page.items.map(current) };
    },
    newer: (filter, limit, after) => {
      const tail = search.newerLines({ buffer, run, matches: lineMatcher(filter, idsOf), limit }, after);
      return { ...tail, items: tail.items.map(current) };
    },
    oldest,
    find: (id) => {
      const line = search.findLine(buffer, id);
      return line === undefined ? undefined : current(line.entry);
    },
    patternIds: idsOf,
    context: (id, before, after) => {
      const found = search.findLine(buffer, id);
      if (found === undefined) return undefined;
      const { line, ...around } = search.contextOf(buffer, found, before, after);
      return {
        before: around.before.map(current),
        line: current(line),
        after: around.after.map(current),
      };
    },
  };
}
