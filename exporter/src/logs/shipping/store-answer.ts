import type { z } from 'zod';
import { messageOf } from '../../base/errors.ts';
import { type StoreAnswer, type StoreClient, StoreUnreachableError } from './store-client.ts';

/** Most of an answer that is shown to people. */
const EXCERPT = 200;

/** The store's own words, cut, on one line. */
export function excerptOf({ text }: Pick<StoreAnswer, 'text'>): string {
  return text.slice(0, EXCERPT).replaceAll(/\s+/g, ' ').trim();
}

/**
 * The answer of a success as JSON of the schema. Throws StoreUnreachableError for any other; `asked` says in words to
 * what it is the answer, e.g. `a search`.
 */
export function readAnswer<T extends z.ZodType>(
  client: Pick<StoreClient, 'place'>,
  answer: StoreAnswer,
  schema: T,
  asked: string,
): z.output<T> {
  try {
    if (answer.status !== 200) throw new Error(excerptOf(answer));
    return schema.parse(JSON.parse(answer.text));
  } catch (error) {
    throw new StoreUnreachableError(
      `the log store at ${client.place} answers ${asked} with ${answer.status}: ${messageOf(error)}`,
      'answer',
      error,
    );
  }
}
