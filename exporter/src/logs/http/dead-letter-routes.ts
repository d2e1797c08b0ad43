import { z } from 'zod';
import { messageOf } from '../../base/errors.ts';
import { limitParameter } from '../../http/api/device-routes.ts';
import { named, time } from '../../http/api/schemas.ts';
import { HttpError } from '../../http/http-error.ts';
import { jsonRoute, NO_BODY, NO_PARAMETERS } from '../../http/json-route.ts';
import type { Route } from '../../http/route.ts';
import { StoreError } from '../../state/sqlite/errors.ts';
import type { KeptDeadLetter } from '../journal/dead-letters.ts';
import type { LogRouteDependencies } from './dependencies.ts';
import { maySeeRaw } from './raw-access.ts';
import { lineSchema } from './schemas.ts';
import { iso, lineView } from './view.ts';

/** Dead letters that are retried at once. */
const MOST_AT_ONCE = 1000;

const letterSchema = named(
  'LogDeadLetter',
  'A line that the log store refused for good; it is tried no more until somebody retries it.',
  z.strictObject({
    id: z.int(),
    at: time().describe('When it was refused'),
    status: z.int().describe('Status that the store gave it'),
    reason: z.string().describe('The store’s words'),
    line: lineSchema,
  }),
);

const letterPageSchema = named(
  'LogDeadLetters',
  'A page of dead letters, newest first.',
  z.strictObject({
    items: z.array(letterSchema).readonly(),
    nextCursor: z.string().nullable().describe('Where the next page begins; null on the last one'),
  }),
);

/** What the queue keeps of them, or a 503 while logs are switched off or the disk does not answer. */
function withLetters<T>(
  { deadLetters }: LogRouteDependencies,
  work: (letters: NonNullable<ReturnType<NonNullable<typeof deadLetters>>>) => T,
): T {
  const letters = deadLetters?.();
  if (letters === undefined)
    throw new HttpError(503, 'logs are switched off: set VALTRONICS_LOGS_ENABLED=true');
  try {
    return work(letters);
  } catch (error) {
    if (error instanceof StoreError) throw new HttpError(503, messageOf(error));
    throw error;
  }
}

function letterView({ id, at, status, reason, entry }: KeptDeadLetter, raw: boolean) {
  return { id, at: iso(at), status, reason, line: lineView(entry, raw) };
}

function listRoute(dependencies: LogRouteDependencies): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/logs/dead-letters',
    operation: {
      id: 'listLogDeadLetters',
      summary: 'Lines that the log store refused for good, with its reason',
      tag: 'logs',
      errors: [503],
    },
    params: NO_PARAMETERS,
    query: z.strictObject({
      limit: limitParameter,
      cursor: z
        .string()
        .regex(/^\d{1,15}$/, 'must be the nextCursor of the page before')
        .optional()
        .describe('nextCursor of the page before'),
    }),
    body: NO_BODY,
    answer: { description: 'A page of them', schema: letterPageSchema },
    handle: ({ query: { limit, cursor }, request }) => {
      const before = cursor === undefined ? undefined : Number(cursor);
      const found = withLetters(dependencies, (letters) => letters.deadLetters(limit + 1, before));
      const raw = maySeeRaw(dependencies, request);
      const page = found.slice(0, limit);
      const last = page.at(-1);
      return {
        items: page.map((letter) => letterView(letter, raw)),
        nextCursor: found.length <= limit || last === undefined ? null : String(last.id),
      };
    },
  });
}

function retryRoute(dependencies: LogRouteDependencies): Route {
  return jsonRoute({
    method: 'post',
    path: '/api/v1/logs/dead-letters/retry',
    operation: {
      id: 'retryLogDeadLetters',
      summary: 'Send lines again that the log store refused',
      tag: 'logs',
      errors: [400, 422, 503],
    },
    params: NO_PARAMETERS,
    query: NO_PARAMETERS,
    body: z.strictObject({ ids: z.array(z.int()).min(1).max(MOST_AT_ONCE) }),
    answer: {
      description: 'How many of them wait to be sent again',
      schema: z.strictObject({ retried: z.int() }),
    },
    handle: ({ body }) => ({
      retried: withLetters(dependencies, (letters) => letters.retryDeadLetters(body.ids)),
    }),
  });
}

/** What the log store refused for good, to be looked at and tried again. */
export function deadLetterRoutes(dependencies: LogRouteDependencies): Route[] {
  return [listRoute(dependencies), retryRoute(dependencies)];
}
