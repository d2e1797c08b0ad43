import { afterEach, describe, expect, it } from '@jest/globals';
import { recordingLogger } from '../../test/support/http.ts';
import { type OtlpReceiver, startOtlpReceiver } from '../../test/support/otlp-receiver.ts';
import { freePort, waitFor } from '../../test/support/server.ts';
import { systemClock } from '../base/clock.ts';
import { loadSettings } from '../config/load.ts';
import { SPANS_DROPPED, SPANS_EXPORTED } from '../metrics/catalogue/traces.ts';
import { createMetrics } from '../metrics/registry.ts';
import type { SpanRecord, SpanSink } from '../trace/span-record.ts';
import { NO_TRACER } from '../trace/tracer.ts';
import { createTracing, type Tracing } from './tracing.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function receive(): Promise<OtlpReceiver> {
  const receiver = await startOtlpReceiver();
  ends.push(receiver.stop);
  return receiver;
}

function tracingOf(environment: Record<string, string>, sinks: readonly SpanSink[] = []) {
  const kept: SpanRecord[] = [];
  const ended: SpanRecord[] = [];
  const metrics = createMetrics({ defaultMetrics: false });
  const logger = recordingLogger();
  const tracing = createTracing({
    settings: loadSettings(environment).settings,
    ...{ serviceName: 'valtronics-exporter', version: '1.2.3', metrics, logger, clock: systemClock },
    sinks: [...sinks, { ended: (span) => ended.push(span), kept: (spans) => kept.push(...spans) }],
    mask: (text) => text.replaceAll('hunter2', '***'),
    // What is sent at the end arrives, however busy the machine is.
    flush: 180_000,
  });
  ends.push(tracing.stop);
  const counted = (family: typeof SPANS_DROPPED | typeof SPANS_EXPORTED) =>
    Object.fromEntries(metrics.samples(family).map(({ labels, value }) => [labels.reason ?? 'all', value]));
  return { tracing, kept, ended, logger, counted };
}

/** A trace of two spans. */
function work({ tracer }: Tracing): void {
  tracer.span('scrape', { kind: 'server' }, () =>
    tracer.span('collect', { kind: 'client' }, () => undefined),
  );
}

describe('tracing', () => {
  it('is off by default, and where it is switched off whatever else is set', () => {
    expect(tracingOf({}).tracing.tracer).toBe(NO_TRACER);
    const address = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' };
    expect(tracingOf({ ...address, OTEL_SDK_DISABLED: 'true' }).tracing.tracer).toBe(NO_TRACER);
    expect(tracingOf(address).tracing.tracer).not.toBe(NO_TRACER);
  });

  it('makes spans between its start and its stop', async () => {
    const { tracing, kept, ended } = tracingOf({ VALTRONICS_TRACES_BUFFER: '10' });
    const { tracer } = tracing;
    work(tracing);
    expect(tracer.enabled).toBe(false);
    await tracing.start();
    expect(tracer.enabled).toBe(true);
    work(tracing);
    await tracing.stop();
    expect(tracer.enabled).toBe(false);
    work(tracing);
    expect(kept.map(({ name }) => name)).toEqual(['collect', 'scrape']);
    expect(ended).toEqual(kept);
  });

  it('that is stopped before it has started stays stopped', async () => {
    const { tracing, ended } = tracingOf({ VALTRONICS_TRACES_BUFFER: '10' });
    const starting = tracing.start();
    await tracing.stop();
    await starting;
    work(tracing);
    expect(ended).toEqual([]);
  });
});

