import { describe, expect, it } from '@jest/globals';
import { manualClock } from '../../test/support/clock.ts';
import { SPAN_AT, spanIdOf, spanRecord, traceIdOf } from '../../test/support/span-record.ts';
import type { SpanRecord } from '../trace/span-record.ts';
import type { TraceAnswers } from './answers.ts';
import { createTraceAnswers } from './create-answers.ts';
import type { Jaeger, JaegerQuery } from './jaeger/jaeger.ts';
import { createKeptTraces, DEFAULT_KEPT_LIMITS } from './store/kept-traces.ts';
import type { TraceData } from './store/trace-data.ts';

const HOUR = 3_600_000;
const { signal } = new AbortController();
const dataOf = (...spans: SpanRecord[]): TraceData => ({
  ...{ traceId: spans[0]?.traceId ?? '', spans, resources: new Map(), warnings: [] },
});
const traceOf = (trace: number, changes: Parameters<typeof spanRecord>[0] = {}): TraceData =>
  dataOf(spanRecord({ traceId: traceIdOf(trace), ...changes }));

/** A Jaeger with these traces by service, that notes how it is asked. */
function jaegerOf(byService: Record<string, readonly TraceData[]>, changes: Partial<Jaeger> = {}) {
  const queries: JaegerQuery[] = [];
  const jaeger: Jaeger = {
    place: 'jaeger:16686',
    services: () => Promise.resolve(Object.keys(byService)),
    operations: (service) => Promise.resolve([`${service} z`, `${service} a`]),
    search: (query) => {
      queries.push(query);
      return Promise.resolve([...(byService[query.service] ?? [])]);
    },
    find: (id) =>
      Promise.resolve(
        Object.values(byService)
          .flat()
          .find(({ traceId }) => traceId === id),
      ),
    close: () => undefined,
    ...changes,
  };
  return { jaeger, queries };
}

function answersOf({ jaeger, buffer = 10 }: { jaeger?: Jaeger; buffer?: number } = {}) {
  const kept = createKeptTraces({ ...DEFAULT_KEPT_LIMITS, traces: buffer });
  const windows: [number, number][] = [];
  const answers = createTraceAnswers({
    ...{ kept, keeps: buffer > 0, jaeger, counts: true, clock: manualClock(SPAN_AT) },
    map: (from, to) => {
      windows.push([from, to]);
      return { nodes: [], edges: [], windowSeconds: 1 };
    },
  });
  return { kept, windows, answers };
}

const search = (answers: TraceAnswers, query: object = {}) =>
  answers.search({ limit: 10, order: 'newest', ...query }, signal);
const down = () => Promise.reject(new Error('Jaeger is down'));

describe('a search', () => {
  it('asks Jaeger for each service, for the last day where nothing else is said', async () => {
    const { jaeger, queries } = jaegerOf({ a: [traceOf(1)], b: [traceOf(1), traceOf(2, { at: 5 })] });
    const page = await search(answersOf({ jaeger }).answers);
    expect(page).toMatchObject({ source: 'jaeger', oldest: null, kept: 0, problem: null });
    expect(page.items.map(({ traceId }) => traceId)).toEqual([traceIdOf(2), traceIdOf(1)]);
    const window = { from: SPAN_AT - 24 * HOUR, to: SPAN_AT, depth: 10 };
    expect(queries).toEqual([
      { ...window, service: 'a' },
      { ...window, service: 'b' },
    ]);
  });

  it('looks deeper for the slowest and for failures, which Jaeger may not find by itself', async () => {
    const { jaeger, queries } = jaegerOf({ a: [] });
    const { answers } = answersOf({ jaeger });
    await search(answers, { order: 'slowest', service: 'a' });
    await search(answers, { errors: true, service: 'a' });
    expect(queries.map(({ errors, depth }) => [errors, depth])).toEqual([
      [undefined, 200],
      [true, 10],
      [false, 200],
    ]);
  });

  it('leaves out what Jaeger gives and nobody asked for', async () => {
    const { jaeger } = jaegerOf({
      a: [traceOf(1), traceOf(2, { status: 'error' }), traceOf(3, { status: 'error', at: HOUR })],
    });
    const page = await search(answersOf({ jaeger }).answers, { errors: true, to: SPAN_AT + 1 });
    expect(page.items.map(({ traceId }) => traceId)).toEqual([traceIdOf(2)]);
  });

  it('says so when there are too many services to ask them all', async () => {
    const names = Array.from({ length: 25 }, (_, index) => [`s${index}`, []] as const);
    const { jaeger, queries } = jaegerOf(Object.fromEntries(names));
    const { problem } = await search(answersOf({ jaeger }).answers);
    expect(problem).toBe('Jaeger knows 25 services, of which 20 were asked: choose one');
    expect(queries).toHaveLength(20);
  });

  it('is answered from memory, with the reason, while Jaeger is down', async () => {
    const { jaeger } = jaegerOf({ a: [] }, { search: down });
    const { answers, kept } = answersOf({ jaeger });
    kept.add([spanRecord()]);
    expect(await search(answers)).toMatchObject({
      ...{ source: 'buffer', problem: 'Jaeger is down', kept: 1, oldest: SPAN_AT },
      items: [{ traceId: traceIdOf(1) }],
    });
  });

  it('says what to set where nothing is kept here', async () => {
    expect(await search(answersOf({ buffer: 0 }).answers)).toMatchObject({
      ...{ source: 'off', items: [], problem: expect.stringContaining('VALTRONICS_JAEGER_URL') },
    });
  });
});

