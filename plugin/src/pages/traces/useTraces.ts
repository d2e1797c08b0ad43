import { useCallback } from 'react';
import type { TracedService, TracePage } from '../../api/traceShapes';
import type { TracesClient } from '../../api/tracesClient';
import { NO_TRACE_FILTER, type TraceFilter } from '../../domain/traces/traceFilter';
import type { TraceSummary } from '../../domain/traces/traceSummary';
import { readTraceFilter, type TraceView } from '../../features/traces/tracesAddress';
import { useAnswer, type Answer } from '../../kit/answer';
import { useApp } from '../../kit/app/appContext';
import { useSame } from '../../kit/useSame';
import type { PageTime } from '../../kit/time/usePageTime';
import { loadRequests, type RequestPicture } from './requests/loadRequests';
import type { RequestGroup } from './requests/requestGroups';

/** Traces among which the slowest of each route is looked for. */
const SEARCHED = 200;

/** The traces of the list, and what there is to choose from. */
export interface TracePicture {
  readonly page: TracePage;
  readonly services: readonly TracedService[];
  /** The slowest one of each operation, whatever the filter. */
  readonly slowest: ReadonlyMap<string, TraceSummary>;
}

function spanOf({ range }: Pick<PageTime, 'range'>) {
  return { from: range.from.valueOf(), to: range.to.valueOf() };
}

/** The first of each operation, under the name of its span and of its route. */
export function firstByOperation(traces: readonly TraceSummary[]): Map<string, TraceSummary> {
  const first = new Map<string, TraceSummary>();
  for (const trace of traces) {
    const { operation, method, route } = trace;
    for (const name of [operation, `${method ?? ''} ${route ?? ''}`])
      if (!first.has(name)) first.set(name, trace);
  }
  return first;
}

interface Wanted {
  readonly filter: TraceFilter;
  readonly view: TraceView;
  readonly count: number;
}

async function loadTraces(
  traces: TracesClient,
  { filter, view, count }: Wanted,
  span: { readonly from: number; readonly to: number },
  signal: AbortSignal,
): Promise<TracePicture> {
  const order = view === 'slowest' ? 'slowest' : 'newest';
  const [page, services, slowest] = await Promise.all([
    traces.search({ filter, span, order, failedOnly: view === 'failing' }, count, signal),
    traces.services(signal),
    traces.search({ filter: NO_TRACE_FILTER, span, order: 'slowest' }, SEARCHED, signal),
  ]);
  return { page, services, slowest: firstByOperation(slowest.items) };
}

/** The traces of the filter and the page's range. */
export function useTraces({ filter, view, count }: Wanted, { range, tick }: PageTime): Answer<TracePicture> {
  const { clients } = useApp();
  const load = useCallback(
    (signal: AbortSignal) => loadTraces(clients.traces, { filter, view, count }, spanOf({ range }), signal),
    [clients, filter, view, count, range],
  );
  return useAnswer(load, tick);
}

/** The requests of the page's range, and the chosen group: the same thing where that is the routes. */
export interface RequestPictures {
  readonly requests: RequestPicture;
  readonly chosen: RequestPicture;
}

/** What Prometheus counted in the page's range. */
export function useRequests(group: RequestGroup, { range, tick }: PageTime): Answer<RequestPictures> {
  const { clients } = useApp();
  const load = useCallback(
    async (signal: AbortSignal) => {
      const of = (wanted: RequestGroup) =>
        loadRequests(clients.prometheus, wanted, spanOf({ range }), signal);
      if (group === 'routes') {
        const requests = await of(group);
        return { requests, chosen: requests };
      }
      const [requests, chosen] = await Promise.all([of('routes'), of(group)]);
      return { requests, chosen };
    },
    [clients, group, range],
  );
  return useAnswer(load, tick);
}

/** The filter of the address: the same object as long as it says the same. */
export function useTraceFilter(query: URLSearchParams): TraceFilter {
  return useSame(readTraceFilter(query));
}
