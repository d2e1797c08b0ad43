import { describe, expect, it } from '@jest/globals';
import { recordingTracer } from '../../test/support/recording-tracer.ts';
import { servedRequest } from '../../test/support/served-request.ts';
import { createEndpoints } from '../api-routes/endpoints.ts';
import { KNOWN_ROUTES } from '../api-routes/known-routes.ts';
import type { Family } from '../metrics/family.ts';
import {
  GATEWAY_IN_FLIGHT,
  GATEWAY_OVERHEAD,
  GATEWAY_REFUSED,
  GATEWAY_UPSTREAM_FAILURES,
} from '../metrics/catalogue/gateway.ts';
import { API_REQUEST_DURATION, API_REQUESTS } from '../metrics/catalogue/platform.ts';
import { createMetrics } from '../metrics/registry.ts';
import { createRequestObserver } from './request-observer.ts';

function fixture(countsRequests = true) {
  const metrics = createMetrics({ defaultMetrics: false });
  const lines: string[] = [];
  const endpoints = createEndpoints({ max: 10, routes: KNOWN_ROUTES, dropped: { inc: () => undefined } });
  const observer = createRequestObserver({
    ...{ metrics, endpoints, countsRequests, service: 'valtronics-gateway' },
    write: (line) => void lines.push(line),
  });
  /** The samples of a family as `labels value`, those of buckets left out. */
  const samples = (family: Family): string[] =>
    metrics
      .samples(family)
      .filter(({ suffix }) => suffix !== '_bucket')
      .map(({ suffix = '', labels, value }) => `${suffix}${Object.values(labels).join(' ')} ${value}`);
  return { metrics, observer, lines, samples };
}

describe('what the gateway tells of its requests', () => {
  it('is counted by method, route and status, with the durations in seconds', () => {
    const { observer, samples } = fixture();
    observer.began();
    observer.served(servedRequest());
    observer.served(servedRequest({ method: 'PROPFIND', path: '/nowhere', status: 404 }));
    expect(samples(API_REQUESTS)).toEqual(['GET /api/v1/devices/{device_id} 200 1', 'other unmatched 404 1']);
    expect(samples(API_REQUEST_DURATION).slice(0, 2)).toEqual([
      '_sumGET /api/v1/devices/{device_id} 0.0125',
      '_countGET /api/v1/devices/{device_id} 1',
    ]);
    expect(samples(GATEWAY_OVERHEAD)).toEqual(['_sum 0.001', '_count 2']);
  });

  it('is not counted where the access logs count, and measured all the same', () => {
    const { observer, samples, lines } = fixture(false);
    observer.served(servedRequest());
    expect(samples(API_REQUESTS)).toEqual([]);
    expect(samples(GATEWAY_OVERHEAD)).toEqual(['_sum 0.0005', '_count 1']);
    expect(lines).toHaveLength(1);
  });

  it('leads from the buckets to the trace', () => {
    const { observer } = fixture();
    const tracer = recordingTracer();
    const span = tracer.start('GET');
    observer.served(servedRequest({ span }));
    expect(tracer.only('GET').exemplars).toEqual([0.0005, 0.0125]);
    span.end();
  });

  it('has every reason from the start, so that the first failure is a rise', () => {
    const { observer, samples } = fixture();
    expect(samples(GATEWAY_UPSTREAM_FAILURES)).toHaveLength(7);
    observer.failed('refused');
    observer.refused('busy');
    expect(samples(GATEWAY_UPSTREAM_FAILURES)).toContain('refused 1');
    expect(samples(GATEWAY_REFUSED)).toEqual([
      'malformed 0',
      'too_long 0',
      'slow 0',
      'busy 1',
      'connections 0',
    ]);
  });

  it('shows what is in flight until it is withdrawn', () => {
    const { observer, samples } = fixture();
    expect(samples(GATEWAY_IN_FLIGHT)).toEqual([]);
    observer.update(3);
    expect(samples(GATEWAY_IN_FLIGHT)).toEqual([' 3']);
    observer.withdraw();
    expect(samples(GATEWAY_IN_FLIGHT)).toEqual([]);
  });
});
