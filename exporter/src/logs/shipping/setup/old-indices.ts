import { z } from 'zod';
import { readAnswer } from '../store-answer.ts';
import { type StoreClient, StoreUnreachableError } from '../store-client.ts';
import { INDEX_PATTERN } from './index-template.ts';

const DAY = 86_400_000;
const NAME = /^valtronics-logs-(\d{4})\.(\d\d)\.(\d\d)$/;
const indicesSchema = z.array(z.object({ index: z.string() }));

/** The day of a daily index, as the time of its begin; undefined for another name. */
function dayOf(index: string): number | undefined {
  const [, year, month, day] = NAME.exec(index) ?? [];
  return year === undefined ? undefined : Date.UTC(Number(year), Number(month) - 1, Number(day));
}

/**
 * The indices whose day ended more than so many days before the end of the newest day that there is, or before `now`
 * where that is earlier: a clock that is years ahead deletes nothing.
 */
export function expiredIndices(indices: readonly string[], days: number, now: number): string[] {
  const dated = indices.flatMap((index) => {
    const day = dayOf(index);
    return day === undefined ? [] : [{ index, end: day + DAY }];
  });
  const newest = Math.max(...dated.map(({ end }) => end));
  const limit = Math.min(now, newest) - days * DAY;
  return dated.filter(({ end }) => end <= limit).map(({ index }) => index);
}

/** Deletes expired daily indices; resolves with their names. Rejects with StoreUnreachableError. */
export async function deleteOldIndices(
  client: StoreClient,
  days: number,
  now: number,
  signal: AbortSignal,
): Promise<string[]> {
  const path = `/_cat/indices/${INDEX_PATTERN}?format=json&h=index`;
  const listed = await client.request({ method: 'GET', path, signal });
  const indices = readAnswer(client, listed, indicesSchema, 'a question for its indices');
  const deleted: string[] = [];
  for (const index of expiredIndices(
    indices.map((one) => one.index),
    days,
    now,
  )) {
    const answer = await client.request({ method: 'DELETE', path: `/${index}`, signal });
    if (answer.status >= 300 && answer.status !== 404)
      throw new StoreUnreachableError(
        `the log store at ${client.place} answers ${answer.status} to the deletion of ${index}`,
        'answer',
      );
    deleted.push(index);
  }
  return deleted;
}
