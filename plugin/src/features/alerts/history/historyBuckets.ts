import type { Span } from '../../../api/prometheusClient';
import type { PastAlert } from '../../../domain/alerts/pastAlert';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** More bars than this cannot be told apart. */
const MOST_BARS = 72;

/** Lengths that people reckon in, milliseconds. */
const LENGTHS = [
  ...[10, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * MINUTE),
  ...[1, 2, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map((count) => count * DAY),
];

/** How many alerts were there in each piece of a time. */
export interface HistoryBuckets {
  /** Beginnings of the pieces, milliseconds since the epoch. */
  readonly times: readonly number[];
  /** Length of a piece, milliseconds. */
  readonly length: number;
  /** Severity as found, with the count of each piece. */
  readonly counts: ReadonlyMap<string, readonly number[]>;
}

/** How long a bar is for the span, milliseconds. */
export function bucketLength({ from, to }: Span): number {
  const least = (to - from) / MOST_BARS;
  return LENGTHS.find((length) => length >= least) ?? Math.ceil(least / (365 * DAY)) * 365 * DAY;
}

/** Alerts by severity in each piece of the span; one that lasts is counted in every piece that it touches. */
export function historyBuckets(alerts: readonly PastAlert[], span: Span): HistoryBuckets {
  const length = bucketLength(span);
  const first = Math.floor(span.from / length);
  const size = Math.max(1, Math.ceil(span.to / length) - first);
  const place = (at: number): number => Math.min(size - 1, Math.max(0, Math.floor(at / length) - first));
  const changes = new Map<string, number[]>();
  for (const { severity, startsAt, endsAt } of alerts) {
    const change = changes.get(severity) ?? Array.from({ length: size + 1 }, () => 0);
    const begin = place(startsAt);
    const end = place(endsAt ?? span.to) + 1;
    change[begin] = (change[begin] ?? 0) + 1;
    change[end] = (change[end] ?? 0) - 1;
    changes.set(severity, change);
  }
  const counts = new Map<string, number[]>();
  for (const [severity, change] of changes) {
    let there = 0;
    counts.set(
      severity,
      change.slice(0, size).map((value) => (there += value)),
    );
  }
  return { times: Array.from({ length: size }, (_, index) => (first + index) * length), length, counts };
}
