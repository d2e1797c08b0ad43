import { describe, expect, it } from '@jest/globals';
import { parseLine } from '../../src/access-line/parse-line.ts';
import { accessLogLine } from '../../src/gateway/access-log-line.ts';
import { createFormatFinder } from '../../src/logs/formats/format-finder.ts';
import { maskSecrets } from '../../src/logs/reading/secrets.ts';
import { recordingTracer } from '../support/recording-tracer.ts';
import { servedRequest } from '../support/served-request.ts';

describe('a line of the gateway’s access log', () => {
  it('is an entry of the logs, with trace, correlation id and all three times', () => {
    const span = recordingTracer().start('GET');
    const line = accessLogLine(servedRequest({ span }), 'valtronics-gateway');
    span.end();
    const found = createFormatFinder().parse(line);
    expect(found?.format.name).toBe('ecs');
    expect(found?.parsed).toMatchObject({
      service: 'valtronics-gateway',
      dataset: 'valtronics.gateway',
      traceId: span.context.traceId,
      correlationId: 'req-7',
      request: { status: 200, durationSeconds: 0.0125, upstreamSeconds: 0.012, overheadSeconds: 0.0005 },
    });
  });

  it('is a line that the collector of access logs counts', () => {
    expect(parseLine(accessLogLine(servedRequest(), 'valtronics-gateway'))).toEqual({
      format: 'json',
      access: {
        ...{ method: 'GET', path: '/api/v1/devices/7', status: '200', durationSeconds: 0.0125 },
        ...{ client: '10.0.0.7', time: Date.UTC(2026, 10, 22, 23, 30, 32, 120) },
      },
    });
  });

  it('stays readable when a secret in it is masked', () => {
    const line = accessLogLine(
      servedRequest({ target: '/login?token=c0ffee"}&user=x' }),
      'valtronics-gateway',
    );
    const masked = maskSecrets(line);
    expect(masked).not.toContain('c0ffee');
    expect(JSON.parse(masked)).toMatchObject({ 'http.request.id': 'req-7' });
  });
});
