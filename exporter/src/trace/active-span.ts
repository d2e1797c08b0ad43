import { AsyncLocalStorage } from 'node:async_hooks';
import type { Span } from './tracer.ts';

/** One for the process: whoever writes a log line need not know who traces. */
const active = new AsyncLocalStorage<Span>();

/** The span inside of which this runs, promises and callbacks included; undefined outside of any. */
export function activeSpan(): Span | undefined {
  return active.getStore();
}

/** Does the work inside of the span. */
export function runWithin<T>(span: Span, work: () => T): T {
  return active.run(span, work);
}

/** Does the work inside of no span. */
export function runOutside<T>(work: () => T): T {
  return active.exit(work);
}

/** What a log line says of the span that it was written in, by the names of OpenTelemetry's own formats. */
export function traceFields(): { readonly trace_id?: string; readonly span_id?: string } {
  const span = active.getStore();
  return span === undefined ? {} : { trace_id: span.context.traceId, span_id: span.context.spanId };
}
