import { z } from 'zod';
import { messageOf } from '../../base/errors.ts';
import type { LogEntry } from '../entry.ts';
import { indexOf, toEcs } from './ecs.ts';

/** What became of one entry: the store has it, wants it again later, or will never take it. */
export type BulkOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'retry'; readonly status: number; readonly reason: string }
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string };

/** Ids and reasons alone: the rest of an answer would be as long as what was sent. */
export const BULK_PATH =
  '/_bulk?filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason,items.*.error.caused_by.reason';
export const BULK_TYPE = 'application/x-ndjson';

/**
 * Refusals of an entry whose cause is the store and not the entry: it is full, read-only, without the index, or does
 * not let us in. They pass when an operator has mended it.
 */
const PASSING = new Set(['cluster_block_exception', 'index_not_found_exception', 'security_exception']);

/** The two lines of a bulk body for the entry: made only once, since its id is always the same. */
export function bulkLines(entry: LogEntry): string {
  const action = { create: { _index: indexOf(entry), _id: entry.id } };
  return `${JSON.stringify(action)}\n${JSON.stringify(toEcs(entry))}\n`;
}

const errorSchema = z.object({
  type: z.string().default(''),
  reason: z.string().nullish(),
  caused_by: z.object({ reason: z.string().nullish() }).nullish(),
});
const itemSchema = z.object({ status: z.number(), error: errorSchema.optional() });
const answerSchema = z.object({
  errors: z.boolean(),
  items: z.array(z.object({ create: itemSchema })).optional(),
});

function outcomeOf({ status, error }: z.infer<typeof itemSchema>): BulkOutcome {
  // 409: it was there already, since the answer to an earlier attempt was lost.
  if ((status >= 200 && status < 300) || status === 409) return { kind: 'done' };
  const { type = '', reason, caused_by } = error ?? {};
  const words = [type, reason, caused_by?.reason].filter((part) => part != null && part !== '').join(': ');
  const isPassing =
    status === 429 ||
    status >= 500 ||
    PASSING.has(type) ||
    (type === 'validation_exception' && /shards/.test(words));
  return { kind: isPassing ? 'retry' : 'refused', status, reason: words };
}

/** What became of each of `count` entries. Throws Error when the answer does not say it. */
export function readBulkAnswer(text: string, count: number): BulkOutcome[] {
  let answer: z.infer<typeof answerSchema>;
  try {
    answer = answerSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`the answer has an unknown form: ${messageOf(error)}`, { cause: error });
  }
  const { errors, items } = answer;
  // VictoriaLogs lists no items.
  if (!errors) return Array.from({ length: count }, () => ({ kind: 'done' }));
  if (items?.length !== count)
    throw new Error(`the answer speaks of ${items?.length ?? 0} entries, of which ${count} were sent`);
  return items.map(({ create }) => outcomeOf(create));
}
