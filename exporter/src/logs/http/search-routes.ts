import { z } from 'zod';
import { limitParameter } from '../../http/api/device-routes.ts';
import { HttpError } from '../../http/http-error.ts';
import { jsonRoute, NO_BODY, NO_PARAMETERS } from '../../http/json-route.ts';
import type { Route } from '../../http/route.ts';
import { messageOf } from '../../base/errors.ts';
import type { Answers } from '../aggregate/answers.ts';
import { decodePlace } from '../aggregate/cursor.ts';
import type { LineFilter } from '../aggregate/line-filter.ts';
import type { LogRouteDependencies } from './dependencies.ts';
import { filterOf, filterParameters, wholeNumber } from './filters.ts';
import { maySeeRaw } from './raw-access.ts';
import { lineDetailsSchema, linePageSchema } from './schemas.ts';
import { isoOrNull, lineView } from './view.ts';

const cursor = () => z.string().max(2048);
const place = (what: string) =>
  cursor().refine((text) => decodePlace(text) !== undefined, `must be the ${what} of an answer before`);

const searchQuery = z.strictObject({
  ...filterParameters,
  limit: limitParameter,
  cursor: cursor().optional().describe('nextCursor of the page before'),
  after: place('tailCursor')
    .optional()
    .describe('tailCursor of an answer before: lines that came since then, in the order of arrival'),
});

/** What the lines say, or a 503 while logs are switched off. */
export function answersOf({ answers }: LogRouteDependencies): Answers {
  const found = answers();
  if (found === undefined)
    throw new HttpError(503, 'logs are switched off: set VALTRONICS_LOGS_ENABLED=true');
  return found;
}

/** A page as it was found, before it is shown. */
interface Found extends ReturnType<Answers['search']> {
  readonly source: 'elasticsearch' | 'buffer';
  readonly oldest: number | null;
  readonly problem: string | null;
}

function fromBuffer(answers: Answers, filter: LineFilter, limit: number, from?: string): Found {
  if (from !== undefined && decodePlace(from) === undefined)
    throw new HttpError(400, 'bad query: cursor: must be the nextCursor of the page before');
  const page = answers.search(filter, limit, from);
  return { ...page, source: 'buffer', oldest: answers.oldest(), problem: null };
}

/** Lines of the store where there is one, else, and when it fails, of the buffer. */
async function search(
  dependencies: LogRouteDependencies,
  filter: LineFilter,
  limit: number,
  from?: string,
): Promise<Found> {
  const answers = answersOf(dependencies);
  const store = dependencies.store?.();
  const isOfBuffer = from !== undefined && decodePlace(from) !== undefined;
  if (store === undefined || isOfBuffer) return fromBuffer(answers, filter, limit, from);
  try {
    const [page, oldest] = await Promise.all([store.search(filter, limit, from), store.oldest()]);
    const { tailCursor } = answers.search({}, 0);
    return { ...page, tailCursor, source: 'elasticsearch', oldest, problem: null };
  } catch (error) {
    // The next page of the store cannot come from the buffer.
    if (from !== undefined) throw new HttpError(503, messageOf(error));
    return { ...fromBuffer(answers, filter, limit), problem: messageOf(error) };
  }
}

function searchRoute(dependencies: LogRouteDependencies): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/logs/search',
    operation: {
      id: 'searchLogs',
      summary: 'Lines, newest first; with after, those that came since',
      description: 'From the log store where one is configured, else from the buffer: source says which.',
      tag: 'logs',
      errors: [503],
    },
    params: NO_PARAMETERS,
    query: searchQuery,
    body: NO_BODY,
    answer: { description: 'A page of lines', schema: linePageSchema },
    handle: async ({ query, request }) => {
      const { limit, cursor: from, after, ...given } = query;
      const raw = maySeeRaw(dependencies, request);
      const filter = filterOf(given, raw);
      if (after === undefined) {
        const { items, oldest, ...page } = await search(dependencies, filter, limit, from);
        return {
          ...page,
          items: items.map((one) => lineView(one, raw)),
          oldest: isoOrNull(oldest),
          missed: 0,
        };
      }
      const answers = answersOf(dependencies);
      const { items, tailCursor, missed } = answers.newer(filter, limit, after);
      return {
        ...{ items: items.map((one) => lineView(one, raw)), nextCursor: null, tailCursor, missed },
        ...{ source: 'buffer' as const, oldest: isoOrNull(answers.oldest()), problem: null },
      };
    },
  });
}

function recentRoute(dependencies: LogRouteDependencies): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/logs/recent',
    operation: {
      id: 'listRecentLogs',
      summary: 'The newest lines of the buffer',
      tag: 'logs',
      errors: [503],
    },
    params: NO_PARAMETERS,
    query: z.strictObject({ ...filterParameters, limit: limitParameter }),
    body: NO_BODY,
    answer: { description: 'The newest lines', schema: linePageSchema },
    handle: ({ query: { limit, ...given }, request }) => {
      const raw = maySeeRaw(dependencies, request);
      const { items, oldest, ...page } = fromBuffer(answersOf(dependencies), filterOf(given, raw), limit);
      return { ...page, items: items.map((one) => lineView(one, raw)), oldest: isoOrNull(oldest), missed: 0 };
    },
  });
}

const around = () => wholeNumber(0, 500).default(0);

function findRoute(dependencies: LogRouteDependencies): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/logs/{id}',
    operation: {
      id: 'getLogLine',
      summary: 'One line, with what stands around it',
      tag: 'logs',
      errors: [400, 404, 503],
    },
    params: z.strictObject({
      id: z
        .string()
        .regex(/^[\w-]{1,64}$/, 'must be letters, digits, hyphens and underscores')
        .describe('Id of the line'),
    }),
    query: z.strictObject({
      before: around().describe('Lines before it in its file, or, without a file, of its service'),
      after: around().describe('Lines after it, likewise'),
    }),
    body: NO_BODY,
    answer: { description: 'The line', schema: lineDetailsSchema },
    handle: async ({ params: { id }, query, request }) => {
      const raw = maySeeRaw(dependencies, request);
      const view = (entry: Parameters<typeof lineView>[0]) => lineView(entry, raw);
      const context = answersOf(dependencies).context(id, query.before, query.after);
      if (context !== undefined) {
        const { before, line, after } = context;
        return { ...view(line), before: before.map(view), after: after.map(view) };
      }
      const stored = await dependencies.store?.()?.find(id);
      if (stored === undefined)
        throw new HttpError(404, `there is no line ${id}: it was never there, or is kept no more`);
      return { ...view(stored), before: [], after: [] };
    },
  });
}

/** Routes that give lines. The one with an id takes any path, so that it comes last. */
export function logSearchRoutes(dependencies: LogRouteDependencies): Route[] {
  return [searchRoute(dependencies), recentRoute(dependencies), findRoute(dependencies)];
}
