import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type FakeApi, internalServerError, json, startFakeApi } from '../../../test/support/fake-api.ts';
import { recordingTracer } from '../../../test/support/recording-tracer.ts';
import { type WatchedApi, watchApi } from '../../../test/support/watched-api.ts';
import { readContext } from '../../trace/trace-context.ts';
import type { SpanContext } from '../../trace/tracer.ts';

let api: FakeApi;
let watched: WatchedApi | undefined;
beforeEach(async () => {
  api = await startFakeApi();
});
afterEach(async () => {
  await watched?.collector.stop?.();
  await api.stop();
});

describe('the spans of requests to the API', () => {
  it('go along with each request, and the durations point at them', async () => {
    const tracer = recordingTracer();
    const received: (SpanContext | undefined)[] = [];
    api.set('/api/v1/health/ping', (request, response) => {
      received.push(readContext(request.headers));
      json({ pong: 1 })(request, response);
    });
    watched = watchApi(api.url, { tracer });
    await watched.collect();
    const ping = tracer.only('GET /api/v1/health/ping');
    expect(received).toEqual([ping.context]);
    expect(ping.attributes).toMatchObject({ 'server.port': api.port, 'http.response.status_code': 200 });
    expect(ping.exemplars).toHaveLength(1);
    expect(tracer.only('GET /api/v1/devices/').attributes['url.full']).toBe(
      `${api.url}/api/v1/devices/?limit=1000`,
    );
    expect(tracer.spans.map(({ error }) => error)).toEqual(tracer.spans.map(() => undefined));
  });

  it('fail with an answer that is an error', async () => {
    const tracer = recordingTracer();
    api.set('/api/v1/devices/stats', internalServerError);
    watched = watchApi(api.url, { tracer });
    await watched.collect();
    expect(tracer.only('GET /api/v1/devices/stats').error).toBe('answered 500');
  });

  it('end at the deadline when there is no answer', async () => {
    const tracer = recordingTracer();
    api.set('/api/v1/health/ping', () => undefined);
    watched = watchApi(api.url, { tracer, requestTimeout: 30 });
    await watched.failure();
    expect(tracer.only('GET /api/v1/health/ping').error).toContain('did not answer within 30 ms');
  });
});
