import express, { type RequestHandler } from 'express';
import { z } from 'zod';
import { HttpError } from '../../http/http-error.ts';
import { JSON_TYPES } from '../../http/json-body.ts';
import type { Route } from '../../http/route.ts';
import type { LogRouteDependencies } from './dependencies.ts';
import { intakeAnswerSchema } from './schemas.ts';

/** Bytes of a body, after inflating: some 10,000 lines. */
const BODY_LIMIT = 5 * 1024 * 1024;
/** Bodies that are in memory at once. */
const MOST_AT_ONCE = 8;
/** Seconds after which a sender who found no room may come again. */
const RETRY_AFTER = '5';

const busy = (message: string): HttpError =>
  new HttpError(429, message, { headers: { 'Retry-After': RETRY_AFTER } });

/** Lets so many requests be read at once; a slow sender holds its place no longer than the server's time-outs allow. */
function atMost(most: number): RequestHandler {
  let reading = 0;
  return (_request, response, next) => {
    if (reading >= most) throw busy('too many senders at once');
    reading++;
    response.once('close', () => reading--);
    next();
  };
}

/** `utf-8` or nothing: JSON has no other. */
const requireUtf8: RequestHandler = (request, _response, next) => {
  const charset = /;\s*charset="?([^;"\s]+)/i.exec(request.headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && !/^(?:utf-?8|us-ascii)$/i.test(charset))
    throw new HttpError(415, 'the body must be UTF-8');
  next();
};

function handler(dependencies: LogRouteDependencies): RequestHandler {
  return async (request, response) => {
    const intake = dependencies.intake();
    if (intake === undefined)
      throw new HttpError(503, 'logs are switched off: set VALTRONICS_LOGS_ENABLED=true');
    const body: unknown = request.body;
    const outcome = await intake.take(Buffer.isBuffer(body) ? body : Buffer.alloc(0));
    if (outcome === 'full') throw busy('the queue of the logs is full');
    const { accepted, rejected, rejectedTotal } = outcome;
    const isEmptyList = Buffer.isBuffer(body) && /^\s*\[\s*\]\s*$/.test(body.toString('latin1', 0, 64));
    if (accepted === 0 && !isEmptyList)
      throw new HttpError(400, 'the body has nothing that can be read as a log entry', {
        details: { rejected, rejectedTotal },
      });
    response.status(202).json({ accepted, rejected, rejectedTotal });
  };
}

/** One entry as others send it: the seed's names, or ECS, nested or dotted. */
const sentEntry = z.looseObject({
  timestamp: z
    .unknown()
    .describe('ISO 8601, or seconds or milliseconds since the epoch; the time of arrival without'),
  level: z.unknown().describe('Any usual word or number'),
  service: z.unknown().describe('Who says it'),
  message: z.unknown().describe('A text; what is none is kept as JSON'),
});

/**
 * `POST /api/v1/logs`: an object, an array, or one object a line, whichever of its media types is declared, since senders
 * differ in that; gzip as well (contract §7).
 */
export function intakeRoute(dependencies: LogRouteDependencies): Route {
  return {
    method: 'post',
    path: '/api/v1/logs',
    bodyTypes: [...JSON_TYPES, 'application/x-ndjson'],
    operation: {
      id: 'sendLogs',
      summary: 'Take log entries in',
      description:
        'One object, an array, or NDJSON; names of Elastic Common Schema (nested or dotted) and the usual ones. The same content with the same time is the same entry, however often it is sent. 400 only when nothing can be read.',
      tag: 'logs',
      body: z.union([sentEntry, z.array(sentEntry)]),
      answers: { 202: { description: 'What became of them', schema: intakeAnswerSchema } },
      errors: [400, 503],
    },
    handlers: [
      atMost(MOST_AT_ONCE),
      requireUtf8,
      express.raw({ limit: BODY_LIMIT, type: () => true }),
      handler(dependencies),
    ],
  };
}
