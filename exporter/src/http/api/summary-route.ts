import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as yieldToLoop } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import type { FamilySnapshot } from '../../metrics/family.ts';
import type { SeriesStore } from '../../metrics/series.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { HttpError } from '../http-error.ts';
import type { Route } from '../route.ts';
import { jsonValue, parseSampleLine } from './sample-line.ts';
import { summarySchema } from './schemas.ts';

/** Summaries at the same time: each may be many megabytes. */
const MAX_SUMMARIES = 4;

/** Answers 503 while `limit` requests of this kind are under way, so that a pile-up cannot grow. */
function concurrencyLimit(limit: number): RequestHandler {
  let active = 0;
  return (_request, response, next) => {
    if (active >= limit) {
      throw new HttpError(503, `${limit} requests of this kind are under way already`, {
        headers: { 'Retry-After': '1' },
      });
    }
    active += 1;
    response.once('close', () => (active -= 1));
    next();
  };
}

/** The family's entries of the document: one key a sample name, as the seed's `sample.name`. */
export function familyEntries(family: FamilySnapshot): string {
  const byName = Map.groupBy(family.samples, (sample) => family.name + (sample.suffix ?? ''));
  const entries = [...byName].map(([name, samples]) => {
    const values = samples.map(({ labels, value }) => ({ labels, value: jsonValue(value) }));
    return `${JSON.stringify(name)}:${JSON.stringify(values)}`;
  });
  return entries.join(',');
}

/** The store's series as the elements of a JSON list, piece by piece; each piece but the first begins with a comma. */
export function* seriesElements(store: SeriesStore): IterableIterator<string> {
  let separator = '';
  for (const chunk of store.chunks()) {
    let text = '';
    for (const line of Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      .toString('utf8')
      .split('\n')) {
      if (line === '') continue;
      text += separator + JSON.stringify(parseSampleLine(line));
      separator = ',';
    }
    yield text;
  }
}

/** The whole document in pieces; gives the event loop a turn after each. */
export async function* summaryPieces(
  families: readonly FamilySnapshot[],
  stores: readonly SeriesStore[],
): AsyncGenerator<string> {
  let separator = '{';
  for (const family of families) {
    const entries = familyEntries(family);
    if (entries === '') continue;
    yield separator + entries;
    separator = ',';
  }
  for (const store of stores.filter(({ size }) => size > 0)) {
    yield `${separator}${JSON.stringify(store.family.name)}:[`;
    separator = ',';
    for (const piece of seriesElements(store)) {
      yield piece;
      await yieldToLoop();
    }
    yield ']';
  }
  yield separator === '{' ? '{}' : '}';
}

/** `GET /api/v1/summary`: the seed's `get_metrics_summary` (guide, "metrics exporter"), streamed. */
export function summaryRoute(dependencies: Pick<HttpDependencies, 'metrics' | 'fleet' | 'now'>): Route {
  const { metrics, fleet, now } = dependencies;
  const handler: RequestHandler = async (request, response) => {
    response.type('json');
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    fleet.refresh(now());
    const pieces = summaryPieces(await metrics.snapshot(), fleet.series);
    try {
      await pipeline(Readable.from(pieces), response);
    } catch (error) {
      // The client went away: nothing is left to answer.
      if (!response.destroyed) throw error;
    }
  };
  return {
    method: 'get',
    path: '/api/v1/summary',
    operation: {
      id: 'getMetricsSummary',
      summary: 'All samples by metric name, without a new collection',
      tag: 'metrics',
      answers: { 200: { description: 'All samples', schema: summarySchema } },
      errors: [503],
    },
    handlers: [concurrencyLimit(MAX_SUMMARIES), handler],
  };
}
