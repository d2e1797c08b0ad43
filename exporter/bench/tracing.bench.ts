import { ROOT_CONTEXT, SpanKind as SdkKind, trace, type Tracer as SdkTracer } from '@opentelemetry/api';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { connectDevice } from '../test/support/watched-mqtt.ts';
import { startExporter, type TestExporter } from '../test/support/exporter.ts';
import { json, startFakeApi } from '../test/support/fake-api.ts';
import { startMosquitto } from '../test/support/mosquitto.ts';
import { startOtlpReceiver } from '../test/support/otlp-receiver.ts';
import { findExecutable, freePort } from '../test/support/server.ts';
import { systemClock } from '../src/base/clock.ts';
import { silentLogger } from '../src/log/logger.ts';
import { maskSecrets } from '../src/logs/reading/secrets.ts';
import type { Tracer } from '../src/trace/tracer.ts';
import { createLocalTraces } from '../src/tracing/local-traces.ts';
import { createCollectorClient } from '../src/tracing/otlp/collector-client.ts';
import { createSpanQueue } from '../src/tracing/otlp/span-queue.ts';
import { createRecordingTracer } from '../src/tracing/recording-tracer.ts';
import { createSdk, decodeAnswer, type EndedSpan } from '../src/tracing/sdk.ts';
import { createKeptTraces, DEFAULT_KEPT_LIMITS } from '../src/tracing/store/kept-traces.ts';
import { compareCpu, heapBytes, median } from './harness.ts';
import { processCpuMilliseconds } from './process-cpu.ts';
import { atMost, info, report, skipped, type Row } from './rows.ts';

const SPANS = 100_000;
const BUFFER = 500;
const MICROSECONDS = 5;

/** A tracer whose kept traces go to the ring. */
function tracerWithRing(): Tracer {
  const ring = createKeptTraces({ ...DEFAULT_KEPT_LIMITS, traces: BUFFER });
  const traces = createLocalTraces<EndedSpan>({
    clock: systemClock,
    keep: (spans) => ring.add(spans.map(({ record }) => record)),
    drop: () => undefined,
  });
  return createRecordingTracer({
    sdk: createSdk({ resource: {}, version: '1', sampler: 'always_on', ratio: 1 }),
    ...{ service: 'valtronics-gateway', traces, clock: systemClock, mask: maskSecrets, onEnd: traces.end },
    onFault: (error) => {
      throw error;
    },
  });
}

/** What a request through the gateway leaves behind: a span for the client, and one for the API below it. */
function traceRequest(tracer: Tracer, number: number): void {
  const server = tracer.start('GET', {
    kind: 'server',
    parent: 'root',
    attributes: {
      'http.request.method': 'GET',
      'url.path': `/api/v1/devices/${number}`,
      'url.scheme': 'http',
    },
  });
  const client = tracer.within(server, () =>
    tracer.start('GET', {
      kind: 'client',
      attributes: { 'http.request.method': 'GET', 'server.address': '127.0.0.1' },
    }),
  );
  client.set({ 'http.response.status_code': 200 });
  client.end();
  server.rename('GET /api/v1/devices/{device_id}');
  server.set({ 'http.route': '/api/v1/devices/{device_id}', 'http.response.status_code': 200 });
  server.end();
}

/** The same by the SDK's own tracer, with its limits and without anything behind it. */
function traceRequestBare(tracer: SdkTracer, number: number): void {
  const server = tracer.startSpan(
    'GET',
    {
      kind: SdkKind.SERVER,
      attributes: {
        'http.request.method': 'GET',
        'url.path': `/api/v1/devices/${number}`,
        'url.scheme': 'http',
      },
    },
    ROOT_CONTEXT,
  );
  const client = tracer.startSpan(
    'GET',
    { kind: SdkKind.CLIENT, attributes: { 'http.request.method': 'GET', 'server.address': '127.0.0.1' } },
    trace.setSpan(ROOT_CONTEXT, server),
  );
  client.setAttributes({ 'http.response.status_code': 200 });
  client.end();
  server.updateName('GET /api/v1/devices/{device_id}');
  server.setAttributes({ 'http.route': '/api/v1/devices/{device_id}', 'http.response.status_code': 200 });
  server.end();
}

