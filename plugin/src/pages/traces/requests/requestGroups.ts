/** What requests and other work are told apart by. */
export const REQUEST_GROUPS = ['routes', 'collectors', 'topics'] as const;
export type RequestGroup = (typeof REQUEST_GROUPS)[number];

/** The group of the address; anything else is the first one. */
export function readRequestGroup(query: URLSearchParams): RequestGroup {
  return REQUEST_GROUPS.find((group) => group === query.get('by')) ?? 'routes';
}

/** Where the counts of a group are, and what its members are called by. */
interface GroupSource {
  /** Counters, and those of them that count what failed. */
  readonly calls: string;
  readonly failed: string;
  /** Buckets of durations, as a selector and as an expression in seconds. */
  readonly buckets: string;
  readonly perSecond: number;
  readonly by: readonly string[];
}

/** Names of spans by what the exporter calls its own work: `collect postgres`, `process valtronics/+/telemetry`. */
function spanSource(matchers: string): GroupSource {
  return {
    calls: `traces_span_metrics_calls_total{${matchers}}`,
    failed: `traces_span_metrics_calls_total{${matchers},status_code=~".*ERROR"}`,
    buckets: `traces_span_metrics_duration_milliseconds_bucket{${matchers}}`,
    perSecond: 1000,
    by: ['span_name'],
  };
}

const SOURCES: Readonly<Record<RequestGroup, GroupSource>> = {
  routes: {
    calls: 'valtronics_api_requests_total',
    failed: 'valtronics_api_requests_total{status=~"5.."}',
    buckets: 'valtronics_api_request_duration_seconds_bucket',
    perSecond: 1,
    by: ['method', 'endpoint'],
  },
  collectors: spanSource('span_name=~"collect .+"'),
  topics: spanSource('span_kind=~"(?i).*consumer"'),
};

/** What a member of the group is called: a route as its span is, `GET /api/v1/devices/{device_id}`. */
export function memberName(group: RequestGroup, labels: Readonly<Record<string, string>>): string {
  return SOURCES[group].by.map((label) => labels[label] ?? '').join(' ');
}

/** The questions of a group; durations are seconds. */
export interface RequestQueries {
  /** Over time: requests a second, failed ones, and what 95 of 100 are faster than. */
  readonly rates: string;
  readonly failures: string;
  readonly durations: string;
  /** Of the whole range at its end. */
  readonly median: string;
  readonly slow: string;
  readonly slowOfAll: string;
  /** Series whose buckets may point at traces. */
  readonly exemplars: string;
}

/** `window` and `range`: seconds of a point of a chart, and of all of it. */
export function requestQueries(group: RequestGroup, window: number, range: number): RequestQueries {
  const { calls, failed, buckets, perSecond, by } = SOURCES[group];
  const members = by.join(', ');
  const quantile = (share: number, seconds: number, labels: string): string => {
    const value = `histogram_quantile(${share}, sum by (${labels}) (rate(${buckets}[${seconds}s])))`;
    return perSecond === 1 ? value : `${value} / ${perSecond}`;
  };
  return {
    rates: `sum by (${members}) (rate(${calls}[${window}s]))`,
    failures: `sum by (${members}) (rate(${failed}[${window}s]))`,
    durations: quantile(0.95, window, `${members}, le`),
    median: quantile(0.5, range, `${members}, le`),
    slow: quantile(0.95, range, `${members}, le`),
    slowOfAll: quantile(0.95, range, 'le'),
    exemplars: buckets,
  };
}

/** Seconds that a value of an exemplar of the group is. */
export function exemplarSeconds(group: RequestGroup, value: number): number {
  return value / SOURCES[group].perSecond;
}
