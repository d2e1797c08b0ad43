import type { Request } from 'express';
import { z } from 'zod';
import { messageOf } from '../../base/errors.ts';
import { limitParameter } from '../../http/api/device-routes.ts';
import { HttpError } from '../../http/http-error.ts';
import { jsonRoute, NO_BODY, NO_PARAMETERS } from '../../http/json-route.ts';
import type { Route } from '../../http/route.ts';
import type { FoundTrace, TraceAnswers } from '../answers.ts';
import type { TraceSummary } from '../store/trace-summary.ts';
import type { TraceRouteDependencies } from './dependencies.ts';
import { jaegerAnswerSchema, serviceMapSchema, tracePageSchema, traceServicesSchema } from './schemas.ts';

const SWITCHED_OFF =
  'tracing is switched off: set VALTRONICS_TRACES_BUFFER to keep traces in memory, or VALTRONICS_JAEGER_URL to ask a Jaeger';

const iso = (at: number): string => new Date(at).toISOString();
const text = () => z.string().max(256);
const moment = () => z.iso.datetime({ offset: true });
const timeOf = (given: string | undefined) => (given === undefined ? undefined : Date.parse(given));

const searchQuery = z.strictObject({
  service: text().optional().describe('Only traces that this service has a span in'),
  operation: text().optional().describe('Only traces with a span of this name'),
  minDurationMs: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,6})?$/, 'must be milliseconds, such as 250')
    .transform(Number)
    .pipe(z.number())
    .optional()
    .describe('Only traces that took so many milliseconds or more'),
  errors: z.enum(['true', 'false']).optional().describe('true: only traces in which something failed'),
  device: text().optional().describe('Only traces about this device'),
  correlation: text().optional().describe('Only traces of the request with this X-Request-ID'),
  from: moment().optional().describe('Only traces that begin at this time or later'),
  to: moment().optional().describe('Only traces that begin before this time'),
  limit: limitParameter,
  order: z.enum(['newest', 'slowest']).default('newest').describe('What comes first'),
});

/** Aborted when the client goes away. */
function goneOf({ res }: Request): AbortSignal {
  const gone = new AbortController();
  res?.once('close', () => gone.abort());
  return gone.signal;
}

function summaryView({ start, ...summary }: TraceSummary) {
  return { ...summary, start: iso(start) };
}

function searchRoute({ answers }: TraceRouteDependencies): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/traces',
    operation: {
      id: 'searchTraces',
      summary: 'Traces, newest or slowest first',
      description:
        'From Jaeger where one is configured, else, and when it does not answer, from memory: source says which.',
      tag: 'traces',
    },
    params: NO_PARAMETERS,
    query: searchQuery,
    body: NO_BODY,
    answer: { description: 'Traces', schema: tracePageSchema },
    handle: async ({ query: { device, correlation, errors, from, to, ...query }, request }) => {
      const found = await answers()?.search(
        {
          ...query,
          ...{ deviceId: device, correlationId: correlation, errors: errors === 'true' },
          ...{ from: timeOf(from), to: timeOf(to) },
        },
        goneOf(request),
      );
      if (found === undefined)
        return { items: [], source: 'off' as const, oldest: null, kept: 0, problem: null };
      const { items, oldest, ...page } = found;
      return { ...page, items: items.map(summaryView), oldest: oldest === null ? null : iso(oldest) };
    },
  });
}

function servicesRoute({ answers }: TraceRouteDependencies): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/traces/services',
    operation: { id: 'listTraceServices', summary: 'Services and the names of their spans', tag: 'traces' },
    params: NO_PARAMETERS,
    query: NO_PARAMETERS,
    body: NO_BODY,
    answer: { description: 'Services', schema: traceServicesSchema },
    handle: async ({ request }) => {
      const found = await answers()?.services(goneOf(request));
      return found === undefined
        ? { items: [], source: 'off' as const, problem: null }
        : { ...found, items: [...found.items] };
    },
  });
}

function mapRoute({ answers }: TraceRouteDependencies): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/traces/map',
    operation: {
      id: 'getServiceMap',
      summary: 'Who calls whom, how often, how well and how fast',
      description:
        'Counted from every span of the exporter and the gateway, kept or not, and from every MQTT message; the last hour unless said.',
      tag: 'traces',
    },
    params: NO_PARAMETERS,
    query: z.strictObject({
      from: moment().optional().describe('Calls since this time'),
      to: moment().optional().describe('Calls before this time'),
    }),
    body: NO_BODY,
    answer: { description: 'The map', schema: serviceMapSchema },
    handle: ({ query: { from, to } }) =>
      answers()?.map({ from: timeOf(from), to: timeOf(to) }) ?? {
        ...{ nodes: [], edges: [], windowSeconds: 0, source: 'off' as const },
      },
  });
}

const traceId = z
  .string()
  .regex(/^([\da-f]{16}|[\da-f]{32})$/i, 'must be 32 hexadecimal digits')
  .regex(/[^0]/, 'must not be all zeros')
  .describe('Id of the trace');

async function lookUp(
  answers: TraceAnswers | undefined,
  id: string,
  request: Request,
): Promise<FoundTrace | undefined> {
  try {
    return await answers?.find(id, goneOf(request));
  } catch (error) {
    throw new HttpError(503, messageOf(error));
  }
}

function findRoute({ answers }: TraceRouteDependencies): Route {
  return jsonRoute({
    method: 'get',
    path: '/api/v1/traces/{traceId}',
    operation: {
      id: 'getTrace',
      summary: 'One trace in Jaeger’s JSON',
      tag: 'traces',
      errors: [400, 404, 503],
    },
    params: z.strictObject({ traceId }),
    query: NO_PARAMETERS,
    body: NO_BODY,
    answer: { description: 'The trace', schema: jaegerAnswerSchema },
    handle: async ({ params, request }) => {
      const found = (await lookUp(answers(), params.traceId.toLowerCase().padStart(32, '0'), request)) ?? {
        missing: SWITCHED_OFF,
      };
      if ('missing' in found) throw new HttpError(404, found.missing, { code: 'trace_not_found' });
      return { data: [found.trace], total: 1, limit: 0, offset: 0, errors: null };
    },
  });
}

/** Every route below `/api/v1/traces`. The one with an id takes any path, so that it comes last. */
export function traceRoutes(dependencies: TraceRouteDependencies): Route[] {
  return [
    searchRoute(dependencies),
    servicesRoute(dependencies),
    mapRoute(dependencies),
    findRoute(dependencies),
  ];
}