async function spanRows(): Promise<Row[]> {
  const tracer = tracerWithRing();
  const bare = new TracerProvider({ spanLimits: { attributeValueLengthLimit: 1024 } }).getTracer('bench');
  const cpu = await compareCpu({
    ours: () => {
      for (let number = 0; number < SPANS / 2; number++) traceRequest(tracer, number);
    },
    bare: () => {
      for (let number = 0; number < SPANS / 2; number++) traceRequestBare(bare, number);
    },
  });
  const microseconds = (name: 'ours' | 'bare'): number => (cpu(name) * 1000) / SPANS;
  return [
    atMost('a span made, attributed, ended, kept in the ring: CPU', microseconds('ours'), MICROSECONDS, 'µs'),
    info('the SDK’s own span, which goes nowhere: CPU', microseconds('bare'), 'µs'),
  ];
}

const MESSAGES = 20_000;
const SCRAPES = 12;
/** Short ones, and many: what the machine does besides hits a few of them, and their middle knows nothing of it. */
const EXPORTER_ROUNDS = 25;
const DEVICES = 500;
/** Metrics of a device: the exposition has some 7,000 series then. */
const METRICS = 10;
const LIMITS = { 'on at 1 %': 1.03, 'on at 100 %': 1.25 } as const;
const LABEL = 'CPU of scrape and ingest against tracing off';

/** A device as the platform lists it. */
function registered(index: number): object {
  return {
    ...{ id: index, device_id: `MOCK-${index}`, name: `Sensor ${index}`, device_type: 'sensor' },
    ...{ location: 'Server Room B', manufacturer: 'SensorTech Corp', model: 'ST-T1000' },
    ...{ firmware_version: '2.1.3', status: 'online', is_active: true },
  };
}

type Mode = 'off' | 'off again' | keyof typeof LIMITS;

/** One round: every exporter takes the same messages from the broker and is scraped as often as the others. */
async function load(
  exporters: readonly TestExporter[],
  publish: () => Promise<void>,
  until: number,
): Promise<void> {
  await publish();
  for (let scrape = 0; scrape < SCRAPES; scrape++) for (const { metrics } of exporters) await metrics();
  for (const { metrics } of exporters) {
    const points = (await metrics())
      .split('\n')
      .filter((line) => line.startsWith('valtronics_telemetry_points_total{'))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
    if (points !== until) throw new Error(`an exporter got ${points} of ${until} points`);
  }
}

