import { describe, expect, it } from '@jest/globals';
import { recordingTracer } from '../../test/support/recording-tracer.ts';
import { clientRequest } from './client-request.ts';
import { parseTraceparent } from './trace-context.ts';
import { NO_TRACER } from './tracer.ts';

const request = {
  method: 'GET',
  url: new URL('http://[::1]:8000/api/v1/devices/?limit=1000'),
  template: '/api/v1/devices/',
};

describe('clientRequest', () => {
  it('makes a client span by the conventions and hands its context to the request', async () => {
    const tracer = recordingTracer();
    const answer = await clientRequest(tracer, request, (headers) =>
      Promise.resolve({ status: 200, headers }),
    );
    const span = tracer.only('GET /api/v1/devices/');
    expect(span.options.kind).toBe('client');
    expect(span.attributes).toEqual({
      'http.request.method': 'GET',
      'url.full': 'http://[::1]:8000/api/v1/devices/?limit=1000',
      'url.template': '/api/v1/devices/',
      'server.address': '::1',
      'server.port': 8000,
      'http.response.status_code': 200,
    });
    expect(parseTraceparent(answer.headers['traceparent'] ?? '')).toEqual(span.context);
    expect(span.error).toBeUndefined();
  });

  it('is named by its method alone without a template, and knows the usual ports', async () => {
    const tracer = recordingTracer();
    const url = new URL('https://store.example/_bulk');
    await clientRequest(tracer, { method: 'POST', url }, () => Promise.resolve({ status: 204 }));
    expect(tracer.only('POST').attributes).toMatchObject({ 'server.port': 443 });
  });

  it.each([404, 503])('fails with the status of an answer of %d, which its caller gets', async (status) => {
    const tracer = recordingTracer();
    expect(await clientRequest(tracer, request, () => Promise.resolve({ status }))).toEqual({ status });
    const span = tracer.only('GET /api/v1/devices/');
    expect(span.error).toBe(`answered ${status}`);
    expect(span.attributes['error.type']).toBe(String(status));
  });

  it('fails, and ends, when there is no answer', async () => {
    const tracer = recordingTracer();
    const refused = new Error('connect ECONNREFUSED');
    await expect(clientRequest(tracer, request, () => Promise.reject(refused))).rejects.toBe(refused);
    expect(tracer.only('GET /api/v1/devices/').error).toBe('connect ECONNREFUSED');
  });

  it('sends nothing along while nothing is traced', async () => {
    const answer = await clientRequest(NO_TRACER, request, (headers) =>
      Promise.resolve({ status: 200, headers }),
    );
    expect(answer.headers).toEqual({});
  });
});
