import { connect } from 'node:net';
import { text as readAll } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import {
  httpDependencies,
  rawRequest,
  recordingLogger,
  startTestServer,
  type TestServer,
} from '../../test/support/http.ts';
import { errorSchema } from './api/schemas.ts';
import { HttpError, type ErrorStatus } from './http-error.ts';
import { jsonRoute, NO_PARAMETERS } from './json-route.ts';
import type { Route } from './route.ts';

let server: TestServer | undefined;
afterEach(() => server?.stop());

const logger = recordingLogger();

const echo = jsonRoute({
  method: 'post',
  path: '/api/v1/echo',
  operation: { id: 'echo', summary: 'Echo', tag: 'system' },
  params: NO_PARAMETERS,
  query: NO_PARAMETERS,
  body: z.strictObject({ name: z.string().min(1), size: z.int().optional() }),
  bodyLimit: 200,
  answer: { description: 'The name', schema: z.object({ name: z.string() }) },
  handle: ({ body }) => ({ name: body.name }),
});

const throws = (path: string, error: unknown): Route => ({
  method: 'get',
  path,
  operation: { id: path, summary: path, tag: 'system', answers: {} },
  handlers: [
    () => {
      throw error;
    },
  ],
});

async function start(...routes: Route[]): Promise<string> {
  logger.lines.length = 0;
  server = await startTestServer({ dependencies: httpDependencies({ logger }), routes: [echo, ...routes] });
  return server.url;
}

/** Sends the request and expects the one shape that errors have. */
async function failure(url: string, options: Parameters<typeof rawRequest>[1] = {}) {
  const answer = await rawRequest(url, options);
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  const { error } = errorSchema.parse(JSON.parse(answer.text));
  expect(answer.text).not.toMatch(/node_modules|\.ts:|at \w+ \(/);
  return { status: answer.status, headers: answer.headers, ...error };
}

const post = (body: string, headers: Record<string, string> = { 'Content-Type': 'application/json' }) => ({
  method: 'POST',
  headers: { ...headers, 'Content-Length': String(Buffer.byteLength(body)) },
  body,
});

describe('errors', () => {
  it('an unknown path is 404', async () => {
    const url = await start();
    for (const path of ['/api/v1/nothing', '/api', '/nothing', '/METRICS', '/api/v1/Devices', '//metrics']) {
      expect(await failure(url + path)).toMatchObject({ status: 404, code: 'not_found' });
    }
  });

  it('a known path with another method is 405 with Allow', async () => {
    const url = await start();
    expect(await failure(`${url}/metrics`, { method: 'DELETE' })).toMatchObject({
      status: 405,
      code: 'method_not_allowed',
      message: 'DELETE is not possible here, only GET, HEAD',
      headers: { allow: 'GET, HEAD' },
    });
    expect(await failure(`${url}/-/reload`)).toMatchObject({ status: 405, headers: { allow: 'POST' } });
    expect(await failure(`${url}/api/v1/devices/x`, { method: 'PUT' })).toMatchObject({ status: 405 });
    const form = { method: 'PUT', body: 'a=b', headers: { 'Content-Type': 'text/plain' } };
    expect(await failure(`${url}/api/v1/devices/x`, form)).toMatchObject({ status: 405 });
    expect(await failure(`${url}/`, { method: 'OPTIONS' })).toMatchObject({ status: 405 });
  });

  it('a path that cannot be decoded is 400', async () => {
    const url = await start();
    expect(await failure(`${url}/api/v1/devices/%E0%A4%A`)).toMatchObject({ status: 400 });
  });

  it('malformed JSON is 400', async () => {
    const url = await start();
    for (const body of ['{', '{"name":}', 'name=x', '\u0000']) {
      expect(await failure(`${url}/api/v1/echo`, post(body))).toMatchObject({
        status: 400,
        message: 'the body is not valid JSON',
      });
    }
  });

  it('JSON that does not fit is 422 and says where', async () => {
    const url = await start();
    expect(await failure(`${url}/api/v1/echo`, post('{"name":"","size":1.5,"extra":1}'))).toMatchObject({
      status: 422,
      code: 'unprocessable',
      details: expect.arrayContaining([
        expect.objectContaining({ path: 'name' }),
        expect.objectContaining({ path: 'size' }),
      ]),
    });
    for (const body of ['null', '[]', '3', '']) {
      expect(await failure(`${url}/api/v1/echo`, post(body))).toMatchObject({ status: 422 });
    }
  });

  it('a body above the limit of its route is 413, however it comes', async () => {
    const url = await start();
    const large = JSON.stringify({ name: 'x'.repeat(300) });
    expect(await failure(`${url}/api/v1/echo`, post(large))).toMatchObject({ status: 413 });
    const chunked = { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' };
    expect(
      await failure(`${url}/api/v1/echo`, { method: 'POST', headers: chunked, body: large }),
    ).toMatchObject({
      status: 413,
      code: 'payload_too_large',
    });
  });

  it('a body that is not declared as JSON is 415', async () => {
    const url = await start();
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'application/jsonx',
    ]) {
      const answer = await failure(`${url}/api/v1/echo`, post('{"name":"a"}', { 'Content-Type': type }));
      expect(answer).toMatchObject({ status: 415, code: 'unsupported_media_type' });
    }
    expect(await failure(`${url}/api/v1/echo`, post('{"name":"a"}', {}))).toMatchObject({ status: 415 });
    expect(await failure(`${url}/-/reload`, post('x', { 'Content-Type': 'text/plain' }))).toMatchObject({
      status: 415,
    });
  });

  it('takes JSON with a charset, and no other charset than UTF-8', async () => {
    const url = await start();
    const utf8 = await rawRequest(
      `${url}/api/v1/echo`,
      post('{"name":"ä"}', { 'Content-Type': 'application/json; charset=UTF-8' }),
    );
    expect([utf8.status, utf8.text]).toEqual([200, '{"name":"ä"}']);
    const koi8 = { 'Content-Type': 'application/json; charset=koi8-r' };
    expect(await failure(`${url}/api/v1/echo`, post('{"name":"a"}', koi8))).toMatchObject({ status: 415 });
    const encoded = { 'Content-Type': 'application/json', 'Content-Encoding': 'compress' };
    expect(await failure(`${url}/api/v1/echo`, post('{"name":"a"}', encoded))).toMatchObject({ status: 415 });
  });

  it.each([400, 401, 403, 404, 409, 422, 429, 503] satisfies ErrorStatus[])(
    'a route may answer %d with details',
    async (status) => {
      const url = await start(throws('/boom', new HttpError(status, 'no', { details: { a: 1 } })));
      expect(await failure(`${url}/boom`)).toMatchObject({ status, message: 'no', details: { a: 1 } });
    },
  );

  it.each([new Error('secret at /home/x'), 'secret', { status: 'x' }])(
    'a fault of ours (%p) is 500, and only the log says what it was',
    async (error) => {
      const url = await start(throws('/boom', error));
      const answer = await failure(`${url}/boom`, { headers: { 'X-Request-Id': 'id-1' } });
      expect(answer.status).toBe(500);
      expect(answer.message).not.toContain('secret');
      const logged = logger.lines.filter((line) => line.level === 'error');
      expect(logged.map((line) => line.fields['requestId'])).toEqual(['id-1']);
    },
  );
});