async function exporterRows(): Promise<Row[]> {
  const [broker, api, receiver] = await Promise.all([startMosquitto(), startFakeApi(), startOtlpReceiver()]);
  api.set('/api/v1/devices/', json(Array.from({ length: DEVICES }, (_, index) => registered(index))));
  const url = `mqtt://127.0.0.1:${broker.port}`;
  const sources = { VALTRONICS_MQTT_URL: url, VALTRONICS_API_URL: api.url };
  const on = (ratio: number): Record<string, string> => ({
    ...sources,
    VALTRONICS_TRACES_BUFFER: String(BUFFER),
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: receiver.url,
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: String(ratio),
  });
  const settings: Readonly<Record<Mode, Record<string, string>>> = {
    off: sources,
    'off again': sources,
    'on at 1 %': on(0.01),
    'on at 100 %': on(1),
  };
  const device = await connectDevice(url);
  const exporters = new Map<string, TestExporter>();
  for (const [mode, given] of Object.entries(settings)) exporters.set(mode, await startExporter(given));
  let sent = 0;

  async function publish(): Promise<void> {
    const acknowledged: Promise<unknown>[] = [];
    for (let index = 0; index < MESSAGES; index++, sent++) {
      const topic = `valtronics/MOCK-${index % DEVICES}/telemetry`;
      const payload = JSON.stringify({
        metrics: [
          { name: `metric_${Math.floor(index / DEVICES) % METRICS}`, value: index % 97, unit: 'celsius' },
        ],
      });
      acknowledged.push(device.publishAsync(topic, payload, { qos: 1 }));
      if (acknowledged.length >= 500) await Promise.all(acknowledged.splice(0));
    }
    await Promise.all(acknowledged);
  }

  try {
    const taken = new Map<string, number[]>([...exporters.keys()].map((mode) => [mode, []]));
    for (let round = -1; round < EXPORTER_ROUNDS; round++) {
      const before = new Map<string, number>();
      for (const [
        mode,
        {
          process: { pid = 0 },
        },
      ] of exporters)
        before.set(mode, await processCpuMilliseconds(pid));
      await load([...exporters.values()], publish, sent + MESSAGES);
      if (round < 0) continue;
      for (const [
        mode,
        {
          process: { pid = 0 },
        },
      ] of exporters)
        taken.get(mode)?.push((await processCpuMilliseconds(pid)) - (before.get(mode) ?? 0));
    }
    const inRound = (mode: Mode, round: number): number => taken.get(mode)?.[round] ?? NaN;
    /** Round by round against what lies between two that are the same: they differ by what the machine does besides. */
    const ratios = (mode: Mode): number[] =>
      Array.from({ length: EXPORTER_ROUNDS }, (_, round) => {
        const off = (inRound('off', round) + inRound('off again', round)) / 2;
        return inRound(mode, round) / off;
      }).sort((a, b) => a - b);
    /** How far the median of so many rounds may lie from the truth, in 95 of 100 cases: from the width of their middle half. */
    const noise = (mode: Mode): number => {
      const sorted = ratios(mode);
      const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? NaN;
      return (((at(0.75) - at(0.25)) / 1.35) * 1.25 * 2) / Math.sqrt(sorted.length);
    };
    return [
      info(
        `${MESSAGES.toLocaleString('en')} messages and ${SCRAPES} scrapes with tracing off: CPU`,
        median(taken.get('off') ?? []),
        'ms',
      ),
      info(`${LABEL}: off, the one against the mean of both`, median(ratios('off')), '×'),
      info('the same: how exact that is, of 95 in 100', noise('on at 1 %') * 100, '%'),
      atMost(`${LABEL}: on at 1 %`, median(ratios('on at 1 %')), LIMITS['on at 1 %'], '×'),
      atMost(`${LABEL}: on at 100 %`, median(ratios('on at 100 %')), LIMITS['on at 100 %'], '×'),
    ];
  } finally {
    await device.endAsync();
    await Promise.all([...exporters.values()].map((exporter) => exporter.stop()));
    await Promise.all([broker.stop(), api.stop(), receiver.stop()]);
  }
}

const GONE_SPANS = 200_000;
const GONE_BATCH = 500;
const GONE_MEGABYTES = 16;

/** What is held for a collector that does not answer: ten minutes of 333 spans a second. */
async function goneRows(): Promise<Row[]> {
  const sdk = createSdk({ resource: {}, version: '1', sampler: 'always_on', ratio: 1 });
  const ended: EndedSpan[] = [];
  const tracer = createRecordingTracer({
    ...{ sdk, service: 's', clock: systemClock, mask: maskSecrets, onEnd: (span) => ended.push(span) },
    traces: { begin: () => undefined, exemplar: () => undefined },
    onFault: () => undefined,
  });
  const queue = createSpanQueue<EndedSpan>({
    client: createCollectorClient({
      ...{ url: `http://127.0.0.1:${await freePort()}/v1/traces`, headers: {}, caFile: undefined },
      settings: { address: 'otel.endpoint', authority: 'otel.ca_file' },
    }),
    ...{ encode: sdk.encode, decodeAnswer, logger: silentLogger() },
    ...{ onExported: () => undefined, onLost: () => undefined, onFailure: () => undefined },
  });
  const before = await heapBytes();
  for (let made = 0; made < GONE_SPANS; made += GONE_BATCH) {
    for (let number = 0; number < GONE_BATCH / 2; number++) traceRequest(tracer, number);
    queue.add(ended.splice(0));
    await nextTurn();
  }
  const megabytes = ((await heapBytes()) - before) / 1e6;
  await queue.stop();
  const measure = `the collector gone, ${GONE_SPANS.toLocaleString('en')} spans later: memory`;
  return [atMost(measure, megabytes, GONE_MEGABYTES, 'MB')];
}

async function rows(): Promise<Row[]> {
  const ofSpans = [...(await spanRows()), ...(await goneRows())];
  if (findExecutable(['mosquitto']) === undefined)
    return [...ofSpans, skipped(LABEL, '≤ 1.03 ×, ≤ 1.25 ×', 'mosquitto is not installed')];
  return [...ofSpans, ...(await exporterRows())];
}

report(await rows());
