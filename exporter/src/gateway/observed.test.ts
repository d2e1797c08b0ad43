import { describe, expect, it } from '@jest/globals';
import { head, startTestGateway, type TestGateway } from '../../test/support/gateway.ts';
import { recordingLogger } from '../../test/support/recording.ts';
import { recordingTracer } from '../../test/support/recording-tracer.ts';
import { NO_TRACER, type Tracer } from '../trace/tracer.ts';
import type { GatewayObserver } from './served-request.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const TRACED = [`traceparent: 00-${TRACE}-00f067aa0ba902b7-01`, 'tracestate: a=1', 'baggage: b=2'];

async function roundTrip(gateway: TestGateway, ...headers: readonly string[]): Promise<string> {
  const { client, api } = await gateway.pass(
    head('GET /devices/7?token=x HTTP/1.1', 'Host: a', 'X-Request-ID: r-1', 'User-Agent: me', ...headers),
  );
  const passed = await api.until('\r\n\r\n');
  api.write(`${head('HTTP/1.1 200 OK', 'Content-Length: 2')}ok`);
  await client.until('ok');
  await gateway.observer.until(1);
  return passed;
}

const headersOf = (passed: string, pattern: RegExp): string[] =>
  passed.split('\r\n').filter((line) => pattern.test(line));

describe('the trace of a request', () => {
  it('continues the client’s and goes on to the API', async () => {
    const tracer = recordingTracer();
    const gateway = await startTestGateway({ tracer, routeOf: () => '/devices/{id}' });
    const passed = await roundTrip(gateway, ...TRACED);
    const [server, client] = tracer.spans;
    expect([server?.name, client?.name]).toEqual(['GET /devices/{id}', 'GET /devices/{id}']);
    expect([server?.options.kind, client?.options.kind]).toEqual(['server', 'client']);
    expect([server?.parent, client?.parent]).toEqual(['00f067aa0ba902b7', server?.context.spanId]);
    expect(server?.attributes).toEqual({
      ...{ 'http.request.method': 'GET', 'http.route': '/devices/{id}', 'url.path': '/devices/7' },
      ...{ 'url.scheme': 'http', 'server.address': 'a', 'client.address': '127.0.0.1' },
      ...{
        'network.peer.address': '127.0.0.1',
        'network.protocol.version': '1.1',
        'user_agent.original': 'me',
      },
      ...{ 'http.response.status_code': 200, 'valtronics.correlation_id': 'r-1' },
    });
    expect(client?.attributes).toMatchObject({
      'server.port': gateway.api.port,
      'http.response.status_code': 200,
    });
    expect(headersOf(passed, /^(?:trace|baggage)/)).toEqual([
      ...['tracestate: a=1', 'baggage: b=2', `traceparent: 00-${TRACE}-${client?.context.spanId ?? ''}-01`],
    ]);
    expect(gateway.observer.requests[0]?.span.context).toEqual(server?.context);
  });

  it.each([
    ['none', []],
    ['a malformed one', ['traceparent: 00-xyz', 'tracestate: a=1']],
    ['two', [TRACED[0] ?? '', TRACED[0] ?? '', 'tracestate: a=1']],
  ])('is a new one where the client sends %s', async (_what, headers) => {
    const tracer = recordingTracer();
    const gateway = await startTestGateway({ tracer });
    const passed = await roundTrip(gateway, ...headers);
    const [server, client] = tracer.spans;
    expect(server?.parent).toBeUndefined();
    expect(headersOf(passed, /^trace/)).toEqual([
      `traceparent: 00-${server?.context.traceId ?? ''}-${client?.context.spanId ?? ''}-01`,
    ]);
  });

  it('is the client’s own where tracing is off', async () => {
    const passed = await roundTrip(await startTestGateway(), ...TRACED);
    expect(headersOf(passed, /^(?:trace|baggage)/)).toEqual(TRACED);
  });

  it('fails with the API, not with the client; both spans end on every path', async () => {
    const tracer = recordingTracer();
    const gateway = await startTestGateway({
      tracer,
      limits: { clientIdle: 100 },
      routeOf: (_method, path) => path,
    });
    const request = (path: string, ...more: readonly string[]): string =>
      head(`GET ${path} HTTP/1.1`, 'Host: a', ...more);
    const broken = await gateway.pass(request('/broken'));
    await broken.api.until('\r\n\r\n');
    broken.api.destroy();
    const failing = await gateway.pass(request('/failing'));
    await failing.api.until('\r\n\r\n');
    failing.api.write(head('HTTP/1.1 500 Oops', 'Connection: close', 'Content-Length: 0'));
    const missing = await gateway.pass(request('/missing'));
    await missing.api.until('\r\n\r\n');
    missing.api.write(head('HTTP/1.1 404 Not Found', 'Connection: close', 'Content-Length: 0'));
    const left = await gateway.pass(request('/left'));
    await left.api.until('\r\n\r\n');
    left.client.destroy();
    await gateway.pass(request('/slow', 'Content-Length: 9'));
    (await gateway.connect()).write(request('/twice', 'Host: a'));
    await gateway.observer.until(6);
    const outcomes = tracer.spans
      .filter(({ options }) => options.kind === 'server')
      .map(({ name, attributes, error }) => [
        name,
        attributes['http.response.status_code'],
        error !== undefined,
      ]);
    expect(outcomes.sort()).toEqual([
      ...[
        ['GET /broken', 502, true],
        ['GET /failing', 500, true],
        ['GET /left', 499, false],
      ],
      ...[
        ['GET /missing', 404, false],
        ['GET /slow', 408, false],
        ['GET /twice', 400, false],
      ],
    ]);
    const asked = tracer.spans.filter(({ options }) => options.kind === 'client');
    expect(asked.map(({ name, attributes }) => [name, attributes['error.type']]).sort()).toEqual([
      ...[
        ['GET /broken', 'closed'],
        ['GET /failing', '500'],
        ['GET /left', undefined],
      ],
      ...[
        ['GET /missing', '404'],
        ['GET /slow', undefined],
      ],
    ]);
  });
});

