import { APP_ROOT } from '../../api/pluginId';
import { NO_TRACE_FILTER, type TraceFilter } from '../../domain/traces/traceFilter';
import type { QueryChanges } from '../../kit/useUrlQuery';

/** Which traces a list begins with. */
export const TRACE_VIEWS = ['slowest', 'failing', 'all'] as const;
export type TraceView = (typeof TRACE_VIEWS)[number];

/** The filter in the address of the page; what is no length of time lets all through. */
export function readTraceFilter(query: URLSearchParams): TraceFilter {
  const text = (name: string): string => query.get(name) ?? '';
  const minDuration = Number(text('min'));
  return {
    service: text('service'),
    operation: text('operation'),
    minDuration: minDuration > 0 && Number.isFinite(minDuration) ? minDuration : NO_TRACE_FILTER.minDuration,
    device: text('device'),
    correlation: text('correlation'),
  };
}

/** What parts of the filter change in the address. */
export function writeTraceFilter(filter: Partial<TraceFilter>): QueryChanges {
  const { service, operation, minDuration, device, correlation } = filter;
  const min = minDuration === undefined || minDuration > 0 ? minDuration?.toString() : '';
  return Object.fromEntries(
    Object.entries({ service, operation, min, device, correlation }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

/** The view of the address. */
export function readTraceView(query: URLSearchParams): TraceView {
  return TRACE_VIEWS.find((view) => view === query.get('view')) ?? 'slowest';
}

interface TracesPlace {
  readonly filter?: Partial<TraceFilter>;
  /** Undefined: the page's own. */
  readonly view?: TraceView | undefined;
  /** Milliseconds since the epoch; undefined: the page's own. */
  readonly span?: { readonly from: number; readonly to: number } | undefined;
}

/** The page with these traces. */
export function tracesPath({ filter = {}, view, span }: TracesPlace = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(writeTraceFilter(filter)))
    if (typeof value === 'string' && value !== '') query.set(name, value);
  if (view !== undefined) query.set('view', view);
  if (span !== undefined) {
    query.set('from', String(Math.floor(span.from)));
    query.set('to', String(Math.ceil(span.to)));
  }
  const text = query.toString();
  return `${APP_ROOT}/traces${text === '' ? '' : `?${text}`}`;
}

/** The page of one trace. Ids are hexadecimal digits; what is none is shown as such on the page. */
export function tracePath(traceId: string): string {
  return `${APP_ROOT}/traces/${encodeURIComponent(traceId)}`;
}

/** The same as a data link of a field of trace ids. Grafana fills the text in: of a mark `raw` is a number, whatever the field is. */
export function tracePathTemplate(): string {
  return `${APP_ROOT}/traces/\${__value.text}`;
}
