import type { Clock } from '../base/clock.ts';
import { createRecentIds } from '../base/recent-ids.ts';
import type { SpanRecord } from '../trace/span-record.ts';
import type { ExemplarCell } from '../trace/tracer.ts';
import { createSlowest } from './slowest.ts';

/** A span that is over, with what is needed to send it. */
export interface Ended {
  readonly record: SpanRecord;
  /** What the sampler said of it at its start. */
  readonly sampled: boolean;
}

export interface LocalTracesOptions<E extends Ended> {
  readonly clock: Clock;
  /** Takes spans of one trace that are kept; later ones of the same trace may follow. */
  readonly keep: (spans: readonly E[]) => void;
  readonly drop: (spans: number, reason: 'sampled' | 'too_many') => void;
  readonly limits?: Partial<LocalTraceLimits>;
}

export interface LocalTraceLimits {
  /** Traces that run at a time. Of more, the oldest is decided upon before its end. */
  readonly traces: number;
  /** Spans of one trace that wait for its end; more are dropped. */
  readonly spansOfTrace: number;
  /** Spans of all traces that wait. */
  readonly spans: number;
}

/** The traces of this process: gathers their spans until the last has ended, and then decides whether they are kept. */
export interface LocalTraces<E extends Ended> {
  /** A span of the trace begins; `isNew` when the trace was made for it, and nobody can know it yet. */
  begin(traceId: string, spanId: string, isNew: boolean): void;
  end(span: E): void;
  /** When the trace is kept, the bucket of the value points at the span. */
  exemplar(
    span: { readonly traceId: string; readonly spanId: string },
    cell: ExemplarCell,
    value: number,
  ): void;
  /** Decides upon all that still run, with the spans that ended so far. */
  flush(): void;
}

interface Running<E extends Ended> {
  /** The span that began it here. */
  readonly first: string;
  firstEnded: SpanRecord | undefined;
  running: number;
  ended: E[];
  /** A trace of which spans were kept before: so are these. */
  readonly isKnown: boolean;
  sampled: boolean;
  failed: boolean;
  overflown: number;
  exemplars: Exemplar[];
}

interface Exemplar {
  readonly cell: ExemplarCell;
  readonly value: number;
  readonly trace: { readonly traceId: string; readonly spanId: string };
}

const LIMITS: LocalTraceLimits = { traces: 10_000, spansOfTrace: 1000, spans: 50_000 };
const EXEMPLARS_OF_TRACE = 64;
/** Kept traces whose ids are remembered, twice that at most. */
const REMEMBERED = 2000;

/**
 * A trace is kept when the sampler or who called says so, when a span of it failed, or when its first span here is the
 * slowest of its name for a while. That is known at its end only: spans wait here until then, in bounds.
 */
export function createLocalTraces<E extends Ended>(options: LocalTracesOptions<E>): LocalTraces<E> {
  const { clock, keep, drop } = options;
  const limits = { ...LIMITS, ...options.limits };
  const traces = new Map<string, Running<E>>();
  const slowest = createSlowest();
  let waiting = 0;
  const kept = createRecentIds(REMEMBERED);

  function isSlow({ service, name, duration }: SpanRecord): boolean {
    return slowest.isRecord(service, name, duration, clock.monotonic());
  }

  function decide(traceId: string, trace: Running<E>): void {
    const { ended, exemplars, firstEnded } = trace;
    traces.delete(traceId);
    // Old tables of a Map hold what was in it (see base/slots.ts): then let it be little.
    trace.ended = [];
    trace.exemplars = [];
    trace.firstEnded = undefined;
    waiting -= ended.length;
    const slow = firstEnded !== undefined && isSlow(firstEnded);
    if (trace.sampled || trace.failed || slow || trace.isKnown) {
      if (!trace.isKnown) kept.add(traceId);
      if (ended.length > 0) keep(ended);
      for (const { cell, value, trace: reference } of exemplars) cell.exemplar(value, reference);
    } else if (ended.length > 0) drop(ended.length, 'sampled');
    if (trace.overflown > 0) drop(trace.overflown, 'too_many');
  }

  function decideOldest(): void {
    const [oldest] = traces;
    if (oldest !== undefined) decide(...oldest);
  }

  /** A span whose trace was decided upon before its end. */
  function endLate(span: E): void {
    const { traceId } = span.record;
    if (span.sampled || span.record.status === 'error' || kept.has(traceId)) {
      kept.add(traceId);
      keep([span]);
    } else drop(1, 'too_many');
  }

  return {
    begin: (traceId, spanId, isNew) => {
      const known = isNew ? undefined : traces.get(traceId);
      if (known !== undefined) {
        known.running++;
        return;
      }
      traces.set(traceId, {
        first: spanId,
        firstEnded: undefined,
        running: 1,
        ended: [],
        isKnown: !isNew && kept.has(traceId),
        sampled: false,
        failed: false,
        overflown: 0,
        exemplars: [],
      });
      if (traces.size > limits.traces) decideOldest();
    },
    end: (span) => {
      const { traceId, status } = span.record;
      const trace = traces.get(traceId);
      if (trace === undefined) {
        endLate(span);
        return;
      }
      trace.running--;
      trace.sampled ||= span.sampled;
      trace.failed ||= status === 'error';
      const isFirst = span.record.spanId === trace.first;
      if (isFirst) trace.firstEnded = span.record;
      // The first span of all ends last: it has a place of its own.
      if (trace.ended.length < limits.spansOfTrace || isFirst) {
        trace.ended.push(span);
        waiting++;
      } else trace.overflown++;
      if (trace.running === 0) decide(traceId, trace);
      while (waiting > limits.spans) decideOldest();
    },
    exemplar: (reference, cell, value) => {
      const trace = traces.get(reference.traceId);
      if (trace === undefined) {
        if (kept.has(reference.traceId)) cell.exemplar(value, reference);
      } else if (trace.exemplars.length < EXEMPLARS_OF_TRACE)
        trace.exemplars.push({ cell, value, trace: reference });
    },
    flush: () => {
      for (const [traceId, trace] of traces) decide(traceId, trace);
    },
  };
}
