import { family } from '../family.ts';

export const HTTP_REQUESTS = family({
  name: 'valtronics_exporter_http_requests_total',
  type: 'counter',
  help: 'Requests that the exporter itself answered; path is the route, other for what is none.',
  labels: ['method', 'path', 'status'],
  owner: 'exporter',
  cardinality: 'routes × statuses (about 100)',
});

export const HTTP_DURATION = family({
  name: 'valtronics_exporter_http_request_duration_seconds',
  type: 'histogram',
  help: 'How long the exporter took for an answer, the client’s reading included.',
  labels: ['path'],
  owner: 'exporter',
  cardinality: 'routes (about 50) × 11 buckets',
  buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});

export const HTTP_IN_FLIGHT = family({
  name: 'valtronics_exporter_http_requests_in_flight',
  type: 'gauge',
  help: 'Requests that the exporter is answering now.',
  labels: [],
  owner: 'exporter',
  cardinality: '1',
});
