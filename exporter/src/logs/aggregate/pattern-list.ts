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
}

/** A pattern with the entries of it that count. */
export interface CountedPattern {
  readonly pattern: Pattern;
  readonly count: number;
}

/** Time that a service is listened to before a pattern of it is called new: at first everything is. */
const LEARNING = 600_000;

/** Counts lines by what they follow; a line whose pattern was forgotten counts for none. */
export function countByPattern(
  lines: Iterable<LogEntry>,
  withId: (id: string) => readonly Pattern[],
): { readonly patterns: CountedPattern[]; readonly total: number } {
  const counts = new Map<Pattern, number>();
  let total = 0;
  for (const { pattern: id, service, level } of lines) {
    total++;
    const candidates = withId(id ?? '').filter((one) => one.level === level);
    const pattern = candidates.find((one) => one.service === service) ?? candidates[0];
    if (pattern !== undefined) counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
  }
  return { patterns: [...counts].map(([pattern, count]) => ({ pattern, count })), total };
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
  };
}

/** The patterns, those of most entries first; the same template of several services and levels is one. */
export function listPatterns(listing: PatternListing): PatternView[] {
  const byId = Map.groupBy(listing.patterns, ({ pattern }) => pattern.id);
  return [...byId.values()]
    .flatMap((parts) => viewOf(parts, listing) ?? [])
    .sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1));
}
