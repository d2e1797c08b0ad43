import type { z } from 'zod';
import type { Counted } from '../aggregate/answers.ts';
import type { PatternView } from '../aggregate/pattern-list.ts';
import type { TrendBucket } from '../aggregate/trends.ts';
import type { LogEntry } from '../entry.ts';
import type { lineSchema } from './schemas.ts';

/** A moment as ISO 8601 in UTC. */
export const iso = (at: number): string => new Date(at).toISOString();
export const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

/** A line of an answer; without `raw`, what was written is left out. */
export function lineView(entry: LogEntry, raw: boolean): z.input<typeof lineSchema> {
  const { error, request } = entry;
  return {
    ...{ id: entry.id, timestamp: iso(entry.timestamp), level: entry.level, service: entry.service },
    ...{ category: entry.category, message: entry.message },
    deviceId: entry.deviceId ?? null,
    traceId: entry.traceId ?? null,
    correlationId: entry.correlationId ?? null,
    pattern: entry.pattern ?? null,
    file: entry.file ?? null,
    raw: raw ? entry.raw : null,
    timeSource: entry.timeSource,
    created: iso(entry.created),
    levelText: entry.levelText ?? null,
    dataset: entry.dataset,
    logger: entry.logger ?? null,
    spanId: entry.spanId ?? null,
    request: request === undefined ? null : { ...request },
    error:
      error === undefined
        ? null
        : { type: error.type, message: error.message, stack: raw ? error.stack : null },
    truncated: entry.truncated,
    parsed: entry.format !== undefined,
  };
}

export function countedView({ counted, oldest }: Counted) {
  return { counted, oldest: isoOrNull(oldest) };
}

export function bucketView({ at, ...bucket }: TrendBucket) {
  return { at: iso(at), ...bucket };
}

export function patternView(pattern: PatternView, raw: boolean) {
  return {
    ...pattern,
    firstSeen: iso(pattern.firstSeen),
    lastSeen: iso(pattern.lastSeen),
    example: raw ? pattern.example : null,
    hours: pattern.hours.map(({ at, count }) => ({ at: iso(at), count })),
  };
}
