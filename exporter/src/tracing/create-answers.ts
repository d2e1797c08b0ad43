import { messageOf } from '../base/errors.ts';
import type { Clock } from '../base/clock.ts';
import type { FoundTrace, ServiceList, ServiceOperations, TraceAnswers, TracePage } from './answers.ts';
import type { Jaeger } from './jaeger/jaeger.ts';
import { toJaeger } from './jaeger/to-jaeger.ts';
import type { ServiceMap } from './map/service-map.ts';
import { inOrder, type KeptTraces } from './store/kept-traces.ts';
import { matches } from './store/matches.ts';
import { summarize } from './store/summarize.ts';
import type { TraceData } from './store/trace-data.ts';
import type { TraceQuery } from './store/trace-query.ts';

export interface AnswersOptions {
  readonly kept: KeptTraces;
  /** Whether traces are kept in memory at all. */
  readonly keeps: boolean;
  readonly jaeger: Jaeger | undefined;
  readonly map: (from: number, to: number) => ServiceMap;
  /** Whether spans are made here, so that the map can have any. */
  readonly counts: boolean;
  readonly clock: Clock;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Jaeger is asked service by service: of more, the rest is not looked at. */
const MOST_SERVICES = 20;
/** Traces of a service that are looked at for the slowest or the failed ones: Jaeger gives the newest. */
const DEPTH = 200;

const KEPT_NOWHERE =
  'spans are sent on and kept nowhere here: set VALTRONICS_JAEGER_URL to ask Jaeger for them, or VALTRONICS_TRACES_BUFFER to keep some in memory';

/** Spans of one trace that several searches found, each of them whole. */
function withoutRepetition(found: readonly TraceData[]): TraceData[] {
  return [...new Map(found.map((trace) => [trace.traceId, trace])).values()];
}

/** Answers from Jaeger where there is one, else, and where it does not answer, from memory. */
export function createTraceAnswers(options: AnswersOptions): TraceAnswers {
  const { kept, keeps, jaeger, clock } = options;

  async function fromMemory(query: TraceQuery, problem: string | null): Promise<TracePage> {
    const items = await kept.search(query);
    const { size } = kept;
    const said = problem ?? (keeps ? null : KEPT_NOWHERE);
    return {
      ...{ items, source: keeps ? 'buffer' : 'off', kept: size, problem: said },
      oldest: kept.oldest() ?? null,
    };
  }

  async function fromJaeger(asked: Jaeger, query: TraceQuery, signal: AbortSignal): Promise<TracePage> {
    const { limit, order, to = clock.wall(), from = to - DAY, ...wanted } = query;
    const deep = Math.max(limit, DEPTH);
    const depth = order === 'slowest' ? deep : limit;
    const all = wanted.service === undefined ? await asked.services(signal) : [wanted.service];
    const services = all.slice(0, MOST_SERVICES);
    const found = await Promise.all(
      services.flatMap((service) => {
        const one = { ...wanted, service, from, to };
        const searches = [{ ...one, depth }];
        // Not every store of Jaeger finds failures by their tag: where it does not, the newest are looked through.
        if (wanted.errors === true) searches.push({ ...one, errors: false, depth: deep });
        return searches.map((query) => asked.search(query, signal));
      }),
    );
    const items = withoutRepetition(found.flat())
      .map(({ traceId, spans }) => ({ spans, summary: summarize(traceId, spans) }))
      .filter(({ spans, summary }) => matches(query, summary, spans))
      .map(({ summary }) => summary);
    const problem =
      services.length < all.length
        ? `Jaeger knows ${all.length} services, of which ${services.length} were asked: choose one`
        : null;
    return { items: inOrder(items, query), source: 'jaeger', oldest: null, kept: kept.size, problem };
  }

  function ownServices(problem: string | null): ServiceList {
    return { items: kept.services(), source: keeps ? 'buffer' : 'off', problem };
  }

  async function servicesOf(asked: Jaeger, signal: AbortSignal): Promise<ServiceOperations[]> {
    const names = (await asked.services(signal)).sort().slice(0, MOST_SERVICES);
    return Promise.all(
      names.map(async (service) => ({
        service,
        operations: (await asked.operations(service, signal)).sort(),
      })),
    );
  }

  /** Why a trace is not in memory. */
  function missing(): string {
    const oldest = kept.oldest();
    const reach =
      oldest === undefined
        ? 'nothing is kept so far'
        : `what is kept reaches back to ${new Date(oldest).toISOString()}`;
    const where = jaeger === undefined ? '' : `, and Jaeger at ${jaeger.place} does not have it`;
    return `this trace is not kept: it was not chosen when it ended, is too old by now, or never came here (${reach}${where})`;
  }

  async function find(traceId: string, signal: AbortSignal): Promise<FoundTrace> {
    let problem: Error | undefined;
    const stored = await jaeger?.find(traceId, signal).catch((error: unknown) => {
      problem = error instanceof Error ? error : new Error(messageOf(error));
      return undefined;
    });
    if (stored !== undefined) return { trace: toJaeger(stored) };
    const own = kept.find(traceId);
    if (own === undefined) {
      if (problem !== undefined) throw problem;
      return { missing: missing() };
    }
    const note =
      problem === undefined ? [] : [`${problem.message}; these are the spans that are kept in memory`];
    return { trace: toJaeger({ ...own, warnings: [...own.warnings, ...note] }) };
  }

  return {
    search: async (query, signal) => {
      if (jaeger === undefined) return fromMemory(query, null);
      try {
        return await fromJaeger(jaeger, query, signal);
      } catch (error) {
        return fromMemory(query, messageOf(error));
      }
    },
    services: async (signal) => {
      if (jaeger === undefined) return ownServices(null);
      try {
        return { items: await servicesOf(jaeger, signal), source: 'jaeger', problem: null };
      } catch (error) {
        return ownServices(messageOf(error));
      }
    },
    find,
    map: ({ to = clock.wall(), from = to - HOUR }) => ({
      ...options.map(from, to),
      source: options.counts ? 'buffer' : 'off',
    }),
  };
}
