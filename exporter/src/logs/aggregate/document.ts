import { z } from 'zod';
import { LOG_LEVELS } from '../entry.ts';
import { ERROR_CLASSES, type ErrorClass, errorClassOf } from './error-class.ts';
import { createHourCounts, type HourCounts, hourOf, type HourRow, HOURS_KEPT } from './hour-counts.ts';
import type { Pattern } from './pattern.ts';
import type { ServiceCounts } from './services.ts';

/** Patterns that are kept over a restart: those that were used last. */
const MOST_PATTERNS = 2000;

const count = z.int().min(0);
const moment = z.number();
/** An hour, counted from the epoch, and its counts. */
const hours = z
  .array(z.tuple([z.int()], count))
  .transform((rows): HourRow[] => rows.map(([hour, ...counts]) => ({ hour, counts })));

const serviceSchema = z.object({ name: z.string(), since: moment, totals: z.array(count), hours });

const patternSchema = z.object({
  service: z.string(),
  level: z.enum(LOG_LEVELS),
  words: z.array(z.string()),
  gaps: z.array(z.string()),
  id: z.string(),
  formerIds: z.array(z.string()),
  class: z.enum(ERROR_CLASSES).nullable(),
  example: z.string(),
  count,
  firstSeen: moment,
  lastSeen: moment,
  hours,
});

/** What the aggregate keeps over a restart. */
export const logDocumentSchema = z.object({
  version: z.literal(1),
  savedAt: moment,
  services: z.array(serviceSchema),
  classes: z.object({ hours }),
  patterns: z.array(patternSchema),
});

/** What was read of an earlier run. */
export type LogDocument = z.output<typeof logDocumentSchema>;
/** What is written. */
export type WrittenLogDocument = z.input<typeof logDocumentSchema>;

const rowsOf = (counts: HourCounts): [number, ...number[]][] =>
  counts.rows(-Infinity, Infinity).map(({ hour, counts: row }) => [hour, ...row]);

export interface DocumentSources {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly services: readonly ServiceCounts[];
  readonly classes: HourCounts;
  readonly patterns: Iterable<Pattern>;
}

export function toDocument({ now, services, classes, patterns }: DocumentSources): WrittenLogDocument {
  const kept = [...patterns].sort((a, b) => a.usedAt - b.usedAt).slice(-MOST_PATTERNS);
  return {
    version: 1,
    savedAt: now,
    // A service that was silent for as long as counts are kept gives its place to others.
    services: services
      .filter(({ hours: counts }) => counts.rows(hourOf(now) - HOURS_KEPT, Infinity).length > 0)
      .map(({ name, since, totals, hours: counts }) => ({
        ...{ name, since, totals: [...totals], hours: rowsOf(counts) },
      })),
    classes: { hours: rowsOf(classes) },
    patterns: kept.map(({ errorClass, hours: counts, words, gaps, formerIds, ...pattern }) => ({
      ...{ service: pattern.service, level: pattern.level, id: pattern.id, example: pattern.example },
      ...{ count: pattern.count, firstSeen: pattern.firstSeen, lastSeen: pattern.lastSeen },
      ...{ words: [...words], gaps: [...gaps], formerIds: [...formerIds] },
      ...{ class: errorClass, hours: rowsOf(counts) },
    })),
  };
}

/**
 * What an error is about by the words of today; what came of the program that wrote it stays, as a document does not say
 * which that was.
 */
function classOf(stored: ErrorClass | null, example: string): ErrorClass | null {
  if (stored === null) return null;
  const found = errorClassOf(example, '');
  return found === 'other' ? stored : found;
}

/** The patterns of a document, those that were used last at the end. */
export function patternsOf({ patterns }: LogDocument): Pattern[] {
  return patterns.map(({ class: stored, hours: rows, ...pattern }) => ({
    ...pattern,
    ...{
      errorClass: classOf(stored, pattern.example),
      hours: createHourCounts(1, rows),
      usedAt: 0,
      gone: false,
    },
  }));
}
