import { isPromise } from 'node:util/types';
import type { Clock } from '../base/clock.ts';
import { errorCode, messageOf } from '../base/errors.ts';
import { activeSpan, runOutside, runWithin } from '../trace/active-span.ts';
import {
  type Attributes,
  type ExemplarCell,
  NO_TRACER,
  type Span,
  type SpanContext,
  type SpanOptions,
  type Tracer,
} from '../trace/tracer.ts';
import { cleanText, cleanValue, type Mask } from './clean-values.ts';
import type { LocalTraces } from './local-traces.ts';
import type * as Sdk from './sdk.ts';
import type { EndedSpan, Moment, SdkContext, SdkSpan, SdkSpans } from './sdk.ts';

export interface RecordingOptions {
  /** The module that knows the SDK, once it is loaded. */
  readonly sdk: Pick<typeof Sdk, 'ROOT' | 'below' | 'belowRemote' | 'markFailed'>;
  readonly spans: SdkSpans;
  readonly traces: LocalTraces<EndedSpan>;
  readonly clock: Clock;
  readonly mask: Mask;
  /** Told of what went wrong with a span; whoever made it is not. */
  readonly onFault: (error: unknown) => void;
}

/** Both clocks at one moment: times of a trace are counted from there, so that no step of the wall clock bends it. */
interface Anchor {
  readonly wall: number;
  readonly monotonic: number;
}

function toMoment(milliseconds: number): Moment {
  const seconds = Math.floor(milliseconds / 1000);
  return [seconds, Math.round((milliseconds - seconds * 1000) * 1_000_000)];
}

function momentSince({ wall, monotonic }: Anchor, clock: Clock): Moment {
  return toMoment(wall + clock.monotonic() - monotonic);
}

/** What `error.type` says: a code where there is one, else the class. */
function typeOf(error: unknown): string {
  return errorCode(error) ?? (error instanceof Error ? error.name : typeof error);
}

class RecordedSpan implements Span {
  readonly context: SpanContext;
  readonly anchor: Anchor;
  readonly #recording: RecordingOptions;
  readonly #span: SdkSpan;
  #isOver = false;

  constructor(recording: RecordingOptions, span: SdkSpan, context: SpanContext, anchor: Anchor) {
    this.#recording = recording;
    this.#span = span;
    this.context = context;
    this.anchor = anchor;
  }

  /** Where children of this span stand. */
  below(): SdkContext {
    return this.#recording.sdk.below(this.#span);
  }

  rename(name: string): void {
    if (!this.#isOver) this.#span.updateName(cleanText(name, this.#recording.mask));
  }

  set(attributes: Attributes): void {
    if (this.#isOver) return;
    const { mask } = this.#recording;
    for (const name in attributes) {
      const value = attributes[name];
      if (value !== undefined) this.#span.setAttribute(name, cleanValue(name, value, mask));
    }
  }

  event(name: string, attributes: Attributes = {}): void {
    if (this.#isOver) return;
    const { mask } = this.#recording;
    const clean = Object.entries(attributes).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, cleanValue(key, value, mask)] as const],
    );
    this.#span.addEvent(name, Object.fromEntries(clean), this.#now());
  }

  fail(error: unknown): void {
    if (this.#isOver) return;
    const { sdk, mask } = this.#recording;
    const [type, message] = [typeOf(error), cleanText(messageOf(error), mask)];
    sdk.markFailed(this.#span, message);
    this.#span.setAttribute('error.type', type);
    this.#span.addEvent('exception', { 'exception.type': type, 'exception.message': message }, this.#now());
  }

  exemplar(cell: ExemplarCell, value: number): void {
    this.#recording.traces.exemplar(this.context, cell, value);
  }

  end(endTime?: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#span.end(endTime === undefined ? this.#now() : toMoment(endTime));
  }

  #now(): Moment {
    return momentSince(this.anchor, this.#recording.clock);
  }
}

/** The tracer whose spans are recorded. */
export function createRecordingTracer(recording: RecordingOptions): Tracer {
  const { sdk, spans, traces, clock, mask, onFault } = recording;

  /** The span that is given, as its context in the trace and with its clock. */
  function placeOf(above: Span | SpanContext | undefined): {
    place: SdkContext;
    anchor: Anchor;
    context?: SpanContext;
  } {
    if (above instanceof RecordedSpan)
      return { place: above.below(), anchor: above.anchor, context: above.context };
    const anchor = { wall: clock.wall(), monotonic: clock.monotonic() };
    if (above === undefined) return { place: sdk.ROOT, anchor };
    const context = 'context' in above ? above.context : above;
    return { place: sdk.belowRemote(context), anchor, context };
  }

  function begin(name: string, options: SpanOptions): Span {
    const { kind = 'internal', attributes, parent = activeSpan(), links = [], startTime } = options;
    const { place, anchor, context: above } = placeOf(parent === 'root' ? undefined : parent);
    const time = startTime === undefined ? momentSince(anchor, clock) : toMoment(startTime);
    const span = spans.start(cleanText(name, mask), kind, place, time, links);
    const { traceId, spanId, traceFlags } = span.spanContext();
    traces.begin(traceId, spanId);
    const context = {
      ...{ traceId, spanId, sampled: traceFlags !== 0 },
      ...(above?.traceState === undefined ? {} : { traceState: above.traceState }),
      ...(above?.baggage === undefined ? {} : { baggage: above.baggage }),
    };
    const recorded = new RecordedSpan(recording, span, context, anchor);
    if (attributes !== undefined) recorded.set(attributes);
    return recorded;
  }

  function start(name: string, options: SpanOptions = {}): Span {
    try {
      return begin(name, options);
    } catch (error) {
      onFault(error);
      return NO_TRACER.start(name);
    }
  }

  function failAndEnd(span: Span, error: unknown): void {
    span.fail(error);
    span.end();
  }

  function within<T>(name: string, options: SpanOptions, work: (span: Span) => T): T {
    const span = start(name, options);
    let result: T;
    try {
      result = runWithin(span, () => work(span));
    } catch (error) {
      failAndEnd(span, error);
      throw error;
    }
    if (!isPromise(result)) span.end();
    // Beside the promise and not behind it: the caller gets his own, and its rejection stays his.
    else
      result.then(
        () => span.end(),
        (error: unknown) => failAndEnd(span, error),
      );
    return result;
  }

  return { enabled: true, start, span: within, within: runWithin, outside: runOutside, active: activeSpan };
}