describe('what only watches', () => {
  const broken = (): never => {
    throw new Error('broken');
  };

  it('may throw, and the request passes all the same', async () => {
    const observer: GatewayObserver = { began: broken, served: broken, failed: broken, refused: broken };
    const throwing: Tracer = { ...NO_TRACER, enabled: true, start: broken };
    const logger = recordingLogger();
    const gateway = await startTestGateway({ observer, tracer: throwing, routeOf: broken, logger });
    for (const turn of [1, 2, 3]) {
      const { client, api } = await gateway.pass(head(`GET /${turn} HTTP/1.1`, 'Host: a', ...TRACED));
      expect(headersOf(await api.until('\r\n\r\n'), /^trace/)).toEqual(TRACED.slice(0, 2));
      api.write(`${head('HTTP/1.1 200 OK', 'Connection: close', 'Content-Length: 2')}ok`);
      expect(await client.until('ok')).toMatch(/^HTTP\/1\.1 200 OK/);
    }
    const warnings = logger.lines.filter((line) => line.startsWith('warn'));
    expect(warnings.join('\n')).toMatch(/"what":"routes".*\n.*"what":"tracing".*\n.*"what":"counts"/);
    expect(warnings).toHaveLength(3);
  });

  it('spans that throw are as none', async () => {
    const span = { ...NO_TRACER.start(''), set: broken, end: broken, fail: broken, event: broken };
    const gateway = await startTestGateway({ tracer: { ...NO_TRACER, enabled: true, start: () => span } });
    await roundTrip(gateway);
    expect(gateway.observer.requests).toMatchObject([{ status: 200 }]);
  });
});

describe('what is told of a request', () => {
  it('is what happened, with times that add up', async () => {
    const gateway = await startTestGateway({ trustedProxies: ['127.0.0.1'] });
    await roundTrip(gateway, 'X-Forwarded-For: 203.0.113.7');
    const [request] = gateway.observer.requests;
    expect(request).toMatchObject({
      ...{ method: 'GET', target: '/devices/7?token=x', path: '/devices/7', route: '/devices/7' },
      ...{ httpVersion: '1.1', scheme: 'http', host: 'a', userAgent: 'me', clientAddress: '203.0.113.7' },
      ...{ peerAddress: '127.0.0.1', status: 200, requestId: 'r-1', failure: undefined, aborted: false },
      ...{ retried: false, requestBytes: 0, responseBytes: 2 },
    });
    const { duration = 0, upstream = 0, upstreamHead = 0, overhead = 0 } = request ?? {};
    expect(duration).toBeGreaterThanOrEqual(upstream);
    expect(upstream).toBeGreaterThanOrEqual(upstreamHead);
    expect(overhead).toBeGreaterThan(0);
    expect(overhead).toBeLessThanOrEqual(duration);
  });
});
