import { setImmediate as nextTurn } from 'node:timers/promises';
import { spanIdOf, spanRecord, traceIdOf } from '../test/support/span-record.ts';
import { systemClock } from '../src/base/clock.ts';
import { createMetrics } from '../src/metrics/registry.ts';
import type { SpanRecord, SpanSink } from '../src/trace/span-record.ts';
import { createMessageTraffic } from '../src/tracing/map/message-traffic.ts';
import { createServiceGraph } from '../src/tracing/map/service-graph.ts';
import { createSpanMetrics } from '../src/tracing/map/span-metrics.ts';
import { NOTHING_KNOWN } from '../src/tracing/map/topology.ts';
import { createKeptTraces, DEFAULT_KEPT_LIMITS } from '../src/tracing/store/kept-traces.ts';
import { compareCpu, longestBlock } from './harness.ts';
import { atMost, info, report } from './rows.ts';

const SPANS = 100_000;
/** Spans of one trace: gateway in and out, exporter, three collectors with their calls. */
const PER_TRACE = 10;
/** Spans that end before other work gets its turn: a busy moment of a gateway. */
const SPANS_A_TURN = 1000;

const now = Date.now();
const DATABASES = ['postgresql', 'redis'];

/** Calls with spans on both sides, calls to databases and calls to addresses, over 300 routes. */
function spanOf(index: number): SpanRecord {
  const place = index % PER_TRACE;
  const common = {
    traceId: traceIdOf(Math.floor(index / PER_TRACE) + 1),
    spanId: spanIdOf(index + 1),
    start: now * 1000,
    duration: 500 + ((index * 7919) % 400_000),
    name: `GET /api/v1/route-${index % 300}/{id}`,
    service: place < 2 ? 'valtronics-gateway' : 'valtronics-exporter',
  };
  const http = { 'http.request.method': 'GET', 'http.response.status_code': index % 50 === 0 ? 502 : 200 };
  if (place === 0) return spanRecord({ ...common, kind: 'server', attributes: http });
  if (place === 1)
    return spanRecord({ ...common, kind: 'client', parentSpanId: spanIdOf(index), attributes: http });
  const parentSpanId = spanIdOf(index - place + 1);
  if (place === 2) return spanRecord({ ...common, kind: 'server', parentSpanId, attributes: http });
  if (place % 3 === 0) return spanRecord({ ...common, kind: 'internal', parentSpanId });
  const database = DATABASES[place % 3];
  const address = { ...http, 'server.address': `host-${index % 40}`, 'server.port': 443 };
  const attributes: SpanRecord['attributes'] =
    database === undefined ? address : { 'db.system.name': database };
  return spanRecord({ ...common, kind: 'client', parentSpanId, attributes });
}
const spans = Array.from({ length: SPANS }, (_, index) => spanOf(index));
const traces = Array.from({ length: SPANS / PER_TRACE }, (_, index) =>
  spans.slice(index * PER_TRACE, (index + 1) * PER_TRACE),
);

const places = new Map<string, string>();
const newGraph = () =>
  createServiceGraph({
    metrics: createMetrics({ defaultMetrics: false }),
    clock: systemClock,
    topology: () => NOTHING_KNOWN,
    places: () => places,
    messages: createMessageTraffic(),
  });

/** All spans in turns, as a process that does other work ends them. */
async function endAll({ ended }: SpanSink): Promise<void> {
  for (let first = 0; first < SPANS; first += SPANS_A_TURN) {
    for (const span of spans.slice(first, first + SPANS_A_TURN)) ended(span);
    await nextTurn();
  }
}

async function drawMap(): Promise<void> {
  const graph = newGraph();
  await endAll(graph.sink);
  graph.map(now - 3_600_000, now + 60_000);
}

function keepAll(): void {
  const kept = createKeptTraces({ ...DEFAULT_KEPT_LIMITS, traces: 500 });
  for (const trace of traces) kept.add(trace);
}

const cpu = await compareCpu({
  turns: () => endAll({ ended: () => undefined, kept: () => undefined }),
  map: drawMap,
  metrics: () => endAll(createSpanMetrics(createMetrics({ defaultMetrics: false }))),
  ring: keepAll,
});
const block = await longestBlock(drawMap);
const micros = (milliseconds: number): number => (milliseconds * 1000) / SPANS;

report([
  atMost('service map over 100,000 spans, in turns', cpu('map') - cpu('turns'), 100, 'ms'),
  info('longest block while it is counted and drawn', block, 'ms'),
  info('metrics of spans, a span', micros(cpu('metrics') - cpu('turns')), 'µs'),
  info('a span into the ring of kept traces', micros(cpu('ring')), 'µs'),
]);