describe('the collector', () => {
  it('reads what was traced, with the name and the words of the settings', async () => {
    const receiver = await receive();
    const { tracing, counted } = tracingOf({
      OTEL_EXPORTER_OTLP_ENDPOINT: new URL(receiver.url).origin,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=a%20b,x-tenant=t',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test,service.name=loses',
      OTEL_SERVICE_NAME: 'mine',
    });
    await tracing.start();
    const { tracer } = tracing;
    const state = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), sampled: true, traceState: 'v=1' };
    const linked = { traceId: 'c'.repeat(32), spanId: 'd'.repeat(16), sampled: true };
    const span = tracer.start('POST {route}', {
      kind: 'server',
      parent: state,
      links: [linked],
      startTime: 1_800_000_000_000.25,
    });
    span.set({ text: 'hunter2', whole: 3, share: 0.25, yes: true, list: ['a', 'b'], left: undefined });
    span.event('retry', { attempt: 2 });
    span.fail(new RangeError('too much: hunter2'));
    span.end(1_800_000_001_000.5);
    await tracing.stop();
    const [request] = receiver.requests;
    expect(request).toMatchObject({ path: '/v1/traces', headers: { 'x-api-key': 'a b', 'x-tenant': 't' } });
    const [received] = request?.spans ?? [];
    expect(received).toMatchObject({
      resource: {
        'service.name': 'mine',
        'service.version': '1.2.3',
        'deployment.environment.name': 'test',
        'telemetry.sdk.language': 'nodejs',
      },
      ...{ traceId: 'a'.repeat(32), parentSpanId: 'b'.repeat(16), traceState: 'v=1', name: 'POST {route}' },
      ...{ kind: 2, start: 1_800_000_000_000_250_000n, end: 1_800_000_001_000_500_000n },
      attributes: {
        text: '***',
        whole: 3,
        share: 0.25,
        yes: true,
        list: ['a', 'b'],
        'error.type': 'RangeError',
      },
      events: [
        { name: 'retry', attributes: { attempt: 2 } },
        {
          name: 'exception',
          attributes: { 'exception.type': 'RangeError', 'exception.message': 'too much: ***' },
        },
      ],
      links: [{ traceId: 'c'.repeat(32), spanId: 'd'.repeat(16) }],
      status: { code: 2, message: 'too much: ***' },
    });
    expect(received?.attributes).not.toHaveProperty('left');
    const names = Object.keys(received?.resource ?? {});
    expect(names.filter((name) => name.startsWith('process.'))).toEqual([]);
    expect(counted(SPANS_EXPORTED)).toEqual({ all: 1 });
  });

  it.each([
    ['http://127.0.0.1:4318', 'http://127.0.0.1:4318/v1/traces'],
    ['http://127.0.0.1:4318/', 'http://127.0.0.1:4318/v1/traces'],
    ['http://127.0.0.1:4318/otlp?key=1', 'http://127.0.0.1:4318/otlp/v1/traces?key=1'],
  ])('is asked below the address %s', async (endpoint, whole) => {
    const receiver = await receive();
    const here = (url: string): string => url.replace('http://127.0.0.1:4318', new URL(receiver.url).origin);
    const { tracing } = tracingOf({ OTEL_EXPORTER_OTLP_ENDPOINT: here(endpoint) });
    await tracing.start();
    work(tracing);
    await tracing.stop();
    const { pathname, search } = new URL(whole);
    expect(receiver.requests.map(({ path }) => path)).toEqual([pathname + search]);
  });

  it('is asked at the whole address of traces, which wins', async () => {
    const receiver = await receive();
    const { tracing } = tracingOf({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${new URL(receiver.url).origin}/elsewhere`,
    });
    await tracing.start();
    work(tracing);
    await tracing.stop();
    expect(receiver.requests.map(({ path }) => path)).toEqual(['/elsewhere']);
  });

  it('that is gone is a problem in words, and holds up no stop', async () => {
    const port = await freePort();
    const { tracing, counted } = tracingOf({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
    await tracing.start();
    work(tracing);
    await tracing.stop();
    expect(tracing.problems()).toEqual([
      expect.stringMatching(
        `^the collector of traces at 127.0.0.1:${port} cannot be reached: .*ECONNREFUSED`,
      ),
    ]);
    expect(counted(SPANS_DROPPED)).toEqual({ shutdown: 2 });
  });
});

describe('what is kept', () => {
  it.each([
    ['always_on', '', 20],
    ['always_off', '', 1],
    ['traceidratio', '0', 1],
    ['traceidratio', '1', 20],
    ['parentbased_always_on', '', 20],
    ['parentbased_always_off', '', 1],
    ['parentbased_traceidratio', '0', 1],
    ['parentbased_traceidratio', '1', 20],
  ])('is what the sampler %s %s says, and the slowest', async (sampler, share, traces) => {
    const { tracing, kept, counted } = tracingOf({
      VALTRONICS_TRACES_BUFFER: '10',
      OTEL_TRACES_SAMPLER: sampler,
      ...(share === '' ? {} : { OTEL_TRACES_SAMPLER_ARG: share }),
    });
    await tracing.start();
    // The longest comes first.
    for (let index = 0; index < 20; index++)
      tracing.tracer
        .start('work', { parent: 'root', startTime: 1_800_000_000_000 })
        .end(1_800_000_000_100 - index);
    expect(kept).toHaveLength(traces);
    expect(counted(SPANS_DROPPED)).toEqual(traces === 20 ? {} : { sampled: 19 });
  });

  it.each([
    [true, 'parentbased_always_off', 3],
    [false, 'parentbased_always_on', 1],
    [true, 'always_off', 1],
    [false, 'always_on', 3],
  ])(
    'follows who called (%s) with a sampler that is based on the parent (%s)',
    async (sampled, sampler, spans) => {
      const { tracing, kept } = tracingOf({ VALTRONICS_TRACES_BUFFER: '10', OTEL_TRACES_SAMPLER: sampler });
      await tracing.start();
      for (const digit of ['1', '2', '3']) {
        const parent = { traceId: digit.repeat(32), spanId: digit.repeat(16), sampled };
        const span = tracing.tracer.start('work', { parent, startTime: 1_800_000_000_000 });
        expect(span.context).toMatchObject({ traceId: digit.repeat(32), sampled: spans === 3 });
        span.end(1_800_000_000_100);
      }
      expect(kept).toHaveLength(spans);
    },
  );
});

it('makes spans of several services in one trace', async () => {
  const receiver = await receive();
  const { tracing } = tracingOf({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: receiver.url });
  const gateway = tracing.tracerOf('valtronics-gateway');
  await tracing.start();
  gateway.span('GET', { kind: 'server' }, () => tracing.tracer.span('inside', {}, () => undefined));
  expect(tracing.tracerOf('valtronics-gateway')).toBe(gateway);
  await tracing.stop();
  const [inside, outside] = receiver.taken();
  expect(inside?.parentSpanId).toBe(outside?.spanId);
  expect([inside, outside].map((span) => span?.resource['service.name']).sort()).toEqual([
    'valtronics-exporter',
    'valtronics-gateway',
  ]);
});

it('goes on when a sink throws, and logs it once', async () => {
  const fault = (): never => {
    throw new Error('broken');
  };
  const { tracing, kept, logger } = tracingOf({ VALTRONICS_TRACES_BUFFER: '10' }, [
    { ended: fault, kept: fault },
  ]);
  await tracing.start();
  for (let times = 0; times < 5; times++) work(tracing);
  await waitFor('the spans', () => kept.length === 10);
  expect(logger.lines).toEqual([
    { level: 'error', message: 'spans are lost by a fault of the exporter', fields: { error: 'broken' } },
  ]);
});