describe('services', () => {
  it('come from Jaeger, else from memory with the reason', async () => {
    const { jaeger } = jaegerOf({ b: [], a: [] });
    expect(await answersOf({ jaeger }).answers.services(signal)).toEqual({
      items: [
        { service: 'a', operations: ['a a', 'a z'] },
        { service: 'b', operations: ['b a', 'b z'] },
      ],
      ...{ source: 'jaeger', problem: null },
    });
    const { answers, kept } = answersOf({ jaeger: { ...jaeger, operations: down } });
    kept.add([spanRecord()]);
    expect(await answers.services(signal)).toEqual({
      items: [{ service: 'valtronics-gateway', operations: ['GET /api/v1/devices/'] }],
      ...{ source: 'buffer', problem: 'Jaeger is down' },
    });
  });
});

describe('a trace', () => {
  it('is Jaeger’s, who has the spans of others too, else that in memory', async () => {
    const foreign = spanRecord({ spanId: spanIdOf(2), service: 'platform', at: 1 });
    const { jaeger } = jaegerOf({ a: [dataOf(spanRecord(), foreign)] });
    const { answers, kept } = answersOf({ jaeger });
    kept.add([spanRecord()]);
    kept.add([spanRecord({ traceId: traceIdOf(2) })]);
    const spansOf = async (trace: number) => {
      const found = await answers.find(traceIdOf(trace), signal);
      return 'trace' in found ? found.trace.spans.length : found.missing;
    };
    expect([await spansOf(1), await spansOf(2)]).toEqual([2, 1]);
  });

  it('that is in memory says that Jaeger is down; one that is not cannot be known', async () => {
    const { jaeger } = jaegerOf({}, { find: down });
    const { answers, kept } = answersOf({ jaeger });
    kept.add([spanRecord()]);
    expect(await answers.find(traceIdOf(1), signal)).toMatchObject({
      trace: { warnings: ['Jaeger is down; these are the spans that are kept in memory'] },
    });
    await expect(answers.find(traceIdOf(2), signal)).rejects.toThrow('Jaeger is down');
  });

  it('that is missing may have several reasons', async () => {
    const { answers, kept } = answersOf();
    expect(await answers.find(traceIdOf(2), signal)).toEqual({
      missing: expect.stringContaining('nothing is kept so far'),
    });
    kept.add([spanRecord()]);
    const { jaeger } = jaegerOf({});
    const both = answersOf({ jaeger });
    both.kept.add([spanRecord()]);
    expect(await both.answers.find(traceIdOf(2), signal)).toEqual({
      missing:
        'this trace is not kept: it was not chosen when it ended, is too old by now, or never came here (what is kept reaches back to 2026-11-29T12:00:00.000Z, and Jaeger at jaeger:16686 does not have it)',
    });
  });
});

describe('the map', () => {
  it('is of the last hour unless said otherwise', () => {
    const { answers, windows } = answersOf();
    expect(answers.map({})).toMatchObject({ source: 'buffer' });
    answers.map({ from: 5 });
    answers.map({ from: 5, to: 10 });
    expect(windows).toEqual([
      [SPAN_AT - HOUR, SPAN_AT],
      [5, SPAN_AT],
      [5, 10],
    ]);
  });
});