describe('every answer', () => {
  it('has the security headers and does not say what made it', async () => {
    const url = await start();
    for (const path of [
      '/',
      '/metrics',
      '/-/healthy',
      '/nothing',
      '/api/v1/devices',
      '/api/v1/devices/none',
    ]) {
      const { headers } = await rawRequest(url + path);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; .*frame-ancestors 'none'$/);
      expect(headers['content-security-policy']).not.toMatch(/unsafe|script-src/);
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect(headers['x-powered-by']).toBeUndefined();
    }
  });

  it('to HEAD has the headers of GET and no body', async () => {
    const url = await start();
    for (const path of [
      '/',
      '/metrics',
      '/-/healthy',
      '/-/ready',
      '/api/v1/devices',
      '/api/v1/summary',
      '/api/v1/openapi.json',
    ]) {
      const get = await rawRequest(url + path);
      const head = await rawRequest(url + path, { method: 'HEAD' });
      expect([path, head.status, head.text]).toEqual([path, 200, '']);
      expect(head.headers['content-type']).toBe(get.headers['content-type']);
    }
  });
});

describe('the request log', () => {
  it('has one line a request with id, path without query, status and duration', async () => {
    const url = await start();
    await rawRequest(`${url}/api/v1/devices?q=private`, { headers: { 'X-Request-Id': 'id-2' } });
    await rawRequest(`${url}/metrics`);
    await rawRequest(`${url}/-/healthy`);
    const lines = logger.lines.filter((line) => line.message.startsWith('request'));
    expect(lines.map(({ level, fields }) => [level, fields['path'], fields['status']])).toEqual([
      ['info', '/api/v1/devices', 200],
      ['debug', '/metrics', 200],
      ['debug', '/-/healthy', 200],
    ]);
    expect(lines[0]?.fields).toMatchObject({
      requestId: 'id-2',
      method: 'GET',
      durationMs: expect.any(Number),
    });
    expect(JSON.stringify(logger.lines)).not.toContain('private');
  });
});

describe('requests by hand', () => {
  async function send(text: string): Promise<string> {
    const socket = connect(server?.port ?? 0, '127.0.0.1');
    socket.write(text);
    return readAll(socket);
  }

  it('what is no HTTP is 400 and does no harm', async () => {
    const url = await start();
    expect(await send('nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await send('GET / HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await send(`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
    expect((await fetch(`${url}/-/healthy`)).status).toBe(200);
  });
});

async function collectionsFor(path: string): Promise<number> {
  let collections = 0;
  const source = {
    collect: (budget: number) => {
      expect(budget).toBe(2000);
      collections += 1;
      return Promise.resolve();
    },
  };
  server = await startTestServer({ dependencies: httpDependencies({ source }) });
  await (await fetch(`${server.url}${path}`)).arrayBuffer();
  return collections;
}

describe('values', () => {
  it.each([
    '/',
    '/api/v1/devices',
    '/api/v1/devices/MOCK-1000',
    '/api/v1/summary',
    '/api/v1/collectors',
    '/api/v1/health',
  ])('are brought up to date before %s is answered', async (path) => {
    expect(await collectionsFor(path)).toBe(1);
  });

  it.each(['/-/healthy', '/-/ready', '/api/v1/openapi.json', '/nothing'])(
    'are not asked for by %s',
    async (path) => {
      expect(await collectionsFor(path)).toBe(0);
    },
  );
});
