import { describe, expect, it } from '@jest/globals';
import { recordingTracer } from '../../test/support/recording-tracer.ts';
import { NO_TRACER } from '../trace/tracer.ts';
import { createTracingManager } from './tracing-manager.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const TRACEPARENT = `00-${TRACE}-${SPAN}-01`;
const CONTEXT = { traceId: TRACE, spanId: SPAN, sampled: true };

function make(tracer = recordingTracer()) {
  let begun = 0;
  const manager = createTracingManager({
    tracer,
    start: () => {
      begun++;
      return Promise.resolve();
    },
  });
  return { tracer, manager, begun: () => begun };
}

describe('the tracing manager', () => {
  it('begins the tracing', async () => {
    const { manager, begun } = make();
    await manager.initialize();
    expect(begun()).toBe(1);
  });

  it('makes spans with typed attributes, events and errors', () => {
    const { manager, tracer } = make();
    const span = manager.createSpan('work', 'producer', CONTEXT);
    manager.addSpanAttributes(span, { text: 'a', number: 1, yes: true });
    manager.addSpanEvents(span, [{ name: 'one' }, { name: 'two', attributes: { n: 2 } }]);
    manager.addSpanError(span, new Error('broken'));
    span.end();
    manager.createSpan('other').end();
    expect(tracer.only('work')).toMatchObject({
      ...{ parent: SPAN, options: { kind: 'producer' }, attributes: { text: 'a', number: 1, yes: true } },
      ...{ events: [{ name: 'one' }, { name: 'two', attributes: { n: 2 } }], error: 'broken' },
    });
    expect(tracer.only('other')).toMatchObject({ parent: undefined, options: { kind: 'internal' } });
  });

  it('reads the context of a request, whatever the case of its headers', () => {
    const { manager } = make();
    expect(manager.createTraceContext({ traceparent: TRACEPARENT })).toEqual(CONTEXT);
    expect(manager.createTraceContext({ TraceParent: TRACEPARENT, Tracestate: 'a=1' })).toEqual({
      ...CONTEXT,
      traceState: 'a=1',
    });
    expect(manager.createTraceContext({ traceparent: 'x' })).toBeUndefined();
  });

  it('reads the context of a message of MQTT 5 or 3', () => {
    const { manager } = make();
    const payload = JSON.stringify({ temperature: 20, traceparent: TRACEPARENT, tracestate: 'a=1' });
    expect(manager.createMessageContext({ traceparent: TRACEPARENT }, 'no JSON')).toEqual(CONTEXT);
    expect(manager.createMessageContext(undefined, payload)).toEqual({ ...CONTEXT, traceState: 'a=1' });
    expect(manager.createMessageContext({ traceparent: 'malformed' }, payload)).toMatchObject(CONTEXT);
    for (const other of [
      '',
      '{"traceparent"',
      '[{"traceparent":"x"}]',
      `{"inner":${payload}}`,
      '"traceparent"',
    ])
      expect(manager.createMessageContext(undefined, other)).toBeUndefined();
  });

  it('writes the context beside what the headers hold', () => {
    const { manager } = make();
    const headers = { accept: 'text/html' };
    const span = manager.createSpan('work', 'client', CONTEXT);
    manager.injectTraceContext(headers, span);
    span.end();
    expect(headers).toEqual({ accept: 'text/html', traceparent: `00-${TRACE}-${span.context.spanId}-01` });
  });
});

class Counter {
  total = 0;
  add(this: Counter, first: number, second: number): number {
    return (this.total += first + second);
  }
  async later(this: Counter, by: number): Promise<number> {
    await Promise.resolve();
    return this.add(by, 0);
  }
}

describe('a function whose calls are spans', () => {
  it('keeps this, arguments and result', () => {
    const { manager, tracer } = make();
    const counter = new Counter();
    const add = manager.traceFunction()(counter.add);
    expect(add.call(counter, 1, 2)).toBe(3);
    expect(counter.total).toBe(3);
    expect(tracer.only('add')).toMatchObject({ ended: true, error: undefined });
  });

  it('keeps what it throws', () => {
    const { manager, tracer } = make();
    const error = new Error('broken');
    const fail = manager.traceFunction('process_telemetry')(() => {
      throw error;
    });
    expect(() => fail()).toThrow(error);
    expect(tracer.only('process_telemetry')).toMatchObject({ ended: true, error: 'broken' });
  });

  it('is a span until its promise is settled, and its calls below it', async () => {
    const { manager, tracer } = make();
    const counter = new Counter();
    const add = manager.traceFunction('add')(counter.add);
    const later = manager.traceAsyncFunction('api_request')(async function (this: Counter, by: number) {
      await Promise.resolve();
      return add.call(this, by, 0);
    });
    const result = later.call(counter, 5);
    expect(tracer.only('api_request').ended).toBe(false);
    expect(await result).toBe(5);
    expect(tracer.only('api_request').ended).toBe(true);
    expect(tracer.childrenOf(tracer.only('api_request')).map(({ name }) => name)).toEqual(['add']);
  });

  it('keeps the rejection, which is the caller’s alone', async () => {
    const { manager, tracer } = make();
    const error = new Error('refused');
    const fail = manager.traceAsyncFunction('api_request')(() => Promise.reject(error));
    await expect(fail()).rejects.toBe(error);
    expect(tracer.only('api_request')).toMatchObject({ ended: true, error: 'refused' });
  });

  it('has a name though the function has none, and works where tracing is off', async () => {
    const { manager, tracer } = make();
    manager.traceFunction()(
      (
        () => () =>
          1
      )(),
    )();
    expect(tracer.only('anonymous').ended).toBe(true);
    const off = createTracingManager({ tracer: NO_TRACER, start: () => Promise.resolve() });
    const counter = new Counter();
    expect(off.traceFunction()(counter.add).call(counter, 1, 1)).toBe(2);
    expect(await off.traceAsyncFunction()(counter.later).call(counter, 1)).toBe(3);
  });
});
