import { beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { manualClock } from '../../test/support/clock.ts';
import { traceFields } from '../trace/active-span.ts';
import type { SpanRecord } from '../trace/span-record.ts';
import type { Span, Tracer } from '../trace/tracer.ts';
import { createLocalTraces } from './local-traces.ts';
import { createRecordingTracer } from './recording-tracer.ts';
import { createSdk, type EndedSpan } from './sdk.ts';

let clock: ReturnType<typeof manualClock>;
let ended: SpanRecord[];
let faults: unknown[];
let tracer: Tracer;

beforeEach(() => {
  clock = manualClock(1_800_000_000_000);
  [ended, faults] = [[], []];
  const traces = createLocalTraces<EndedSpan>({ clock, keep: () => undefined, drop: () => undefined });
  tracer = createRecordingTracer({
    sdk: createSdk({ resource: {}, version: '1', sampler: 'parentbased_always_on', ratio: 1 }),
    ...{ service: 'here', traces, clock, mask: (text) => text.replaceAll('hunter2', '***') },
    onEnd: (span) => {
      ended.push(span.record);
      traces.end(span);
    },
    onFault: (error) => faults.push(error),
  });
});

function only(name: string): SpanRecord {
  const [span, ...more] = ended.filter((record) => record.name === name);
  if (span === undefined || more.length > 0) throw new Error(`${name}: ${more.length} more than one`);
  return span;
}

describe('a span', () => {
  it('has the times of its trace in microseconds, whatever happens to the wall clock', () => {
    const root = tracer.start('root');
    clock.advance(1.25);
    const child = tracer.within(root, () => tracer.start('child'));
    clock.step(-3_600_000);
    clock.advance(0.5);
    child.event('half way');
    clock.advance(0.5);
    child.end();
    root.end();
    const epoch = 1_800_000_000_000_000;
    expect(only('root')).toMatchObject({ start: epoch, duration: 2250 });
    expect(only('child')).toMatchObject({
      ...{ start: epoch + 1250, duration: 1000, parentSpanId: root.context.spanId },
      events: [{ name: 'half way', time: epoch + 1750, attributes: {} }],
    });
  });

  it('has the times that it is given', () => {
    tracer.start('given', { startTime: 1_700_000_000_000 }).end(1_700_000_000_001.5);
    expect(only('given')).toMatchObject({ start: 1_700_000_000_000_000, duration: 1500 });
  });

  it('never ends before it began', () => {
    tracer.start('odd', { startTime: 1_800_000_100_000 }).end();
    expect(only('odd').duration).toBe(0);
  });

  it('is a record of what it was told', () => {
    const link = { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), sampled: false };
    const span = tracer.start('first', {
      kind: 'consumer',
      attributes: { a: 1, b: undefined },
      links: [link],
    });
    span.set({ a: 2, list: ['x'], yes: false });
    span.rename('receive hunter2');
    span.end();
    expect(ended).toEqual([
      {
        ...{ traceId: span.context.traceId, spanId: span.context.spanId, parentSpanId: undefined },
        ...{
          service: 'here',
          name: 'receive ***',
          kind: 'consumer',
          status: 'unset',
          statusMessage: undefined,
        },
        ...{
          start: 1_800_000_000_000_000,
          duration: 0,
          attributes: { a: 2, list: ['x'], yes: false },
          events: [],
        },
        links: [{ traceId: 'c'.repeat(32), spanId: 'd'.repeat(16) }],
      },
    ]);
  });

  it.each([
    ['RangeError', new RangeError('too much: hunter2'), 'too much: ***'],
    ['ECONNREFUSED', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 'connect'],
    ['string', 'a text', 'a text'],
    ['undefined', undefined, 'undefined'],
  ])('says what it failed of: %s', (type, error, message) => {
    const span = tracer.start('failing');
    span.fail(error);
    span.end();
    expect(only('failing')).toMatchObject({
      ...{ status: 'error', statusMessage: message, attributes: { 'error.type': type } },
      events: [{ name: 'exception', attributes: { 'exception.type': type, 'exception.message': message } }],
    });
  });

  it('does not change after its end', () => {
    const span = tracer.start('over', { attributes: { a: 1 } });
    span.end();
    span.end();
    span.set({ a: 2 });
    span.event('late');
    span.fail(new Error('late'));
    span.rename('other');
    expect(only('over')).toMatchObject({ status: 'unset', attributes: { a: 1 }, events: [] });
    expect(ended).toHaveLength(1);
  });

  it('has a bounded number of attributes, events and links, each of a bounded length', () => {
    const links = Array.from({ length: 500 }, () => ({
      traceId: 'c'.repeat(32),
      spanId: 'd'.repeat(16),
      sampled: true,
    }));
    const span = tracer.start('n'.repeat(5000), { links });
    for (let index = 0; index < 500; index++) {
      span.set({ [`a${index}`]: 'x'.repeat(5000) });
      span.event('e', { text: 'y'.repeat(5000) });
    }
    span.fail(new Error('z'.repeat(5000)));
    span.end();
    const [record] = ended;
    expect(Object.keys(record?.attributes ?? {})).toHaveLength(64);
    expect(record?.events).toHaveLength(32);
    expect(record?.links).toHaveLength(128);
    expect(JSON.stringify(record).length).toBeLessThan(130_000);
    for (const text of [record?.name, record?.statusMessage, record?.attributes.a0])
      expect(text).toHaveLength(1024);
  });
});

