import type { Clock } from '../base/clock.ts';
import type { Metrics } from '../metrics/metrics.ts';
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
  /** Goes on by these settings; what is there stays as far as they let it. Before the first time nothing is kept. */
  use(use: TraceMemoryUse): void;
}

/** Makes an empty memory. */
export function createTraceMemory({ metrics, clock }: { metrics: Metrics; clock: Clock }): TraceMemory {
  let inUse: TraceMemoryUse = { traces: 0, topology: () => NOTHING_KNOWN, places: new Map() };
  const kept = createKeptTraces({ ...DEFAULT_KEPT_LIMITS, traces: inUse.traces });
  return {
    kept,
    graph: createServiceGraph({
      ...{ metrics, clock },
      topology: () => inUse.topology(),
      places: () => inUse.places,
    }),
    use: (use) => {
      inUse = use;
      kept.resize(use.traces);
    },
  };
}
