import { describe, expect, it } from '@jest/globals';
import { API_REQUEST_DURATION, API_REQUESTS } from '../metrics/catalogue/platform.ts';
import { createMetrics } from '../metrics/registry.ts';
import { type CountedRequest, createRequestCounts } from './request-counts.ts';

const ROUTE = '/api/v1/devices/{device_id}';
const REQUEST: CountedRequest = { method: 'GET', status: '200', durationSeconds: 0.2 };

function fixture() {
  const metrics = createMetrics({ defaultMetrics: false });
  const counted = (): Record<string, number> =>
    Object.fromEntries(
      metrics
        .samples(API_REQUESTS)
        .map(({ labels, value }) => [Object.values(labels).join(' '), value] as const),
    );
  const observed = (): number | undefined =>
    metrics.samples(API_REQUEST_DURATION).find(({ suffix }) => suffix === '_count')?.value;
  return { counts: createRequestCounts(metrics), counted, observed, metrics };
}

describe('the counts of requests', () => {
  it('tell requests apart by method, endpoint and status', () => {
    const { counts, counted } = fixture();
    counts.count(ROUTE, REQUEST);
    counts.count(ROUTE, { ...REQUEST, durationSeconds: null });
    counts.count(ROUTE, { ...REQUEST, status: '404' });
    counts.count('/', { ...REQUEST, method: 'HEAD' });
    expect(counted()).toEqual({ [`GET ${ROUTE} 200`]: 2, [`GET ${ROUTE} 404`]: 1, 'HEAD / 200': 1 });
  });

  it('give the histogram that took the duration, which shows the trace of a request', () => {
    const { counts, metrics } = fixture();
    counts.count(ROUTE, REQUEST)?.exemplar(0.2, { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) });
    const bucket = metrics.samples(API_REQUEST_DURATION).find(({ labels }) => labels['le'] === '0.25');
    expect(bucket).toMatchObject({ value: 1, exemplar: { value: 0.2 } });
  });

  it.each<[string, Partial<CountedRequest>]>([
    ['nobody measured', { durationSeconds: null }],
    ['is longer than a day', { durationSeconds: 86_401 }],
    ['is the life of a WebSocket', { status: '101', durationSeconds: 5 }],
  ])('leave out a duration that %s', (_why, request) => {
    const { counts, counted, observed } = fixture();
    expect(counts.count(ROUTE, { ...REQUEST, ...request })).toBeUndefined();
    expect(Object.values(counted())).toEqual([1]);
    expect(observed()).toBeUndefined();
  });
});
