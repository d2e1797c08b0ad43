import { isObject } from '../base/is-object.ts';
import { parseTolerantJson } from '../base/json.ts';
import { readContext, writeContext } from '../trace/trace-context.ts';
import type { Attributes, Span, SpanContext, SpanKind } from '../trace/tracer.ts';
import type { Tracing } from './tracing.ts';

/** A function whose calls are spans is what it was: `this`, arguments, result, what it throws. */
export type TraceFunction = <This, Arguments extends unknown[], Result>(
  work: (this: This, ...given: Arguments) => Result,
) => (this: This, ...given: Arguments) => Result;

/** The seed's `TracingManager`, one method for each of its own: traces for who writes a few lines and no part of the exporter. */
export interface TracingManager {
  /** The seed's `initialize_tracing`; service and collector are those of the settings. Never rejects. */
  initialize(): Promise<void>;
  /** A child of the active span, or of what came with a request or a message. The caller ends it. */
  createSpan(name: string, kind?: SpanKind, parent?: SpanContext): Span;
  /** Values stay what they are: a store can compare numbers. */
  addSpanAttributes(span: Span, attributes: Attributes): void;
  addSpanEvents(
    span: Span,
    events: readonly { readonly name: string; readonly attributes?: Attributes }[],
  ): void;
  /** Says that the work failed, and with what. */
  addSpanError(span: Span, error: unknown): void;
  /** What came with an HTTP request, whatever the case of its headers; the seed's `create_trace_context`. */
  createTraceContext(headers: Readonly<Record<string, unknown>>): SpanContext | undefined;
  /** What came with a message: the user properties of MQTT 5, or else the outermost members of a JSON object in its payload. */
  createMessageContext(
    userProperties: Readonly<Record<string, unknown>> | undefined,
    payload: string,
  ): SpanContext | undefined;
  /**
   * Writes the span into headers of HTTP or user properties of MQTT 5. Nothing is ever written into a payload: that is
   * the device's.
   */
  injectTraceContext(carrier: Record<string, string>, span: Span): void;
  /** A function of which each call is a span of that name, its own by default. */
  traceFunction(name?: string): TraceFunction;
  /** The same for what gives a promise: the span ends with it. */
  traceAsyncFunction(name?: string): TraceFunction;
}

function lowerCase(headers: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** What the outermost object holds; a payload that is no JSON holds nothing. */
function contextInJson(payload: string): SpanContext | undefined {
  try {
    const parsed = parseTolerantJson(payload, 'null');
    return isObject(parsed) ? readContext(parsed) : undefined;
  } catch {
    return undefined;
  }
}

/** The manager of what is traced. */
export function createTracingManager({ tracer, start }: Pick<Tracing, 'tracer' | 'start'>): TracingManager {
  function traced(name?: string): TraceFunction {
    return (work) => {
      const called = name ?? (work.name === '' ? 'anonymous' : work.name);
      return function (...given) {
        return tracer.span(called, {}, () => work.apply(this, given));
      };
    };
  }

  return {
    initialize: start,
    createSpan: (name, kind = 'internal', parent) =>
      tracer.start(name, { kind, ...(parent === undefined ? {} : { parent }) }),
    addSpanAttributes: (span, attributes) => span.set(attributes),
    addSpanEvents: (span, events) => {
      for (const { name, attributes } of events) span.event(name, attributes);
    },
    addSpanError: (span, error) => span.fail(error),
    createTraceContext: (headers) => readContext(lowerCase(headers)),
    createMessageContext: (userProperties = {}, payload) => {
      const context = readContext(userProperties);
      if (context !== undefined || !payload.includes('"traceparent"')) return context;
      return contextInJson(payload);
    },
    injectTraceContext: (carrier, span) => {
      Object.assign(carrier, writeContext(span.context));
    },
    traceFunction: traced,
    traceAsyncFunction: traced,
  };
}
