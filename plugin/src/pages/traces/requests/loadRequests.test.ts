import { describe, expect, it } from '@jest/globals';
import { createPrometheusClient } from '../../../api/prometheusClient';
import { fakeGrafana, prometheusFails, prometheusRoute } from '../../../test-support/fakeGrafana';
import { requestAnswers } from '../../../test-support/requestAnswers';
import { loadRequests } from './loadRequests';
import { readRequestGroup, type RequestGroup } from './requestGroups';

const AT = Date.parse('2026-11-23T12:00:00Z');
const SPAN = { from: AT - 3_600_000, to: AT };
const ROUTE = {
  labels: { method: 'GET', endpoint: '/devices' },
  rate: 4,
  failures: 1,
  median: 0.02,
  slow: 0.2,
};
const COLLECTOR = { labels: { span_name: 'collect postgres' }, rate: 0.125, slow: 0.5 };
const load = (group: RequestGroup) =>
  loadRequests(createPrometheusClient('valtronics-prometheus'), group, SPAN, new AbortController().signal);

describe('requests by Prometheus', () => {
  it('are those of the platform by route, durations in seconds', async () => {
    fakeGrafana(prometheusRoute(requestAnswers([ROUTE], { until: AT / 1000 })));
    expect(await load('routes')).toMatchObject({
      items: [{ name: 'GET /devices', rate: 4, errorRate: 0.25, median: 0.02, slow: 0.2 }],
      totals: { rate: 4, errorRate: 0.25, slow: 0.2 },
    });
  });

  it('are counted from spans for collectors and topics, whose durations are milliseconds', async () => {
    const queries: string[] = [];
    const answers = requestAnswers([], { spans: [COLLECTOR], until: AT / 1000 });
    fakeGrafana(({ data }, form) => {
      queries.push(form.get('query') ?? String(data));
      return undefined;
    }, prometheusRoute(answers));
    expect(await load('collectors')).toMatchObject({ items: [{ name: 'collect postgres', rate: 0.125 }] });
    for (const query of queries.filter((text) => text.includes('histogram_quantile')))
      expect(query).toMatch(/ \/ 1000$/);
  });

  it('come with the traces that durations were observed with', async () => {
    const exemplar = {
      seriesLabels: { method: 'GET', endpoint: '/devices', le: '0.5' },
      exemplars: [
        { labels: { trace_id: 'abc', span_id: 'd' }, value: '0.3', timestamp: AT / 1000 },
        { labels: { other: 'x' }, value: '0.3', timestamp: AT / 1000 },
      ],
    };
    fakeGrafana(prometheusRoute({ ...requestAnswers([ROUTE]), exemplars: () => [exemplar] }));
    expect((await load('routes')).marks).toEqual([
      { traceId: 'abc', name: 'GET /devices', duration: 0.3, at: AT },
    ]);
  });

  it('are there without those, and say why', async () => {
    const refuses = { status: 404, body: { status: 'error', error: 'there is no such route' } };
    fakeGrafana(
      ({ url }) => (url.endsWith('/query_exemplars') ? refuses : undefined),
      prometheusRoute(requestAnswers([ROUTE])),
    );
    expect(await load('routes')).toMatchObject({
      ...{ marks: [], markProblem: 'there is no such route' },
      items: [{ name: 'GET /devices' }],
    });
  });

  it('are not there without Prometheus', async () => {
    fakeGrafana(prometheusFails({ status: 502, body: { message: 'bad gateway' } }));
    await expect(load('routes')).rejects.toMatchObject({ problem: { kind: 'prometheus-down' } });
  });

  it('are told apart as the address says', () => {
    expect(readRequestGroup(new URLSearchParams('by=topics'))).toBe('topics');
    expect(readRequestGroup(new URLSearchParams('by=colour'))).toBe('routes');
  });
});
