import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SPAN_AT, spanIdOf, spanRecord, traceIdOf } from '../../../test/support/span-record.ts';
import { createKeptTraces, DEFAULT_KEPT_LIMITS, type KeptTraces } from './kept-traces.ts';
import type { TraceQuery } from './trace-query.ts';

const limits = { ...DEFAULT_KEPT_LIMITS, traces: 100 };
const add = (kept: KeptTraces, trace: number, changes: Parameters<typeof spanRecord>[0] = {}) =>
  kept.add([spanRecord({ traceId: traceIdOf(trace), ...changes })]);

async function idsOf(kept: KeptTraces, query: Partial<TraceQuery> = {}): Promise<number[]> {
  const found = await kept.search({ limit: 100, order: 'newest', ...query });
  return found.map(({ traceId }) => Number.parseInt(traceId, 16));
}

describe('kept traces', () => {
  it('go from the oldest on when there are too many', async () => {
    const kept = createKeptTraces({ ...limits, traces: 2 });
    for (const trace of [1, 2, 3]) add(kept, trace, { at: trace });
    expect(kept.size).toBe(2);
    expect(await idsOf(kept)).toEqual([3, 2]);
    expect(kept.find(traceIdOf(1))).toBeUndefined();
    expect(kept.oldest()).toBe(SPAN_AT + 2);
  });

  it('go from the oldest on when they need too much memory, and the newest stays whatever its size', () => {
    const kept = createKeptTraces({ ...limits, bytes: 100_000 });
    const attributes = { text: 'x'.repeat(20_000) };
    for (const trace of [1, 2, 3]) add(kept, trace, { attributes });
    expect([kept.size, kept.find(traceIdOf(1)), kept.bytes <= 100_000]).toEqual([2, undefined, true]);
    add(kept, 4, { attributes: { text: 'x'.repeat(90_000) } });
    expect([kept.size, kept.find(traceIdOf(4)) !== undefined]).toEqual([1, true]);
  });

  it('join spans that come later, and leave out what is too much of one trace', async () => {
    const kept = createKeptTraces({ ...limits, spansOfTrace: 2 });
    add(kept, 1);
    expect(await kept.search({ limit: 1, order: 'newest' })).toMatchObject([{ spanCount: 1 }]);
    for (const id of [2, 3, 4]) add(kept, 1, { spanId: spanIdOf(id), parentSpanId: spanIdOf(1) });
    expect(await kept.search({ limit: 1, order: 'newest' })).toMatchObject([{ spanCount: 2 }]);
    expect(kept.find(traceIdOf(1))).toMatchObject({
      spans: [{ spanId: spanIdOf(1) }, { spanId: spanIdOf(2) }],
      warnings: ['2 more spans are not kept: a trace has too many'],
    });
  });

  it('are none where none shall be kept', () => {
    const kept = createKeptTraces({ ...limits, traces: 0 });
    add(kept, 1);
    kept.add([]);
    expect([kept.size, kept.bytes, kept.oldest()]).toEqual([0, 0, undefined]);
  });

  it('stay when more may be kept, and the newest when fewer may', async () => {
    const kept = createKeptTraces({ ...limits, traces: 3 });
    for (const trace of [1, 2, 3]) add(kept, trace, { at: trace });
    kept.resize(4);
    add(kept, 4, { at: 4 });
    expect(await idsOf(kept)).toEqual([4, 3, 2, 1]);
    kept.resize(2);
    expect(await idsOf(kept)).toEqual([4, 3]);
    kept.resize(0);
    expect([kept.size, kept.bytes]).toEqual([0, 0]);
  });

  it('know how much they need, whatever comes and goes', () => {
    const spans = fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.string({ maxLength: 300 })));
    fc.assert(
      fc.property(spans, (given) => {
        const kept = createKeptTraces({ traces: 3, spansOfTrace: 4, bytes: 4000 });
        for (const [trace, text] of given) add(kept, trace, { attributes: { text } });
        const again = createKeptTraces(limits);
        for (let trace = 1; trace <= 6; trace++)
          for (const span of kept.find(traceIdOf(trace))?.spans ?? []) again.add([span]);
        expect(kept.bytes).toBe(again.bytes);
        expect(kept.size <= 3 && (kept.size <= 1 || kept.bytes <= 4000)).toBe(true);
      }),
    );
  });

  it('are found by service and operation of the same span', async () => {
    const kept = createKeptTraces(limits);
    add(kept, 1, { service: 'a', name: 'x' });
    add(kept, 1, { service: 'b', name: 'y' });
    add(kept, 2, { service: 'a', name: 'y', at: 1 });
    expect(await idsOf(kept, { service: 'a' })).toEqual([2, 1]);
    expect(await idsOf(kept, { operation: 'y' })).toEqual([2, 1]);
    expect(await idsOf(kept, { service: 'a', operation: 'y' })).toEqual([2]);
    expect(kept.services()).toEqual([
      { service: 'a', operations: ['x', 'y'] },
      { service: 'b', operations: ['y'] },
    ]);
  });

  it('are found by time, duration, failure, device and correlation id', async () => {
    const kept = createKeptTraces(limits);
    add(kept, 1, { duration: 5000, attributes: { 'valtronics.device.id': 'd' } });
    add(kept, 2, { at: 10, duration: 50_000, status: 'error' });
    add(kept, 3, { at: 20, duration: 500, attributes: { 'valtronics.correlation_id': 'c' } });
    expect(await idsOf(kept, { from: SPAN_AT + 10 })).toEqual([3, 2]);
    expect(await idsOf(kept, { to: SPAN_AT + 10 })).toEqual([1]);
    expect(await idsOf(kept, { minDurationMs: 5 })).toEqual([2, 1]);
    expect(await idsOf(kept, { errors: true })).toEqual([2]);
    expect(await idsOf(kept, { errors: false })).toEqual([3, 2, 1]);
    expect(await idsOf(kept, { deviceId: 'd' })).toEqual([1]);
    expect(await idsOf(kept, { correlationId: 'c' })).toEqual([3]);
    expect(await idsOf(kept, { order: 'slowest', limit: 2 })).toEqual([2, 1]);
  });

  it('are searched in turns', async () => {
    const kept = createKeptTraces({ ...limits, traces: 2000 });
    for (let trace = 1; trace <= 1200; trace++) add(kept, trace);
    let turns = 0;
    const count = (): void => {
      turns += 1;
      next = setImmediate(count);
    };
    let next = setImmediate(count);
    expect(await idsOf(kept, { limit: 5 })).toHaveLength(5);
    clearImmediate(next);
    expect(turns).toBeGreaterThanOrEqual(2);
  });
});
