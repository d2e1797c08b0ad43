import type { LogEntry } from '../entry.ts';
import type { ErrorClass } from './error-class.ts';
import { type HourRow, hourOf, startOfHour } from './hour-counts.ts';
import { type Pattern, templateOf } from './pattern.ts';

/** A pattern over all of its services and levels. */
export interface PatternView {
  readonly id: string;
  readonly template: string;
  readonly count: number;
  /** Part of all entries that were looked at, 0 to 1. */
  readonly share: number;
  /** Those of them that are ERROR or CRITICAL. */
  readonly errors: number;
  /** Class of its errors; null where it has none. */
  readonly class: ErrorClass | null;
  /** Seen for the first time since the moment asked for, in a service that was known by then. */
  readonly isNew: boolean;
  /** Milliseconds since the epoch. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly services: readonly { readonly service: string; readonly count: number }[];
  readonly levels: Readonly<Record<string, number>>;
  readonly example: string;
  /** Entries by hour, whatever the filter, for the hours of the range in which there were any. */
  readonly hours: readonly { readonly at: number; readonly count: number }[];
  /** Entries in pieces of equal length, oldest first: of the range, or of the time from the first to the last. */
  readonly course: readonly number[];
}

/** A pattern with the entries of it that count. */
export interface CountedPattern {
  readonly pattern: Pattern;
  readonly count: number;
  /** The same in pieces of the range; left out where only hours are known. */
  readonly course?: readonly number[];
}

/** Milliseconds since the epoch; either may be infinite. */
interface CourseRange {
  readonly from: number;
  readonly to: number;
}

/** Pieces of a course: more cannot be told apart where it is drawn. */
const COURSE_PIECES = 24;

/** Which of so many pieces of the range a moment or an hour lies in. */
function pieceOf(at: number, { from, to }: CourseRange, pieces: number): number {
  return Math.min(pieces - 1, Math.max(0, Math.floor(((at - from) / (to - from)) * pieces)));
}

/** A course of counts by hour; the range is in hours. */
function courseOfHours(counts: ReadonlyMap<number, number>, range: CourseRange): number[] {
  const hours = [...counts.keys()];
  if (hours.length === 0) return [];
  const from = Number.isFinite(range.from) ? range.from : Math.min(...hours);
  const to = 1 + (Number.isFinite(range.to) ? range.to : Math.max(...hours));
  const course = Array<number>(Math.min(COURSE_PIECES, to - from)).fill(0);
  for (const [hour, count] of counts) {
    const piece = pieceOf(hour, { from, to }, course.length);
    course[piece] = (course[piece] ?? 0) + count;
  }
  return course;
}

/** The courses of the parts as one; undefined where one of them has none. */
function courseOfParts(parts: readonly CountedPattern[]): number[] | undefined {
  const course = Array<number>(COURSE_PIECES).fill(0);
  for (const part of parts) {
    if (part.course === undefined) return undefined;
    part.course.forEach((count, piece) => (course[piece] = (course[piece] ?? 0) + count));
  }
  return course;
}

/** Time that a service is listened to before a pattern of it is called new: at first everything is. */
const LEARNING = 600_000;

/**
 * Counts lines by what they follow; a line whose pattern was forgotten counts for none. Their course is counted where
 * both ends of the range are known.
 */
export function countByPattern(
  lines: Iterable<LogEntry>,
  withId: (id: string) => readonly Pattern[],
  range?: CourseRange,
): { readonly patterns: CountedPattern[]; readonly total: number } {
  const hasCourse = range !== undefined && Number.isFinite(range.to - range.from);
  const counts = new Map<Pattern, { count: number; course: number[] }>();
  let total = 0;
  for (const { pattern: id, service, level, timestamp } of lines) {
    total++;
    const candidates = withId(id ?? '').filter((one) => one.level === level);
    const pattern = candidates.find((one) => one.service === service) ?? candidates[0];
    if (pattern === undefined) continue;
    let counted = counts.get(pattern);
    if (counted === undefined) {
      counted = { count: 0, course: Array<number>(COURSE_PIECES).fill(0) };
      counts.set(pattern, counted);
    }
    counted.count++;
    if (!hasCourse) continue;
    const piece = pieceOf(timestamp, range, COURSE_PIECES);
    counted.course[piece] = (counted.course[piece] ?? 0) + 1;
  }
  const patterns = [...counts].map(([pattern, { count, course }]) =>
    hasCourse ? { pattern, count, course } : { pattern, count },
  );
  return { patterns, total };
}

export interface PatternListing {
  readonly patterns: readonly CountedPattern[];
  /** Entries of all patterns, the forgotten ones included. */
  readonly total: number;
  /** Milliseconds since the epoch. */
  readonly newSince: number;
  readonly from: number;
  readonly to: number;
  /** When the first entry of a service was read. */
  readonly serviceSince: (service: string) => number;
}

function addRows(sums: Map<number, number>, rows: readonly HourRow[]): void {
  for (const { hour, counts } of rows) sums.set(hour, (sums.get(hour) ?? 0) + (counts[0] ?? 0));
}

/** The pattern as one, of its parts by service and level. */
function viewOf(parts: readonly CountedPattern[], listing: PatternListing): PatternView | undefined {
  const sorted = [...parts].sort((a, b) => b.count - a.count);
  const [first] = sorted;
  if (first === undefined) return undefined;
  const { total, newSince, from, to, serviceSince } = listing;
  const services = new Map<string, number>();
  const levels = new Map<string, number>();
  const hours = new Map<number, number>();
  for (const { pattern, count } of sorted) {
    services.set(pattern.service, (services.get(pattern.service) ?? 0) + count);
    levels.set(pattern.level, (levels.get(pattern.level) ?? 0) + count);
    addRows(hours, pattern.hours.rows(hourOf(from), hourOf(to)));
  }
  const count = sorted.reduce((sum, part) => sum + part.count, 0);
  const firstSeen = Math.min(...sorted.map(({ pattern }) => pattern.firstSeen));
  return {
    id: first.pattern.id,
    template: templateOf(first.pattern),
    count,
    share: total === 0 ? 0 : count / total,
    errors: sorted.reduce(
      (sum, { pattern, count: part }) => (pattern.errorClass === null ? sum : sum + part),
      0,
    ),
    class: sorted.find(({ pattern }) => pattern.errorClass !== null)?.pattern.errorClass ?? null,
    isNew:
      firstSeen >= newSince &&
      sorted.every(({ pattern }) => pattern.firstSeen >= serviceSince(pattern.service) + LEARNING),
    firstSeen,
    lastSeen: Math.max(...sorted.map(({ pattern }) => pattern.lastSeen)),
    services: [...services]
      .sort(([, a], [, b]) => b - a)
      .map(([service, part]) => ({ service, count: part })),
    levels: Object.fromEntries(levels),
    example: first.pattern.example,
    hours: [...hours].sort(([a], [b]) => a - b).map(([hour, sum]) => ({ at: startOfHour(hour), count: sum })),
    course: courseOfParts(sorted) ?? courseOfHours(hours, { from: hourOf(from), to: hourOf(to - 1) }),
  };
}

/** The patterns, those of most entries first; the same template of several services and levels is one. */
export function listPatterns(listing: PatternListing): PatternView[] {
  const byId = Map.groupBy(listing.patterns, ({ pattern }) => pattern.id);
  return [...byId.values()]
    .flatMap((parts) => viewOf(parts, listing) ?? [])
    .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
}
