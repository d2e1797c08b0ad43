import { describe, expect, it } from '@jest/globals';
import { spanRecord, traceIdOf } from '../../../test/support/span-record.ts';
import { SPAN_CALLS, SPAN_DURATION } from '../../metrics/catalogue/traces.ts';
import { createMetrics } from '../../metrics/registry.ts';
import { createSpanMetrics } from './span-metrics.ts';

const GATEWAY = { service_name: 'valtronics-gateway', span_kind: 'SPAN_KIND_SERVER' };

describe('metrics of spans', () => {
  it('have the names and values that Jaeger’s monitor tab reads', () => {
    const metrics = createMetrics({ defaultMetrics: false });
    const { ended } = createSpanMetrics(metrics);
    ended(spanRecord());
    ended(spanRecord());
    ended(spanRecord({ kind: 'client', status: 'error' }));
    const name = 'GET /api/v1/devices/';
    expect(metrics.samples(SPAN_CALLS)).toEqual([
      { labels: { ...GATEWAY, span_name: name, status_code: 'STATUS_CODE_UNSET' }, value: 2 },
      {
        labels: {
          ...GATEWAY,
          span_name: name,
          span_kind: 'SPAN_KIND_CLIENT',
          status_code: 'STATUS_CODE_ERROR',
        },
        value: 1,
      },
    ]);
    const [sum] = metrics.samples(SPAN_DURATION).filter(({ suffix }) => suffix === '_sum');
    expect(sum?.value).toBe(40);
  });

  it('point at kept traces', () => {
    const metrics = createMetrics({ defaultMetrics: false });
    const { ended, kept } = createSpanMetrics(metrics);
    const span = spanRecord({ traceId: traceIdOf(7) });
    ended(span);
    kept([span]);
    const exemplars = metrics.samples(SPAN_DURATION).flatMap(({ exemplar }) => exemplar ?? []);
    expect(exemplars).toMatchObject([{ labels: { trace_id: traceIdOf(7) }, value: 20 }]);
  });

  it('have a bounded number of names', () => {
    const metrics = createMetrics({ defaultMetrics: false });
    const { ended } = createSpanMetrics(metrics, 2);
    for (const name of ['a', 'b', 'c', 'd', 'c', 'a']) ended(spanRecord({ name }));
    const counts = metrics.samples(SPAN_CALLS).map(({ labels, value }) => [labels['span_name'], value]);
    expect(counts).toEqual([
      ['a', 2],
      ['b', 1],
      ['other', 3],
    ]);
  });
});
