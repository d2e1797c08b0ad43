import { family } from '../family.ts';

export const GATEWAY_IN_FLIGHT = family({
  name: 'valtronics_gateway_in_flight',
  type: 'gauge',
  help: 'Requests that are in the gateway now, upgraded connections included.',
  labels: [],
  owner: 'exporter',
  cardinality: '1',
});

export const GATEWAY_UPSTREAM_FAILURES = family({
  name: 'valtronics_gateway_upstream_failures_total',
  type: 'counter',
  help: 'Requests that the platform’s API did not answer, by reason: refused, reset, timeout, tls, name, closed or other.',
  labels: ['reason'],
  owner: 'exporter',
  cardinality: 'reasons (7)',
});

export const GATEWAY_REFUSED = family({
  name: 'valtronics_gateway_refused_total',
  type: 'counter',
  help: 'Requests and connections that the gateway did not pass on, by reason: malformed, too_long, slow, busy or connections.',
  labels: ['reason'],
  owner: 'exporter',
  cardinality: 'reasons (5)',
});

export const GATEWAY_OVERHEAD = family({
  name: 'valtronics_gateway_overhead_seconds',
  type: 'histogram',
  help: 'What the gateway itself added to a request: its whole time less the time of waiting for the API and for the client.',
  labels: [],
  owner: 'exporter',
  cardinality: '1',
  buckets: [0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.1],
});
