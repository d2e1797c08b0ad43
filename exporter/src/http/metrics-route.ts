import type { RequestHandler, Response } from 'express';
import { setTimeout as delay } from 'node:timers/promises';
import type { Writable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';
import { z } from 'zod';
import { messageOf } from '../base/errors.ts';
import type { Logger } from '../log/logger.ts';
import type { FamilyOwner } from '../metrics/family.ts';
import { EXPOSITIONS, negotiate } from '../metrics/negotiate.ts';
import { FAMILY_OWNERS, OwnerFilterError, selectOwners } from '../metrics/owner-filter.ts';
import { writeExposition } from '../metrics/scrape.ts';
import { chooseCoding, type Coding } from './accept-encoding.ts';
import type { HttpDependencies, ScrapeSource } from './dependencies.ts';
import { HttpError } from './http-error.ts';
import { requestIdOf } from './request-id.ts';
import { type Operation, type Route, searchParams } from './route.ts';
import { scrapePlaces } from './scrape-places.ts';
import { scrapeBudget } from './scrape-budget.ts';

/** Scrapes at the same time; node_exporter's default. One client alone leaves half of them to others. */
const MAX_SCRAPES = 40;
const MAX_SCRAPES_OF_ONE = 20;
/** A client that takes nothing of its answer for so long is gone, milliseconds. */
const WRITE_TIMEOUT = 10_000;

const ownerList = z.array(z.enum([...FAMILY_OWNERS]));

const OPERATION: Operation = {
  id: 'getMetrics',
  summary: 'All metrics, text 0.0.4 or OpenMetrics 1.0 by Accept, gzip by Accept-Encoding',
  description:
    'A source that fails is reported by valtronics_collector_success, never by the status of this answer.',
  tag: 'metrics',
  parameters: [
    {
      name: 'collect[]',
      in: 'query',
      schema: ownerList,
      required: false,
      description: 'Only families of these; other sources are not asked',
    },
    {
      name: 'exclude[]',
      in: 'query',
      schema: ownerList,
      required: false,
      description: 'No families of these; they are not asked',
    },
    {
      name: 'X-Prometheus-Scrape-Timeout-Seconds',
      in: 'header',
      schema: z.number().positive(),
      required: false,
      description: 'Scrape timeout; the answer waits for the sources half a second less (default 10)',
    },
  ],
  answers: { 200: { description: 'The exposition', contentType: 'text/plain' } },
  errors: [400, 406, 503],
};

/** Waits for the collection, but no longer than the budget, and whatever becomes of it. */
async function collectWithin(
  source: ScrapeSource,
  budget: number,
  owners: ReadonlySet<FamilyOwner>,
  logger: Logger,
): Promise<void> {
  const timer = new AbortController();
  const collection = source.collect(budget, owners).catch((error: unknown) => {
    logger.error({ error: messageOf(error) }, 'collection failed; the scrape shows the last values');
  });
  await Promise.race([
    collection,
    delay(budget, undefined, { signal: timer.signal, ref: false }).catch(() => undefined),
  ]);
  timer.abort();
}

/** The stream to write to: the response, or a gzip stream in front of it that works off the event loop. */
function sinkOf(response: Response, coding: Exclude<Coding, undefined>): Writable {
  if (coding === 'identity') return response;
  response.set('Content-Encoding', 'gzip');
  const gzip = createGzip({ level: constants.Z_BEST_SPEED });
  gzip.pipe(response);
  response.once('close', () => gzip.destroy());
  return gzip;
}

/** The owners that the query asks for; an unknown one is a 400 that lists those there are. */
function wantedOwners(params: URLSearchParams): ReadonlySet<FamilyOwner> {
  try {
    return selectOwners(params.getAll('collect[]'), params.getAll('exclude[]'));
  } catch (error) {
    if (!(error instanceof OwnerFilterError)) throw error;
    throw new HttpError(400, error.message, { details: { allowed: FAMILY_OWNERS } });
  }
}

type Dependencies = Pick<
  HttpDependencies,
  'source' | 'metrics' | 'isLeftOut' | 'now' | 'logger' | 'tracer'
> & { readonly fleet: Pick<HttpDependencies['fleet'], 'refresh' | 'series'> };

/** `GET /metrics`: contract §2. */
export function metricsRoute(
  { source, metrics, fleet, isLeftOut, now, logger, tracer }: Dependencies,
  writeTimeout = WRITE_TIMEOUT,
): Route {
  const places = scrapePlaces({
    total: MAX_SCRAPES,
    perClient: MAX_SCRAPES_OF_ONE,
    now: () => performance.now(),
  });
  const handler: RequestHandler = async (request, response) => {
    const owners = wantedOwners(searchParams(request));
    const coding = chooseCoding(request.get('accept-encoding'));
    response.vary('Accept').vary('Accept-Encoding');
    if (coding === undefined) throw new HttpError(406, 'this answer comes as gzip or identity only');
    const format = negotiate(request.get('accept'));
    response.set('Content-Type', EXPOSITIONS[format].contentType);
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const budget = scrapeBudget(request.get('x-prometheus-scrape-timeout-seconds'));
    await collectWithin(source, budget, owners, logger);
    fleet.refresh(now());
    const parts = { families: await metrics.snapshot(), stores: fleet.series };
    const { signal } = gone;
    if (signal.aborted) return;
    response.setTimeout(writeTimeout, () => response.destroy());
    const sink = sinkOf(response, coding);
    try {
      const { complete } = await tracer().span('write exposition', {}, () =>
        writeExposition(sink, parts, format, { owners, isLeftOut, signal }),
      );
      if (complete) sink.end();
    } catch (error) {
      logger.error({ requestId: requestIdOf(request), error: messageOf(error) }, 'exposition not written');
      // Half an exposition must not look like a whole one: the connection breaks instead.
      response.destroy();
    }
  };
  return {
    method: 'get',
    path: '/metrics',
    operation: OPERATION,
    handlers: [places, handler],
  };
}
