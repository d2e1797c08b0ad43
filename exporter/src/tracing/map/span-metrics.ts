import { SPAN_CALLS, SPAN_DURATION } from '../../metrics/catalogue/traces.ts';
import type { CounterCell, HistogramCell, Metrics } from '../../metrics/metrics.ts';
import type { SpanRecord, SpanSink } from '../../trace/span-record.ts';

/** The series of one kind of work. */
interface Cells {
  readonly calls: CounterCell;
  readonly duration: HistogramCell;
}

const MAX_NAMES = 300;
const OTHER = 'other';

/**
 * Counts and times spans by service, name, kind and outcome, under the names and values that Jaeger's monitor tab
 * reads. Names beyond the cap are counted as `other`.
 */
export function createSpanMetrics(metrics: Metrics, maxNames = MAX_NAMES): SpanSink {
  /** By service and name, then by kind and outcome. */
  const names = new Map<string, Map<string, Map<string, Cells>>>();
  let size = 0;

  function byOutcome(service: string, name: string): Map<string, Cells> {
    const known = names.get(service) ?? new Map<string, Map<string, Cells>>();
    names.set(service, known);
    const cells = known.get(name);
    if (cells !== undefined) return cells;
    if (size >= maxNames && name !== OTHER) return byOutcome(service, OTHER);
    size += 1;
    const made = new Map<string, Cells>();
    known.set(name, made);
    return made;
  }

  function cellsOf({ service, name, kind, status }: SpanRecord): Cells {
    const cells = byOutcome(service, name);
    const key = kind + status;
    const known = cells.get(key);
    if (known !== undefined) return known;
    const labels = {
      service_name: service,
      span_name: names.get(service)?.get(name) === cells ? name : OTHER,
      span_kind: `SPAN_KIND_${kind.toUpperCase()}`,
      status_code: `STATUS_CODE_${status.toUpperCase()}`,
    };
    const made = {
      calls: metrics.counter(SPAN_CALLS, labels),
      duration: metrics.histogram(SPAN_DURATION, labels),
    };
    cells.set(key, made);
    return made;
  }

  return {
    ended: (span) => {
      const { calls, duration } = cellsOf(span);
      calls.inc();
      duration.observe(span.duration / 1000);
    },
    kept: (spans) => {
      for (const span of spans) cellsOf(span).duration.exemplar(span.duration / 1000, span);
    },
  };
}
