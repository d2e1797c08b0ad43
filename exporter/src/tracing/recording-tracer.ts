import { isPromise } from 'node:util/types';
import type { Clock } from '../base/clock.ts';
import { activeSpan, runOutside, runWithin } from '../trace/active-span.ts';
import {
  NO_TRACE_ID,
  NO_TRACER,
  type Span,
  type SpanContext,
  type SpanOptions,
  type Tracer,
} from '../trace/tracer.ts';
import { cleanText, type Mask } from './clean-values.ts';
import type { LocalTraces } from './local-traces.ts';
import { RecordedSpan, type SpanHome } from './recorded-span.ts';
import type { EndedSpan, Sdk } from './sdk.ts';

export interface RecordingOptions {
  readonly sdk: Pick<Sdk, 'newTraceId' | 'newSpanId' | 'isSampled'>;
  readonly service: string;
  readonly traces: Pick<LocalTraces<EndedSpan>, 'begin' | 'exemplar'>;
  readonly clock: Clock;
  readonly mask: Mask;
  readonly onEnd: (span: EndedSpan) => void;
  /** Told of what went wrong with a span; whoever made it is not. */
  readonly onFault: (error: unknown) => void;
}

/** Names of spans that are known to hold no secret: they are few, and come again and again. */
const MOST_NAMES = 1000;

/** The tracer whose spans are recorded. */
export function createRecordingTracer(recording: RecordingOptions): Tracer {
  const { sdk, service, traces, clock, mask, onEnd, onFault } = recording;
  const names = new Map<string, string>();

  function cleanName(name: string): string {
    const known = names.get(name);
    if (known !== undefined) return known;
    const clean = cleanText(name, mask);
    if (names.size < MOST_NAMES) names.set(name, clean);
    return clean;
  }

  const home: SpanHome = {
    ...{ service, clock, mask, cleanName },
    exemplar: traces.exemplar,
    onEnd: (span) => {
      try {
        onEnd(span);
      } catch (error) {
        onFault(error);
      }
    },
  };

  function begin(name: string, options: SpanOptions): Span {
    const { kind = 'internal', attributes, parent = activeSpan(), links, startTime } = options;
    const local = parent instanceof RecordedSpan ? parent : undefined;
    const above =
      parent === undefined || parent === 'root' ? undefined : 'context' in parent ? parent.context : parent;
    const known = above?.traceId === NO_TRACE_ID ? undefined : above;
    const traceId = known?.traceId ?? sdk.newTraceId();
    const spanId = sdk.newSpanId();
    // Whatever the sampler, it says the same of all spans of a trace that follow its first one here.
    const sampled = local?.context.sampled ?? sdk.isSampled(traceId, name, kind, known);
    traces.begin(traceId, spanId, known === undefined);
    const span = new RecordedSpan(home, {
      context: contextOf(traceId, spanId, sampled, known),
      parentSpanId: known?.spanId,
      ...{ name: cleanName(name), kind, links, startTime },
      anchor: local?.anchor ?? { wall: clock.wall(), monotonic: clock.monotonic() },
    });
    if (attributes !== undefined) span.set(attributes);
    return span;
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

  return {
    enabled: true,
    start,
    span: within,
    within: runWithin,
    outside: runOutside,
    active: activeSpan,
  };
}

/** The context of a span, with what is passed on unread from the one above. */
function contextOf(
  traceId: string,
  spanId: string,
  sampled: boolean,
  above: SpanContext | undefined,
): SpanContext {
  if (above?.traceState === undefined && above?.baggage === undefined) return { traceId, spanId, sampled };
  const { traceState, baggage } = above;
  return {
    ...{ traceId, spanId, sampled },
    ...(traceState === undefined ? {} : { traceState }),
    ...(baggage === undefined ? {} : { baggage }),
  };
}
