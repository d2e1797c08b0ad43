import { z } from 'zod';
import type { LineFilter } from '../aggregate/line-filter.ts';
import type { LogEntry } from '../entry.ts';
import { fromEcs } from './ecs.ts';
import { INDEX_PATTERN } from './setup/index-template.ts';
import { readAnswer } from './store-answer.ts';
import type { StoreClient } from './store-client.ts';

export interface StoreSearch {
  readonly filter: LineFilter;
  /** All ids that mean the pattern of the filter. */
  readonly patternIds: readonly string[];
  readonly limit: number;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

/** A page of entries, newest first. */
export interface StorePage {
  readonly items: readonly LogEntry[];
  /** Where the next page begins; null on the last one. */
  readonly nextCursor: string | null;
}

const PATH = `/${INDEX_PATTERN}/_search?ignore_unavailable=true&allow_no_indices=true`;
/** Time first; lines of one moment by their place in the file; then by id, so that the order is always the same. */
const SORT = [
  { '@timestamp': { order: 'desc', unmapped_type: 'date' } },
  { 'log.offset': { order: 'desc', unmapped_type: 'long', missing: -1 } },
  { 'event.id': { order: 'desc', unmapped_type: 'keyword', missing: '_last' } },
];
const place = z.tuple([z.number(), z.number(), z.string().nullable()]);
const answerSchema = z.object({
  hits: z.object({
    hits: z.array(
      z.object({ _id: z.string(), _source: z.record(z.string(), z.unknown()), sort: place.optional() }),
    ),
  }),
});

/** Words in their order, the last of which may be the beginning of so many others. */
const TEXT = { type: 'phrase_prefix', fields: ['message', 'error.message'], max_expansions: 1000 };

/** A place as text that goes into a URL as it is. */
const encodePlace = (values: z.infer<typeof place>): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

/** Whether a text is a cursor of such a search: one that came from the buffer is none. */
export function isStoreCursor(text: string): boolean {
  return decodePlace(text) !== undefined;
}

function decodePlace(text: string): z.infer<typeof place> | undefined {
  try {
    return place.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))).data;
  } catch {
    // No JSON: the text is a cursor of something else.
    return undefined;
  }
}

/** The filter as a query. Text is found by its words, the last of which may be the beginning of one. */
export function storeQuery(filter: LineFilter, patternIds: readonly string[]): object {
  const { text, services, levels, category, deviceId, traceId, correlationId, pattern, from, to } = filter;
  const { hiddenPatterns } = filter;
  const term = (field: string, value: string | undefined): object[] =>
    value === undefined ? [] : [{ term: { [field]: value } }];
  const terms = (field: string, values: readonly string[] | undefined): object[] =>
    values === undefined ? [] : [{ terms: { [field]: values } }];
  const isBounded = from !== undefined || to !== undefined;
  return {
    bool: {
      filter: [
        ...(isBounded ? [{ range: { '@timestamp': { gte: from, lt: to, format: 'epoch_millis' } } }] : []),
        ...terms('service.name', services),
        ...terms('labels.level', levels),
        ...term('labels.category', category),
        ...term('labels.device_id', deviceId),
        ...term('trace.id', traceId),
        ...term('http.request.id', correlationId),
        ...terms('labels.pattern', pattern === undefined ? undefined : patternIds),
        ...(text === undefined ? [] : [{ multi_match: { ...TEXT, query: text } }]),
      ],
      must_not: terms('labels.pattern', hiddenPatterns),
    },
  };
}

async function hitsOf(client: StoreClient, body: object, signal: AbortSignal) {
  const answer = await client.request({ method: 'POST', path: PATH, body: JSON.stringify(body), signal });
  return readAnswer(client, answer, answerSchema, 'a search').hits.hits;
}

/**
 * Searches the store. A cursor that is none begins with the newest. Rejects with StoreUnreachableError, also where the
 * store refuses.
 */
export async function searchStore(
  client: StoreClient,
  { filter, patternIds, limit, cursor }: StoreSearch,
  signal: AbortSignal,
): Promise<StorePage> {
  const after = cursor === undefined ? undefined : decodePlace(cursor);
  const query = storeQuery(filter, patternIds);
  const body = { size: limit + 1, track_total_hits: false, query, sort: SORT, search_after: after };
  const hits = await hitsOf(client, body, signal);
  const page = hits.slice(0, limit);
  const last = page.at(-1)?.sort;
  return {
    items: page.map(({ _id, _source }) => fromEcs(_id, _source)),
    nextCursor: hits.length <= limit || last === undefined ? null : encodePlace(last),
  };
}

/** The entry of that id; undefined when the store has none. Rejects with StoreUnreachableError. */
export async function findInStore(
  client: StoreClient,
  id: string,
  signal: AbortSignal,
): Promise<LogEntry | undefined> {
  const [hit] = await hitsOf(client, { size: 1, query: { ids: { values: [id] } } }, signal);
  return hit === undefined ? undefined : fromEcs(hit._id, hit._source);
}

/** When the oldest entry of the store was written, milliseconds since the epoch; undefined when it has none. */
export async function oldestInStore(client: StoreClient, signal: AbortSignal): Promise<number | undefined> {
  const sort = [{ '@timestamp': { order: 'asc', unmapped_type: 'date' } }];
  const [hit] = await hitsOf(
    client,
    { size: 1, track_total_hits: false, sort: [...sort, ...SORT.slice(1)] },
    signal,
  );
  return hit?.sort?.[0];
}
