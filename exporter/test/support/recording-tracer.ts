import { afterEach, expect } from '@jest/globals';
import { AsyncLocalStorage } from 'node:async_hooks';
import { messageOf } from '../../src/base/errors.ts';
import type { AttributeValue, Span, SpanContext, SpanOptions, Tracer } from '../../src/trace/tracer.ts';

/** A span as a test looks at it. */
export interface RecordedSpan {
  name: string;
  readonly options: SpanOptions;
  readonly context: SpanContext;
  /** Span id of what it is a child of; undefined for the first span of a trace. */
  readonly parent: string | undefined;
  readonly attributes: Record<string, AttributeValue>;
  readonly events: { readonly name: string; readonly attributes: object }[];
  /** What it failed with, in words. */
  error: string | undefined;
  ended: boolean;
  readonly exemplars: number[];
}

/** A tracer that keeps every span. A test that leaves one open, or changes one after its end, fails. */
export interface RecordingTracer extends Tracer {
  readonly spans: readonly RecordedSpan[];
  /** The only span of that name. */
  only(name: string): RecordedSpan;
  named(name: string): RecordedSpan[];
  childrenOf(span: RecordedSpan): RecordedSpan[];
  /** Forgets what was recorded: for tests that share a server. */
  clear(): void;
}

const made = new Set<RecordingTracer>();

afterEach(() => {
  const open = [...made].flatMap(({ spans }) => spans.filter(({ ended }) => !ended).map(({ name }) => name));
  made.clear();
  expect({ open }).toEqual({ open: [] });
});

export function recordingTracer(): RecordingTracer {
  const active = new AsyncLocalStorage<Span | undefined>();
  const spans: RecordedSpan[] = [];
  let numbers = 0;
  const id = (digits: number): string => (++numbers).toString(16).padStart(digits, '0');

  function parentOf({ parent }: SpanOptions): SpanContext | undefined {
    if (parent === 'root') return undefined;
    return parent ?? active.getStore()?.context;
  }

  function start(name: string, options: SpanOptions = {}): Span {
    const parent = parentOf(options);
    const context = { traceId: parent?.traceId ?? id(32), spanId: id(16), sampled: true };
    const recorded: RecordedSpan = {
      ...{ name, options, context, parent: parent?.spanId, attributes: {}, events: [], exemplars: [] },
      ...{ error: undefined, ended: false },
    };
    spans.push(recorded);
    const change = (what: () => void): void => {
      if (recorded.ended) throw new Error(`the span "${recorded.name}" is over`);
      what();
    };
    const span: Span = {
      context,
      rename: (to) => change(() => (recorded.name = to)),
      set: (attributes) =>
        change(() => {
          for (const [key, value] of Object.entries(attributes))
            if (value !== undefined) recorded.attributes[key] = value;
        }),
      event: (event, attributes = {}) => change(() => recorded.events.push({ name: event, attributes })),
      fail: (error) => change(() => (recorded.error = messageOf(error))),
      exemplar: (_cell, value) => change(() => recorded.exemplars.push(value)),
      end: () => void (recorded.ended = true),
    };
    if (options.attributes !== undefined) span.set(options.attributes);
    return span;
  }

  function over(span: Span, error?: unknown): void {
    if (error !== undefined) span.fail(error);
    span.end();
  }

  function whileOpen<T>(span: Span, work: () => T): T {
    try {
      const result = work();
      if (result instanceof Promise)
        void result.then(
          () => over(span),
          (error: unknown) => over(span, error),
        );
      else over(span);
      return result;
    } catch (error) {
      over(span, error);
      throw error;
    }
  }

  const named = (name: string): RecordedSpan[] => spans.filter((span) => span.name === name);
  const tracer: RecordingTracer = {
    enabled: true,
    start,
    span: (name, options, work) => {
      const span = start(name, options);
      return active.run(span, () => whileOpen(span, () => work(span)));
    },
    within: (span, work) => active.run(span, work),
    outside: (work) => active.run(undefined, work),
    active: () => active.getStore(),
    spans,
    named,
    only: (name) => {
      const [first, second] = named(name);
      if (first === undefined || second !== undefined)
        throw new Error(`not one span "${name}" but: ${spans.map((span) => span.name).join(', ')}`);
      return first;
    },
    childrenOf: ({ context }) => spans.filter(({ parent }) => parent === context.spanId),
    clear: () => {
      spans.length = 0;
    },
  };
  made.add(tracer);
  return tracer;
}
