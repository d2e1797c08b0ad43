import type { Clock } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import type { Settings } from '../config/schema.ts';
import type { Logger } from '../log/logger.ts';
import { SPANS_DROPPED } from '../metrics/catalogue/traces.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { SpanSink } from '../trace/span-record.ts';
import { NO_TRACER, type Tracer } from '../trace/tracer.ts';
import type { Mask } from './clean-values.ts';
import { createLocalTraces } from './local-traces.ts';
import { createRecordingTracer } from './recording-tracer.ts';
import type { EndedSpan } from './sdk.ts';

export interface TracingOptions {
  readonly settings: Pick<Settings, 'otel' | 'traces'>;
  /** `service.name` where the settings give none. */
  readonly serviceName: string;
  readonly version: string;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Told of each span that ends and of each trace that is kept. */
  readonly sinks: readonly SpanSink[];
  /** Hides secrets in names, values and messages. */
  readonly mask: Mask;
}

/** The traces of this process, from their making to their sending. */
export interface Tracing {
  /** Makes spans of this service; of nobody before the start, after the stop, and where tracing is off. */
  readonly tracer: Tracer;
  /** Makes spans of another service in this process, in the same traces. */
  tracerOf(service: string): Tracer;
  /** Begins. What cannot be begun is logged and shown: nothing waits for its tracing. */
  start(): Promise<void>;
  /** Sends what is kept as far as that goes in two seconds, and ends. Never rejects. */
  stop(): Promise<void>;
  /** Why traces go missing at present, in words for operators. */
  problems(): readonly string[];
}

/** Whether the settings ask for traces at all. */
export function isTracingOn({ otel, traces }: Pick<Settings, 'otel' | 'traces'>): boolean {
  if (otel.sdk_disabled) return false;
  return otel.endpoint !== undefined || otel.traces_endpoint !== undefined || traces.buffer > 0;
}

const OFF: Tracing = {
  tracer: NO_TRACER,
  tracerOf: () => NO_TRACER,
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  problems: () => [],
};

/** A tracer that can be exchanged below those who were given it. */
function createSwitch(): { readonly tracer: Tracer; set(next: Tracer): void } {
  let current = NO_TRACER;
  return {
    tracer: {
      get enabled() {
        return current.enabled;
      },
      start: (name, options) => current.start(name, options),
      span: (name, options, work) => current.span(name, options, work),
      within: (span, work) => current.within(span, work),
      outside: (work) => current.outside(work),
      active: () => current.active(),
    },
    set: (next) => (current = next),
  };
}

/** Makes the parts and does nothing with them. Where the settings ask for no traces, nothing of the SDK is ever loaded. */
export function createTracing(options: TracingOptions): Tracing {
  if (!isTracingOn(options.settings)) return OFF;
  const { settings, serviceName, version, metrics, logger, clock, sinks, mask } = options;
  const { otel } = settings;
  const own = otel.service_name ?? serviceName;
  const switches = new Map<string, ReturnType<typeof createSwitch>>();
  let problem: string | undefined;
  let isOver = false;
  let recording: ((service: string) => Tracer) | undefined;

  function fault(error: unknown): void {
    logger.error({ error: messageOf(error) }, 'a span was lost');
  }

  /** A sink is one of ours and does not throw; if it does, nobody else may suffer. */
  function tell(what: (sink: SpanSink) => void): void {
    for (const sink of sinks)
      try {
        what(sink);
      } catch (error) {
        fault(error);
      }
  }

  const traces = createLocalTraces<EndedSpan>({
    clock,
    keep: (spans) => {
      const records = spans.map(({ record }) => record);
      tell((sink) => sink.kept(records));
    },
    drop: (spans, reason) => metrics.counter(SPANS_DROPPED, { reason }).inc(spans),
  });

  function onEnd(span: EndedSpan): void {
    tell((sink) => sink.ended(span.record));
    traces.end(span);
  }

  function tracerOf(service: string): Tracer {
    const known = switches.get(service);
    if (known !== undefined) return known.tracer;
    const made = createSwitch();
    switches.set(service, made);
    if (recording !== undefined) made.set(recording(service));
    return made.tracer;
  }

  return {
    tracer: tracerOf(own),
    tracerOf,
    start: async () => {
      try {
        const sdk = await import('./sdk.ts');
        if (isOver) return;
        recording = (service) => {
          const spans = sdk.createSdkSpans({
            ...{ resource: {}, service, version, onEnd },
            ...{ sampler: otel.sampler, ratio: otel.sampler_arg },
          });
          return createRecordingTracer({ sdk, spans, traces, clock, mask, onFault: fault });
        };
        for (const [service, made] of switches) made.set(recording(service));
      } catch (error) {
        problem = `no traces are made: ${messageOf(error)}`;
        logger.error({ error: messageOf(error) }, 'tracing does not start: the exporter goes on without');
      }
    },
    stop: () => {
      isOver = true;
      recording = undefined;
      for (const made of switches.values()) made.set(NO_TRACER);
      traces.flush();
      return Promise.resolve();
    },
    problems: () => (problem === undefined ? [] : [problem]),
  };
}
