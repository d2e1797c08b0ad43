import type { Clock } from '../base/clock.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { createMessageTraffic, type MessageTraffic } from './map/message-traffic.ts';
import { createServiceGraph, type ServiceGraph } from './map/service-graph.ts';
import { NOTHING_KNOWN, type Places, type Topology } from './map/topology.ts';
import { createKeptTraces, DEFAULT_KEPT_LIMITS, type KeptTraces } from './store/kept-traces.ts';

/** What settings say of the memory of traces. */
export interface TraceMemoryUse {
  /** Traces that are kept; 0 for none. */
  readonly traces: number;
  /** What the map shows besides what is measured; asked whenever the map is. */
  readonly topology: () => Topology;
  readonly places: Places;
}

/** What is remembered of spans in this process. It outlives a reload of the settings, which changes how it is used. */
export interface TraceMemory {
  readonly kept: KeptTraces;
  readonly graph: ServiceGraph;
  /** Told of MQTT messages by whoever takes them. */
  readonly messages: MessageTraffic;
  /** Goes on by these settings; what is there stays as far as they let it. Before the first time nothing is kept. */
  use(use: TraceMemoryUse): void;
}

/** Makes an empty memory. */
export function createTraceMemory({ metrics, clock }: { metrics: Metrics; clock: Clock }): TraceMemory {
  let inUse: TraceMemoryUse = { traces: 0, topology: () => NOTHING_KNOWN, places: new Map() };
  const messages = createMessageTraffic();
  const kept = createKeptTraces({ ...DEFAULT_KEPT_LIMITS, traces: inUse.traces });
  return {
    kept,
    messages,
    graph: createServiceGraph({
      ...{ metrics, clock, messages },
      topology: () => inUse.topology(),
      places: () => inUse.places,
    }),
    use: (use) => {
      inUse = use;
      kept.resize(use.traces);
    },
  };
}
