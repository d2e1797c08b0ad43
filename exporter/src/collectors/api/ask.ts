import type { z } from 'zod';
import { withDeadline } from '../../base/deadline.ts';
import { API_PROBE_DURATION } from '../../metrics/catalogue/platform.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import type { CollectContext } from '../collector.ts';
import { NoTimeLeft } from '../part.ts';
import { errorCode } from '../../base/errors.ts';
import { clientRequest } from '../../trace/client-request.ts';
import type { Span, Tracer } from '../../trace/tracer.ts';
import type { ApiAddress } from './address.ts';
import type { Endpoint } from './endpoints.ts';
import { exchangeError, jsonOf, shapeError } from './errors.ts';
import type { HttpGet, HttpResponse } from './http-get.ts';

/** One GET of an endpoint, parsed. Rejects with ApiError, or with NoTimeLeft when it was not even sent. */
export type Ask = <T>(endpoint: Endpoint, query: string, schema: z.ZodType<T>) => Promise<T>;

/** Time kept back for parsing and for the way home of the results, milliseconds. */
const MARGIN = 200;
/** Less than this is not worth a request, milliseconds. */
const LEAST = 50;

/** Requests that never reached a server say nothing of its speed. */
const UNSENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

export interface AskOptions {
  readonly http: HttpGet;
  readonly metrics: Metrics;
  readonly address: ApiAddress;
  /** Longest time of one request, milliseconds; less where the attempt ends earlier. */
  readonly requestTimeout: number;
  readonly tracer: Tracer;
}

/**
 * Asks within one attempt, serially. Every request that was sent is observed in
 * `valtronics_api_probe_duration_seconds`, those that time out with the time they took.
 */
export function createAsk(options: AskOptions, context: CollectContext): Ask {
  const { http, metrics, address, tracer } = options;
  const { target } = address;

  function observe(endpoint: Endpoint, start: number, span: Span): void {
    const durations = metrics.histogram(API_PROBE_DURATION, { endpoint });
    const seconds = (performance.now() - start) / 1000;
    durations.observe(seconds);
    span.exemplar(durations, seconds);
  }

  async function exchange(endpoint: Endpoint, path: string, timeout: number): Promise<HttpResponse> {
    const start = performance.now();
    const request = { method: 'GET', url: address.resolve(path), template: endpoint };
    return clientRequest(tracer, request, (headers, span) =>
      withDeadline(context.signal, timeout, async (signal) => {
        try {
          const response = await http.get(path, signal, headers);
          observe(endpoint, start, span);
          return response;
        } catch (error) {
          if (!UNSENT.has(errorCode(error) ?? '')) observe(endpoint, start, span);
          const isLate = signal.aborted && !context.signal.aborted;
          throw exchangeError(path, target, error, isLate ? timeout : undefined);
        }
      }),
    );
  }

  return async (endpoint, query, schema) => {
    context.signal.throwIfAborted();
    const left = context.left() - MARGIN;
    if (left < LEAST) throw new NoTimeLeft(`no time left for GET ${endpoint}`);
    const path = query.startsWith('/') ? query : `${endpoint}${query}`;
    const response = await exchange(endpoint, path, Math.min(options.requestTimeout, left));
    const parsed = schema.safeParse(jsonOf(path, response));
    if (!parsed.success) throw shapeError(path, parsed.error);
    return parsed.data;
  };
}
