import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SpanRecord } from '../../trace/span-record.ts';
import { matches } from './matches.ts';
import { summarize } from './summarize.ts';
import type { TraceData } from './trace-data.ts';
import type { TraceQuery } from './trace-query.ts';
import type { TraceSummary } from './trace-summary.ts';

export interface KeptTracesLimits {
  readonly traces: number;
  /** Spans of one trace; later ones are counted and left out. */
  readonly spansOfTrace: number;
  /** Bytes of all, as estimated. */
  readonly bytes: number;
}

/** The newest traces that were decided to be kept, in memory. Beyond a limit the oldest go. */
export interface KeptTraces {
  /** Takes spans of one trace; it may be there already. */
  add(spans: readonly SpanRecord[]): void;
  find(traceId: string): TraceData | undefined;
  /** Gives way to other work now and then. */
  search(query: TraceQuery): Promise<TraceSummary[]>;
  /** Names of spans by service, both sorted. */
  services(): { readonly service: string; readonly operations: readonly string[] }[];
  readonly size: number;
  /** Estimate. */
  readonly bytes: number;
  /** Start of the earliest trace that is there, milliseconds since the epoch. */
  oldest(): number | undefined;
  /** Keeps that many traces from now on: of more the oldest go at once. */
  resize(traces: number): void;
}

interface Kept {
  readonly spans: SpanRecord[];
  bytes: number;
  leftOut: number;
  /** Made when somebody asks, and thrown away when a span comes. */
  summary: TraceSummary | undefined;
}

export const DEFAULT_KEPT_LIMITS = { spansOfTrace: 1000, bytes: 64 * 1024 * 1024 } as const;

/** Objects, ids and numbers of a span, and of what it has several of, in V8. */
const SPAN_BYTES = 400;
const PART_BYTES = 120;

function bytesOf({ attributes, events, links, name, statusMessage }: SpanRecord): number {
  let bytes = SPAN_BYTES + 2 * name.length + 2 * (statusMessage?.length ?? 0) + links.length * PART_BYTES;
  for (const key in attributes) {
    const value = attributes[key];
    bytes += 32 + 2 * (typeof value === 'object' ? value.join().length : String(value).length);
  }
  for (const event of events) {
    bytes += PART_BYTES;
    for (const key in event.attributes) bytes += 32 + 2 * String(event.attributes[key]).length;
  }
  return bytes;
}

function dataOf(traceId: string, { spans, leftOut }: Kept): TraceData {
  const warnings = leftOut === 0 ? [] : [`${leftOut} more spans are not kept: a trace has too many`];
  return { traceId, spans, resources: new Map(), warnings };
}

/** Traces in the order that is asked for: newest or slowest first. */
export function inOrder(summaries: TraceSummary[], { order, limit }: TraceQuery): TraceSummary[] {
  const compare =
    order === 'newest'
      ? (a: TraceSummary, b: TraceSummary) => b.start - a.start
      : (a: TraceSummary, b: TraceSummary) => b.durationMs - a.durationMs || b.start - a.start;
  return summaries.sort(compare).slice(0, limit);
}

/** Traces looked at before other work gets a turn. */
const TRACES_A_TURN = 500;

export function createKeptTraces(limits: KeptTracesLimits): KeptTraces {
  let most = limits.traces;
  /** The one that came first is first. */
  const traces = new Map<string, Kept>();
  let bytes = 0;

  function forgetOldest(): void {
    for (const [traceId, kept] of traces) {
      if (traces.size <= most && (bytes <= limits.bytes || traces.size === 1)) return;
      traces.delete(traceId);
      bytes -= kept.bytes;
    }
  }

  function summaryOf(traceId: string, kept: Kept): TraceSummary {
    return (kept.summary ??= summarize(traceId, kept.spans));
  }

  return {
    add: (spans) => {
      const [first] = spans;
      if (first === undefined || most === 0) return;
      const { traceId } = first;
      const kept = traces.get(traceId) ?? { spans: [], bytes: 0, leftOut: 0, summary: undefined };
      traces.set(traceId, kept);
      kept.summary = undefined;
      for (const span of spans) {
        if (kept.spans.length >= limits.spansOfTrace) {
          kept.leftOut += 1;
          continue;
        }
        const added = bytesOf(span);
        kept.spans.push(span);
        kept.bytes += added;
        bytes += added;
      }
      if (traces.size > most || bytes > limits.bytes) forgetOldest();
    },
    find: (traceId) => {
      const kept = traces.get(traceId);
      return kept === undefined ? undefined : dataOf(traceId, kept);
    },
    search: async (query) => {
      const found: TraceSummary[] = [];
      let looked = 0;
      for (const [traceId, kept] of traces) {
        if (++looked % TRACES_A_TURN === 0) await nextTurn();
        const summary = summaryOf(traceId, kept);
        if (matches(query, summary, kept.spans)) found.push(summary);
      }
      return inOrder(found, query);
    },
    services: () => {
      const services = new Map<string, Set<string>>();
      for (const { spans } of traces.values())
        for (const { service, name } of spans) {
          const names = services.get(service) ?? new Set();
          services.set(service, names.add(name));
        }
      return [...services]
        .map(([service, names]) => ({ service, operations: [...names].sort() }))
        .sort((a, b) => (a.service < b.service ? -1 : 1));
    },
    get size() {
      return traces.size;
    },
    get bytes() {
      return bytes;
    },
    oldest: () => {
      let oldest: number | undefined;
      for (const [traceId, kept] of traces) {
        const { start } = summaryOf(traceId, kept);
        if (oldest === undefined || start < oldest) oldest = start;
      }
      return oldest;
    },
    resize: (count) => {
      most = count;
      forgetOldest();
    },
  };
}
