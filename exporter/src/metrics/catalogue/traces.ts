import { family } from '../family.ts';

const EDGES = 'edges of the service map (at most 200)';

export const SPANS_EXPORTED = family({
  name: 'valtronics_spans_exported_total',
  type: 'counter',
  help: 'Spans that the collector of traces took.',
  labels: [],
  owner: 'exporter',
  cardinality: '1',
});

export const SPANS_DROPPED = family({
  name: 'valtronics_spans_dropped_total',
  type: 'counter',
  help: 'Spans of this exporter that went nowhere, by reason: sampled (not chosen), queue_full, refused, unreachable, too_many (open traces or spans of one) or shutdown.',
  labels: ['reason'],
  owner: 'exporter',
  cardinality: 'reasons (6)',
});

export const SPANS_EXPORT_FAILURES = family({
  name: 'valtronics_spans_export_failures_total',
  type: 'counter',
  help: 'Requests to the collector of traces that failed, by reason: unreachable and unavailable (429, 502, 503, 504) are tried again, refused is given up.',
  labels: ['reason'],
  owner: 'exporter',
  cardinality: 'reasons (3)',
});

export const SERVICE_GRAPH_REQUESTS = family({
  name: 'traces_service_graph_request_total',
  type: 'counter',
  help: 'Calls from one service to another, seen by the exporter and the gateway.',
  labels: ['client', 'server'],
  owner: 'exporter',
  cardinality: EDGES,
});

export const SERVICE_GRAPH_FAILED = family({
  name: 'traces_service_graph_request_failed_total',
  type: 'counter',
  help: 'Those of the calls that failed.',
  labels: ['client', 'server'],
  owner: 'exporter',
  cardinality: EDGES,
});

export const SERVICE_GRAPH_SECONDS = family({
  name: 'traces_service_graph_request_server_seconds',
  type: 'histogram',
  help: 'How long the calls took.',
  labels: ['client', 'server'],
  owner: 'exporter',
  cardinality: EDGES,
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});

export const SPAN_CALLS = family({
  name: 'traces_span_metrics_calls_total',
  type: 'counter',
  help: 'Spans by service, name, kind and outcome, sampled or not; names over the cap are other.',
  labels: ['service_name', 'span_name', 'span_kind', 'status_code'],
  owner: 'exporter',
  cardinality: 'services × names (at most 300) × outcomes',
});

export const SPAN_DURATION = family({
  name: 'traces_span_metrics_duration_milliseconds',
  type: 'histogram',
  help: 'Durations of these spans.',
  labels: ['service_name', 'span_name', 'span_kind', 'status_code'],
  owner: 'exporter',
  cardinality: 'services × names (at most 300) × outcomes',
  buckets: [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000],
});
