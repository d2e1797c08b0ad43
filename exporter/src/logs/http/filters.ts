import { z } from 'zod';
import type { LineFilter } from '../aggregate/line-filter.ts';
import { LOG_LEVELS, type LogLevel } from '../entry.ts';
import { logCategorySchema } from './schemas.ts';

const text = (most = 256) => z.string().max(most);
const moment = () => z.iso.datetime({ offset: true });

/** Values with commas between. */
const list = () => z.string().max(4096);
const partsOf = (text: string): string[] => [...new Set(text.split(',').filter((part) => part !== ''))];

function levelsOf(text: string): LogLevel[] {
  const words = partsOf(text.toUpperCase());
  return LOG_LEVELS.filter((level) => words.includes(level));
}

/** The moment of a parameter, milliseconds since the epoch. */
export const timeOf = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text));

/** Query parameters that narrow lines, patterns and trends alike (contract §7). */
export const filterParameters = {
  q: text(1024).optional().describe('Part of the message or of the raw text, in any case'),
  service: list().optional().describe('Only these services, with commas between'),
  level: list()
    .refine(
      (value) => levelsOf(value).length === partsOf(value).length,
      `must be of ${LOG_LEVELS.join(', ')}, with commas between`,
    )
    .optional()
    .describe('Only these levels, with commas between'),
  category: logCategorySchema.optional().describe('Only this category'),
  device: text().optional().describe('Only lines about this device'),
  trace: text(64).optional().describe('Only lines of this trace'),
  correlation: text().optional().describe('Only lines with this correlation id'),
  pattern: text(64).optional().describe('Only lines that follow the pattern of this id'),
  exclude: list().optional().describe('Without lines that follow these patterns, with commas between'),
  from: moment().optional().describe('Only lines of this time or later'),
  to: moment().optional().describe('Only lines before this time'),
};

/** The parameters as they were given. */
type Given = { readonly [name in keyof typeof filterParameters]?: z.output<(typeof filterParameters)[name]> };

/** The filter of the parameters; without `raw`, the text is looked for in messages alone. */
export function filterOf(given: Given, raw: boolean): LineFilter {
  return {
    text: given.q,
    messagesOnly: !raw,
    services: given.service === undefined ? undefined : partsOf(given.service),
    levels: given.level === undefined ? undefined : levelsOf(given.level),
    category: given.category,
    deviceId: given.device,
    traceId: given.trace?.toLowerCase(),
    correlationId: given.correlation,
    pattern: given.pattern,
    hiddenPatterns: given.exclude === undefined ? undefined : partsOf(given.exclude),
    from: timeOf(given.from),
    to: timeOf(given.to),
  };
}

/** A whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .pipe(z.int().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`));
}

/** `hours` of the seed's answers: what is kept is a week. */
export const hoursParameter = wholeNumber(1, 168).default(24).describe('Hours back from now');