describe('the active span', () => {
  it('is the parent of what begins inside of it, promises and timers included', async () => {
    await tracer.span('outer', {}, async (outer) => {
      expect(tracer.active()).toBe(outer);
      await pause(1);
      await Promise.all(['a', 'b'].map((name) => tracer.span(name, {}, () => pause(1))));
      tracer.start('not active').end();
      expect(tracer.active()).toBe(outer);
    });
    const { spanId, traceId } = only('outer');
    for (const name of ['a', 'b', 'not active'])
      expect(only(name)).toMatchObject({ parentSpanId: spanId, traceId });
    expect(tracer.active()).toBeUndefined();
  });

  it('is nobody’s parent where another is given, or a trace of its own is asked for', () => {
    const remote = {
      traceId: 'a'.repeat(32),
      spanId: 'b'.repeat(16),
      sampled: true,
      traceState: 'v=1',
      baggage: 'k=w',
    };
    tracer.span('outer', {}, () => {
      tracer.span('of a request', { parent: remote }, (span) => {
        expect(span.context).toMatchObject({ traceState: 'v=1', baggage: 'k=w' });
        tracer.span('inner', {}, ({ context }) =>
          expect(context).toMatchObject({ traceState: 'v=1', baggage: 'k=w' }),
        );
      });
      tracer.start('of its own', { parent: 'root' }).end();
      tracer.outside(() => tracer.start('outside').end());
    });
    expect(only('of a request')).toMatchObject({ traceId: 'a'.repeat(32), parentSpanId: 'b'.repeat(16) });
    for (const name of ['of its own', 'outside']) {
      expect(only(name).parentSpanId).toBeUndefined();
      expect(only(name).traceId).not.toBe(only('outer').traceId);
    }
  });

  it('is named in the lines of the log', () => {
    expect(traceFields()).toEqual({});
    tracer.span('outer', {}, ({ context }) =>
      expect(traceFields()).toEqual({ trace_id: context.traceId, span_id: context.spanId }),
    );
  });
});

describe('work inside of a span', () => {
  const error = new Error('broken');

  it('gives back what it gave, and ends the span with it', async () => {
    expect(tracer.span('sync', {}, () => 7)).toBe(7);
    expect(only('sync').status).toBe('unset');
    const promise = Promise.resolve(8);
    expect(tracer.span('async', {}, () => promise)).toBe(promise);
    expect(await promise).toBe(8);
    expect(only('async').status).toBe('unset');
  });

  it('passes on what it throws and rejects with', async () => {
    const broken = (): never => {
      throw error;
    };
    expect(() => tracer.span('sync', {}, broken)).toThrow(error);
    await expect(tracer.span('async', {}, () => Promise.reject(error))).rejects.toBe(error);
    for (const name of ['sync', 'async'])
      expect(only(name)).toMatchObject({ status: 'error', statusMessage: 'broken' });
  });

  it('may end its span itself', () => {
    tracer.span('early', {}, (span) => {
      span.end();
      clock.advance(1000);
    });
    expect(only('early').duration).toBe(0);
  });

  it('is done though no span can be made', () => {
    const odd = {
      get kind(): never {
        throw error;
      },
    };
    let span: Span | undefined;
    expect(tracer.span('odd', odd, (given) => ((span = given), 1))).toBe(1);
    expect(span?.context.traceId).toBe('0'.repeat(32));
    expect(faults).toEqual([error]);
  });
});
