import type { Clock } from '../base/clock.ts';
import type { Settings } from '../config/schema.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { SpanSink } from '../trace/span-record.ts';
import type { TraceAnswers } from './answers.ts';
import { createTraceAnswers } from './create-answers.ts';
import { createJaegerRequests } from './jaeger/jaeger-requests.ts';
import { createJaeger } from './jaeger/jaeger.ts';
import { createSpanMetrics } from './map/span-metrics.ts';
import type { TraceMemory } from './trace-memory.ts';

export interface TracesOptions {
  readonly settings: Pick<Settings, 'traces' | 'jaeger'>;
  /** Whether spans are made in this process. */
  readonly isTracing: boolean;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly memory: TraceMemory;
}

/** What becomes of finished spans here: kept in memory, counted, drawn, and found again. */
export interface Traces {
  /** Who has to be told of spans. */
  readonly sinks: readonly SpanSink[];
  readonly answers: TraceAnswers;
  stop(): void;
}

/** Makes the parts; connects to nobody. Undefined where no span is made and no Jaeger can be asked. */
export function createTraces(options: TracesOptions): Traces | undefined {
  const { settings, isTracing, metrics, clock, memory } = options;
  const { url, ca_file: caFile } = settings.jaeger;
  if (!isTracing && url === undefined) return undefined;
  const { kept, graph } = memory;
  const jaeger = url === undefined ? undefined : createJaeger(createJaegerRequests({ url, caFile }));
  const keep: SpanSink = { ended: () => undefined, kept: (spans) => kept.add(spans) };
  return {
    sinks: isTracing ? [keep, graph.sink, createSpanMetrics(metrics)] : [],
    answers: createTraceAnswers({
      ...{
        kept,
        keeps: isTracing && settings.traces.buffer > 0,
        jaeger,
        map: graph.map,
        counts: isTracing,
        clock,
      },
    }),
    stop: () => jaeger?.close(),
  };
}
