import { hostname } from 'node:os';
import type { Clock } from '../base/clock.ts';
import { messageOf } from '../base/errors.ts';
import type { Settings } from '../config/schema.ts';
import type { Logger } from '../log/logger.ts';
import { SPANS_DROPPED, SPANS_EXPORT_FAILURES, SPANS_EXPORTED } from '../metrics/catalogue/traces.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { SpanSink } from '../trace/span-record.ts';
import { followingTracer } from '../trace/following-tracer.ts';
import { NO_TRACER, type Tracer } from '../trace/tracer.ts';
import type { Mask } from './clean-values.ts';
import { createLocalTraces } from './local-traces.ts';
import { createCollectorClient } from './otlp/collector-client.ts';
import { createSpanQueue, type SpanQueue, type SpanQueueOptions } from './otlp/span-queue.ts';
import { createRecordingTracer } from './recording-tracer.ts';
import type { EndedSpan, Sdk } from './sdk.ts';

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
  /** Longest that the end waits for what is sent, milliseconds; the default is 2 s. */
  readonly flush?: number;
}

/** The traces of this process, from their making to their sending. */
export interface Tracing {
  /** Makes spans of this service; of nobody before the start, after the stop, and where tracing is off. */
  readonly tracer: Tracer;
  /** Makes spans of another service in this process, in the same traces. */
  tracerOf(service: string): Tracer;
  /** Begins. What cannot be begun is logged and shown: nothing waits for its tracing. */
  start(): Promise<void>;
  /** Sends what is kept as far as that goes in the time for it, and ends. Never rejects. */
  stop(): Promise<void>;
  /** Why traces go missing at present, in words for operators. */
  problems(): readonly string[];
}

/** Whether the settings ask for traces at all. */
export function isTracingOn({ otel, traces }: Pick<Settings, 'otel' | 'traces'>): boolean {
  if (otel.sdk_disabled) return false;
  return otel.endpoint !== undefined || otel.traces_endpoint !== undefined || traces.buffer > 0;
}

/** The collector's whole address; undefined when nothing is sent. */
function collectorUrl({ endpoint, traces_endpoint: whole }: Settings['otel']): string | undefined {
  if (whole !== undefined || endpoint === undefined) return whole;
  const [path = '', query] = endpoint.split('?');
  return `${path.replace(/\/+$/, '')}/v1/traces${query === undefined ? '' : `?${query}`}`;
}

/** Between two lines about faults, milliseconds. */
const QUIET = 60_000;

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
  return { tracer: followingTracer(() => current), set: (next) => (current = next) };
}

/** What sends the spans that are kept; undefined without an address. */
function queueOf(
  { settings: { otel }, metrics, logger, flush }: TracingOptions,
  encode: Sdk['encode'],
  decodeAnswer: SpanQueueOptions<EndedSpan>['decodeAnswer'],
): SpanQueue<EndedSpan> | undefined {
  const url = collectorUrl(otel);
  if (url === undefined) return undefined;
  const exported = metrics.counter(SPANS_EXPORTED, {});
  const address = otel.traces_endpoint === undefined ? 'otel.endpoint' : 'otel.traces_endpoint';
  return createSpanQueue({
    ...{ encode, decodeAnswer, logger },
    client: createCollectorClient({
      ...{ url, headers: otel.headers, caFile: otel.ca_file },
      settings: { address, authority: 'otel.ca_file' },
    }),
    onExported: (spans) => exported.inc(spans),
    onLost: (spans, reason) => metrics.counter(SPANS_DROPPED, { reason }).inc(spans),
    onFailure: (reason) => metrics.counter(SPANS_EXPORT_FAILURES, { reason }).inc(),
    ...(flush === undefined ? {} : { limits: { flush } }),
  });
}

/** Makes the parts and does nothing with them. Where the settings ask for no traces, nothing of the SDK is ever loaded. */
export function createTracing(options: TracingOptions): Tracing {
  if (!isTracingOn(options.settings)) return OFF;
  const { settings, version, metrics, logger, clock, sinks, mask } = options;
  const { sampler, sampler_arg: ratio, resource_attributes: said, service_name: named } = settings.otel;
  const resource = { 'host.name': hostname(), ...said };
  const switches = new Map<string, ReturnType<typeof createSwitch>>();
  let problem: string | undefined;
  let isOver = false;
  let queue: SpanQueue<EndedSpan> | undefined;
  let recording: ((service: string) => Tracer) | undefined;

  let quietUntil = -Infinity;

  /** Logged once a minute: whoever makes many spans would fill the log with the fault of one place. */
  function fault(error: unknown): void {
    if (clock.monotonic() < quietUntil) return;
    quietUntil = clock.monotonic() + QUIET;
    logger.error({ error: messageOf(error) }, 'spans are lost by a fault of the exporter');
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
      queue?.add(spans);
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

  async function begin(): Promise<void> {
    const { createSdk, decodeAnswer } = await import('./sdk.ts');
    if (isOver) return;
    const sdk = createSdk({ resource, version, sampler, ratio });
    queue = queueOf(options, sdk.encode, decodeAnswer);
    recording = (service) =>
      createRecordingTracer({ sdk, service, traces, clock, mask, onEnd, onFault: fault });
    for (const [service, made] of switches) made.set(recording(service));
  }

  return {
    tracer: tracerOf(named ?? said['service.name'] ?? options.serviceName),
    tracerOf,
    start: async () => {
      try {
        await begin();
      } catch (error) {
        problem = `no traces are made: ${messageOf(error)}`;
        logger.error({ error: messageOf(error) }, 'tracing does not start: the exporter goes on without');
      }
    },
    stop: async () => {
      isOver = true;
      recording = undefined;
      for (const made of switches.values()) made.set(NO_TRACER);
      traces.flush();
      await queue?.stop();
    },
    problems: () => [problem, queue?.problem()].filter((text) => text !== undefined),
  };
}
