import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readContext } from '../../src/trace/trace-context.ts';
import type { SpanContext } from '../../src/trace/tracer.ts';
import { startExporter, subscribed, type TestExporter } from '../support/exporter.ts';
import { type FakeApi, json, startFakeApi } from '../support/fake-api.ts';
import { rawRequest } from '../support/http.ts';
import { startMosquitto } from '../support/mosquitto.ts';
import type { OtlpSpan } from '../support/otlp-protobuf.ts';
import { type OtlpReceiver, startOtlpReceiver } from '../support/otlp-receiver.ts';
import { describeWith, MOSQUITTO } from '../support/require.ts';
import { freePort, type RunningServer, waitFor } from '../support/server.ts';
import { connectDevice } from '../support/watched-mqtt.ts';

const PING = '/api/v1/health/ping';
/** As a browser begins it, and as a device does. */
const OF_BROWSER = { traceId: 'b'.repeat(32), spanId: '1'.repeat(16) };
const OF_DEVICE = { traceId: 'd'.repeat(32), spanId: '2'.repeat(16) };
const traceparent = ({ traceId, spanId }: typeof OF_BROWSER): string => `00-${traceId}-${spanId}-01`;

describeWith([MOSQUITTO], 'one trace through everything', () => {
  let api: FakeApi;
  let broker: RunningServer;
  let collector: OtlpReceiver;
  let exporter: TestExporter;
  const received: SpanContext[] = [];

  beforeAll(async () => {
    [api, broker, collector] = await Promise.all([startFakeApi(), startMosquitto(), startOtlpReceiver()]);
    api.set(PING, (request, response) => {
      const context = readContext(request.headers);
      if (context !== undefined) received.push(context);
      json({ pong: 1 })(request, response);
    });
    const gateway = `127.0.0.1:${await freePort()}`;
    exporter = await startExporter({
      VALTRONICS_API_URL: `http://${gateway}`,
      VALTRONICS_GATEWAY_LISTEN: gateway,
      VALTRONICS_GATEWAY_UPSTREAM: api.url,
      VALTRONICS_MQTT_URL: `mqtt://127.0.0.1:${broker.port}`,
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector.url,
    });
    await subscribed(exporter);
  });
  afterAll(async () => {
    await exporter.stop();
    await Promise.all([api.stop(), broker.stop(), collector.stop()]);
  });

  /** The spans of a trace that were sent, once one of that name is there. */
  async function spansOf(traceId: string, name: string): Promise<OtlpSpan[]> {
    const found = (): OtlpSpan[] => collector.taken().filter((span) => span.traceId === traceId);
    await waitFor(`a span "${name}"`, () => found().some((span) => span.name === name));
    return found();
  }

  it('from the browser through Grafana’s proxy, the exporter and the gateway to the API', async () => {
    const answer = await rawRequest(`${exporter.url}/api/v1/summary`, {
      headers: { traceparent: traceparent(OF_BROWSER), 'X-Request-Id': 'click-1' },
    });
    expect(answer.headers['x-request-id']).toBe('click-1');
    const spans = await spansOf(OF_BROWSER.traceId, 'GET /api/v1/summary');
    const context = received.find(({ traceId }) => traceId === OF_BROWSER.traceId);
    const way: string[] = [];
    for (let id = context?.spanId; id !== undefined;) {
      const span = spans.find(({ spanId }) => spanId === id);
      if (span !== undefined) way.push(`${String(span.resource['service.name'])}: ${span.name}`);
      id = span?.parentSpanId;
    }
    expect(way).toEqual([
      `valtronics-gateway: GET ${PING}`,
      `valtronics-gateway: GET ${PING}`,
      `valtronics-exporter: GET ${PING}`,
      'valtronics-exporter: collect api',
      'valtronics-exporter: collect',
      'valtronics-exporter: GET /api/v1/summary',
    ]);
    const [first] = spans.filter(({ name }) => name === 'GET /api/v1/summary');
    expect(first).toMatchObject({
      parentSpanId: OF_BROWSER.spanId,
      attributes: { 'valtronics.correlation_id': 'click-1', 'http.response.status_code': 200 },
    });
    const metrics = await exporter.metrics({ accept: 'application/openmetrics-text; version=1.0.0' });
    expect(metrics).toMatch(
      new RegExp(`valtronics_api_probe_duration_seconds_bucket.* # \\{trace_id="${OF_BROWSER.traceId}"`),
    );
  });

  it('from a device through the broker to the exporter', async () => {
    const device = await connectDevice(`mqtt://127.0.0.1:${broker.port}`, { protocolVersion: 5 });
    await device.publishAsync('valtronics/VT-1/telemetry', '{"temperature":21.5}', {
      qos: 1,
      properties: { userProperties: { traceparent: traceparent(OF_DEVICE) } },
    });
    await device.endAsync();
    const name = 'process valtronics/+/telemetry';
    const [message] = await spansOf(OF_DEVICE.traceId, name);
    expect(message).toMatchObject({
      parentSpanId: OF_DEVICE.spanId,
      attributes: { 'valtronics.device.id': 'VT-1', 'messaging.system': 'mqtt' },
    });
    await waitFor('the batch', () =>
      collector.taken().some(({ links }) => links.some(({ traceId }) => traceId === OF_DEVICE.traceId)),
    );
  });

  it('leaves none open: each that has a parent here finds it', async () => {
    await exporter.stop();
    const spans = collector.taken();
    const ids = new Set([...spans.map(({ spanId }) => spanId), OF_BROWSER.spanId, OF_DEVICE.spanId]);
    const orphans = spans.filter(({ parentSpanId }) => parentSpanId !== '' && !ids.has(parentSpanId));
    expect(orphans.map(({ name }) => name)).toEqual([]);
  });
});
