import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { z } from 'zod';
import {
  httpDependencies,
  rawRequest,
  recordingLogger,
  startTestServer,
  type TestServer,
} from '../../test/support/http.ts';
import { type RecordedSpan, recordingTracer } from '../../test/support/recording-tracer.ts';
import { waitFor } from '../../test/support/server.ts';
import { NO_TRACER, type Tracer } from '../trace/tracer.ts';
import { jsonRoute, NO_PARAMETERS } from './json-route.ts';

const TRACEPARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const path = '/api/v1/echo';
const hung = Promise.withResolvers<undefined>();

let tracer = recordingTracer();
let current: Tracer = tracer;
let server: TestServer;
const log = recordingLogger();

/** Echoes after it has waited, inside of a span of its own. */
const echo = jsonRoute({
  ...{ method: 'post', path, params: NO_PARAMETERS, query: NO_PARAMETERS },
  operation: { id: 'echo', summary: 'Echo', tag: 'system' },
  body: z.object({ word: z.string() }),
  answer: { description: 'The word', schema: z.object({ word: z.string() }) },
  handle: ({ body }) =>
    tracer.span('echo', {}, async () => {
      await new Promise(setImmediate);
      if (body.word === 'fail') throw new Error('no echo');
      if (body.word === 'hang') await hung.promise;
      return body;
    }),
});

beforeAll(async () => {
  const dependencies = httpDependencies({
    tracer: () => current,
    logger: {
      ...log,
      info: (fields, message) => log.info({ ...fields, active: current.active()?.context.spanId }, message),
    },
  });
  server = await startTestServer({ dependencies, routes: [echo] });
});
beforeEach(() => {
  tracer = recordingTracer();
  current = tracer;
});
afterAll(() => server.stop());

const post = (word: string, headers: Record<string, string> = {}) =>
  rawRequest(`${server.url}${path}`, {
    ...{ method: 'POST', body: JSON.stringify({ word }) },
    headers: { 'Content-Type': 'application/json', ...headers },
  });

/** The span of the only request, once it is over. */
async function requestSpan(): Promise<RecordedSpan> {
  const find = () => tracer.spans.find(({ options, ended }) => options.kind === 'server' && ended);
  await waitFor('the end of the request', () => find() !== undefined);
  const span = find();
  if (span === undefined) throw new Error('no span of the request');
  return span;
}

describe('the span of a request', () => {
  it('is named by method and route, and says who asked and how it was answered', async () => {
    await post('hello', { 'X-Request-Id': 'abc-1', 'User-Agent': 'test/1' });
    const { name, attributes, error, exemplars } = await requestSpan();
    expect(name).toBe(`POST ${path}`);
    expect(attributes).toEqual({
      'http.request.method': 'POST',
      'url.path': path,
      'url.scheme': 'http',
      'http.route': path,
      'http.response.status_code': 200,
      'client.address': '127.0.0.1',
      'network.protocol.version': '1.1',
      'user_agent.original': 'test/1',
      'valtronics.correlation_id': 'abc-1',
    });
    expect(error).toBeUndefined();
    expect(exemplars).toHaveLength(1);
  });

  it('continues the trace of the caller, and work after the body was read belongs to it', async () => {
    await post('hello', { traceparent: TRACEPARENT });
    const span = await requestSpan();
    expect(span.parent).toBe('00f067aa0ba902b7');
    expect(span.context.traceId).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
    expect(tracer.only('echo').parent).toBe(span.context.spanId);
  });

  it('begins a trace of its own without one, or with a malformed one', async () => {
    await post('hello', { traceparent: TRACEPARENT.toUpperCase() });
    expect((await requestSpan()).parent).toBeUndefined();
  });

  it('knows the device that a path names', async () => {
    await rawRequest(`${server.url}/api/v1/devices/MOCK-1000`);
    const span = await requestSpan();
    expect(span.name).toBe('GET /api/v1/devices/{device_id}');
    expect(span.attributes['valtronics.device.id']).toBe('MOCK-1000');
  });

  it('is no failure when nothing is found, and keeps a name of low cardinality', async () => {
    await rawRequest(`${server.url}/${'x'.repeat(50)}`, { method: 'PROPFIND' });
    const span = await requestSpan();
    expect(span.name).toBe('_OTHER');
    expect(span.attributes).toMatchObject({
      'http.response.status_code': 404,
      'http.request.method': '_OTHER',
    });
    expect(span.error).toBeUndefined();
  });

  it('fails with the work that it waited for', async () => {
    await post('fail');
    const span = await requestSpan();
    expect(span.error).toBe('answered 500');
    expect(span.attributes['error.type']).toBe('500');
    expect(tracer.only('echo').error).toBe('no echo');
  });

  it('ends when the client goes away, whatever the work does then', async () => {
    const body = JSON.stringify({ word: 'hang' });
    const socket = connect(server.port, '127.0.0.1');
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await waitFor('the work', () => tracer.named('echo').length === 1);
    socket.destroy();
    const span = await requestSpan();
    expect(span.events.map(({ name }) => name)).toEqual(['aborted']);
    expect(span.error).toBeUndefined();
    expect(tracer.only('echo').ended).toBe(false);
    hung.resolve(undefined);
    await waitFor('the end of the work', () => tracer.only('echo').ended);
  });

  it('is the active one while the request is logged', async () => {
    await post('hello');
    const span = await requestSpan();
    expect(log.lines.at(-1)?.fields).toMatchObject({ path, active: span.context.spanId });
  });

  it('is left open by none of many clients, half of which go away', async () => {
    const all = Array.from({ length: 300 }, async (_, n) => {
      if (n % 2 === 0) {
        await post('hello');
        return;
      }
      const gone = new AbortController();
      const asking = fetch(`${server.url}/metrics`, { signal: gone.signal }).catch(() => undefined);
      await new Promise(setImmediate);
      gone.abort();
      await asking;
    });
    await Promise.all(all);
    await waitFor('the end of all', () => tracer.spans.every(({ ended }) => ended));
    expect(tracer.named(`POST ${path}`)).toHaveLength(150);
  });

  it('is none for probes, and none for who looks at traces', async () => {
    await rawRequest(`${server.url}/api/v1/traces/map`);
    await rawRequest(`${server.url}/-/healthy`);
    await rawRequest(`${server.url}/-/ready`);
    expect(tracer.spans).toEqual([]);
  });

  it('is none while nothing is traced', async () => {
    current = NO_TRACER;
    expect((await post('hello', { traceparent: TRACEPARENT })).status).toBe(200);
    expect(tracer.spans.map(({ name }) => name)).toEqual(['echo']);
  });
});
