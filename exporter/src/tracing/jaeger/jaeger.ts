import { z } from 'zod';
import { CORRELATION_ID, DEVICE_ID } from '../../trace/attribute-names.ts';
import type { TraceData } from '../store/trace-data.ts';
import type { TraceQuery } from '../store/trace-query.ts';
import { JaegerError, type JaegerAnswer, type JaegerRequests } from './jaeger-requests.ts';
import { jaegerTraces } from './read-jaeger.ts';
import { otlpTraces } from './read-otlp.ts';

/**
 * A Jaeger as it can be asked, over `/api/v3` where it has that, else over the older `/api`, which later versions have
 * dropped. Everything rejects with JaegerError.
 */
export interface Jaeger {
  readonly place: string;
  services(signal: AbortSignal): Promise<string[]>;
  operations(service: string, signal: AbortSignal): Promise<string[]>;
  /** Traces of one service, about as asked: it may give others too, and no more than `depth`. */
  search(query: JaegerQuery, signal: AbortSignal): Promise<TraceData[]>;
  /** Undefined where it does not have the trace. */
  find(traceId: string, signal: AbortSignal): Promise<TraceData | undefined>;
  close(): void;
}

export type JaegerQuery = Omit<TraceQuery, 'order' | 'limit'> & {
  readonly service: string;
  readonly from: number;
  readonly to: number;
  readonly depth: number;
};

const fault = z.object({ error: z.unknown() });
const faults = z.object({ errors: z.array(z.object({ msg: z.string() })).min(1) });

/** Whether there is no such route: Jaeger answers that in text, and some versions with their own page. */
const isNoRoute = ({ status, json }: JaegerAnswer): boolean =>
  json === undefined && (status === 200 || status === 404 || status === 405);

/** How Jaeger says that it has nothing: a 404 in JSON. */
const isNothing = ({ status, json }: JaegerAnswer): boolean => status === 404 && json !== undefined;

function read<T>({ status, json }: JaegerAnswer, schema: z.ZodType<T>, place: string): T {
  if (status !== 200) {
    const said = fault.safeParse(json).data?.error ?? faults.safeParse(json).data?.errors[0]?.msg;
    const words = said === undefined ? '' : `: ${JSON.stringify(said).slice(0, 300)}`;
    throw new JaegerError(`Jaeger at ${place} answered with status ${status}${words}`);
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new JaegerError(
    `Jaeger at ${place} answered what is not understood: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
  );
}

const names = z.array(z.string()).nullish();
const servicesV3 = z.object({ services: names }).transform(({ services }) => services ?? []);
const listV1 = z.object({ data: names }).transform(({ data }) => data ?? []);
const operationsV3 = z
  .object({ operations: z.array(z.object({ name: z.string() })).nullish() })
  .transform(({ operations }) => (operations ?? []).map(({ name }) => name));

/** Attributes that a span has to have. */
function attributesOf({ errors, deviceId, correlationId }: JaegerQuery): Record<string, string> {
  return {
    ...(errors === true ? { error: 'true' } : {}),
    ...(deviceId === undefined ? {} : { [DEVICE_ID]: deviceId }),
    ...(correlationId === undefined ? {} : { [CORRELATION_ID]: correlationId }),
  };
}

/** Parameters under the names of all versions: older ones have underscores, and pass over what they do not know. */
function searchV3(query: JaegerQuery): URLSearchParams {
  const { service, operation, from, to, minDurationMs, depth } = query;
  const params = new URLSearchParams();
  const add = (value: string, ...under: string[]): void => {
    for (const name of under) params.set(`query.${name}`, value);
  };
  add(service, 'service_name', 'serviceName');
  if (operation !== undefined) add(operation, 'operation_name', 'operationName');
  add(new Date(from).toISOString(), 'start_time_min', 'startTimeMin');
  add(new Date(to).toISOString(), 'start_time_max', 'startTimeMax');
  add(String(depth), 'num_traces', 'searchDepth');
  if (minDurationMs !== undefined) add(`${minDurationMs}ms`, 'duration_min', 'durationMin');
  const attributes = attributesOf(query);
  if (Object.keys(attributes).length > 0) add(JSON.stringify(attributes), 'attributes');
  return params;
}

function searchV1(query: JaegerQuery): URLSearchParams {
  const { service, operation, from, to, minDurationMs, depth } = query;
  const attributes = attributesOf(query);
  return new URLSearchParams({
    ...{ service, limit: String(depth) },
    ...{ start: String(Math.floor(from * 1000)), end: String(Math.ceil(to * 1000)) },
    ...(operation === undefined ? {} : { operation }),
    ...(minDurationMs === undefined ? {} : { minDuration: `${minDurationMs}ms` }),
    ...(Object.keys(attributes).length === 0 ? {} : { tags: JSON.stringify(attributes) }),
  });
}

const NONE = new URLSearchParams();

export function createJaeger({ place, get, close }: JaegerRequests): Jaeger {
  /** The first of the routes that there is. */
  async function firstOf(
    routes: readonly (readonly [path: string, query: URLSearchParams])[],
    signal: AbortSignal,
  ): Promise<JaegerAnswer & { readonly index: number }> {
    for (const [index, [path, query]] of routes.entries()) {
      const answer = await get(path, query, signal);
      if (!isNoRoute(answer)) return { ...answer, index };
    }
    throw new JaegerError(
      `Jaeger at ${place} does not know ${routes[0]?.[0] ?? ''}: correct the base path in jaeger.url`,
    );
  }

  return {
    place,
    close,
    services: async (signal) => {
      const routes = [
        ['/api/v3/services', NONE],
        ['/api/services', NONE],
      ] as const;
      const answer = await firstOf(routes, signal);
      return read(answer, answer.index === 0 ? servicesV3 : listV1, place);
    },
    operations: async (service, signal) => {
      const routes = [
        ['/api/v3/operations', new URLSearchParams({ service })],
        [`/api/services/${encodeURIComponent(service)}/operations`, NONE],
      ] as const;
      const answer = await firstOf(routes, signal);
      return [...new Set(read(answer, answer.index === 0 ? operationsV3 : listV1, place))];
    },
    search: async (query, signal) => {
      const newer = ['/api/v3/traces', searchV3(query)] as const;
      const older = ['/api/traces', searchV1(query)] as const;
      // Versions before 2.14 look for attributes over the older route only.
      const isByAttribute = Object.keys(attributesOf(query)).length > 0;
      const answer = await firstOf(isByAttribute ? [older, newer] : [newer, older], signal);
      if (isNothing(answer)) return [];
      return read(answer, (answer.index === 0) === isByAttribute ? jaegerTraces : otlpTraces, place);
    },
    find: async (traceId, signal) => {
      const routes = [
        [`/api/v3/traces/${traceId}`, NONE],
        [`/api/traces/${traceId}`, NONE],
      ] as const;
      const answer = await firstOf(routes, signal);
      if (isNothing(answer)) return undefined;
      const traces = read(answer, answer.index === 0 ? otlpTraces : jaegerTraces, place);
      return traces.find((trace) => trace.traceId === traceId);
    },
  };
}
