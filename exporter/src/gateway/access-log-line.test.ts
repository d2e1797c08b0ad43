import { describe, expect, it } from '@jest/globals';
import { recordingTracer } from '../../test/support/recording-tracer.ts';
import { servedRequest } from '../../test/support/served-request.ts';
import { accessLogLine } from './access-log-line.ts';
import type { ServedRequest } from './served-request.ts';

const fieldsOf = (parts: Partial<ServedRequest> = {}): unknown =>
  JSON.parse(accessLogLine(servedRequest(parts), 'valtronics-gateway'));

describe('a line of the access log', () => {
  it('tells what was asked, what was answered, and where the time went', () => {
    expect(fieldsOf()).toEqual({
      '@timestamp': '2026-11-22T23:30:32.120Z',
      'log.level': 'info',
      'event.dataset': 'valtronics.gateway',
      'service.name': 'valtronics-gateway',
      'http.request.method': 'GET',
      'url.original': '/api/v1/devices/7?full=1',
      'http.response.status_code': 200,
      'event.duration': 12_500_000,
      'gateway.upstream_duration': 12_000_000,
      'gateway.overhead_duration': 500_000,
      'http.request.id': 'req-7',
      'client.ip': '10.0.0.7',
      'user_agent.original': 'curl/8.5',
      'http.route': '/api/v1/devices/{device_id}',
      'http.version': '1.1',
      'http.request.body.bytes': 0,
      'http.response.body.bytes': 512,
    });
  });

  it('has the ids of the trace, where somebody records it', () => {
    const span = recordingTracer().start('GET');
    expect(fieldsOf({ span })).toMatchObject({
      'trace.id': span.context.traceId,
      'span.id': span.context.spanId,
    });
    span.end();
  });

  it('says what went wrong, and only then', () => {
    expect(fieldsOf({ status: 502, failure: 'refused', retried: true })).toMatchObject({
      'log.level': 'error',
      'gateway.failure': 'refused',
      'gateway.retried': true,
    });
    expect(fieldsOf({ status: 499, aborted: true })).toMatchObject({
      'log.level': 'info',
      'gateway.aborted': true,
    });
  });

  it('stays one line, and a short one, whatever a client sends', () => {
    const target = `/${'\u00e9"\\'.repeat(4000)}`;
    const line = accessLogLine(servedRequest({ target, userAgent: 'a\tb\u007f'.repeat(4000) }), 'gateway');
    expect(line).not.toMatch(/[\n\r\t]/);
    expect(line.length).toBeLessThan(12_000);
    expect(JSON.parse(line)).toMatchObject({ 'url.original': `${target.slice(0, 2048)}…` });
  });
});
