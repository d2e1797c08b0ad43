import { describe, expect, it } from '@jest/globals';
import { knownSeries } from '../queries/known.ts';
import { labelsOf } from '../queries/labels.ts';
import { rateComplaints } from '../queries/rates.ts';
import { parseQuery, selectorsOf, withoutMacros } from '../queries/selectors.ts';
import { allQueries } from '../queries/sources.ts';

const known = knownSeries();
const complaintsAbout = (expr: string): readonly string[] => labelsOf(parseQuery(expr), known).complaints;

describe('the check of queries', () => {
  it.each([
    ['valtronics_devices', []],
    ['valtronics_device', ['no metric valtronics_device']],
    ['valtronics_devices{state="online"}', ['valtronics_devices has no label state']],
    ['sum by (state) (valtronics_devices)', ['what sum aggregates has no label state']],
    ['node_load1 * on (node) up', expect.arrayContaining(['the left side of * has no label node'])],
    [
      'valtronics_device_status * on (device_id) group_left (city) valtronics_device_info',
      ['the one side of * has no label city'],
    ],
    ['label_replace(up, "a", "$1", "b", "(.+)")', ['label_replace has no label b']],
    ['sum by (a) (label_replace(up, "a", "$1", "job", "(.+)"))', []],
    [
      'sum by (le) (sum by (job) (rate(valtronics_gateway_overhead_seconds_bucket[5m])))',
      ['what sum aggregates has no label le'],
    ],
    [
      'histogram_quantile(0.5, sum by (job) (rate(valtronics_gateway_overhead_seconds_bucket[5m])))',
      ['histogram_quantile has no label le'],
    ],
    // Of recorded series the labels follow from their rules; alerts have those of all rules.
    [
      'sum by (instance) (job:valtronics_devices:offline_ratio)',
      ['what sum aggregates has no label instance'],
    ],
    ['count by (device_id, severity) (ALERTS{alertstate="firing"})', []],
    ['{__name__=~"job:valtronics_api_errors:burnrate.+"}', []],
    ['{__name__=~"job:valtronics_api_error:.+"}', ['no metric job:valtronics_api_error:.+']],
  ])('says of %s what is wrong', (expr, complaints) => {
    expect(complaintsAbout(expr)).toEqual(complaints);
  });

  it.each([
    [
      'sum(node_network_receive_bytes_total)',
      ['node_network_receive_bytes_total is a counter: ask for its rate or increase'],
    ],
    ['rate(node_load1[5m])', ['rate of node_load1, which is a gauge']],
    [
      'delta(node_network_receive_bytes_total[5m])',
      ['delta of node_network_receive_bytes_total, which is a counter'],
    ],
    ['sum(rate(node_network_receive_bytes_total[5m])) or count(node_network_receive_bytes_total)', []],
  ])('says of %s whether a rate is due', (expr, complaints) => {
    expect(rateComplaints(parseQuery(expr), known)).toEqual(complaints);
  });

  it('gives macros a value, wherever they stand', () => {
    expect(withoutMacros('rate(a[$__rate_interval]) + increase(a[$__range] offset $__interval)')).toBe(
      'rate(a[1m]) + increase(a[1h] offset 1m)',
    );
  });
});

describe('every query of dashboards, rules, runbooks and the app', () => {
  const queries = allQueries();

  it('is PromQL, and asks for metrics and labels that the catalogue or a recorded list of a peer has', () => {
    const wrong = queries.flatMap(({ kind, source, place, expr }) =>
      complaintsAbout(expr).map((complaint) => `${kind} ${source}, ${place}: ${complaint}`),
    );
    expect(wrong).toEqual([]);
  });

  it('takes the rates of counters, and of nothing else', () => {
    const wrong = queries.flatMap(({ kind, source, place, expr }) =>
      rateComplaints(parseQuery(expr), known).map((complaint) => `${kind} ${source}, ${place}: ${complaint}`),
    );
    expect(wrong).toEqual([]);
  });

  it('picks no bucket whose bound is a whole number: Prometheus 2 writes "1" where 3 writes "1.0"', () => {
    const picked = queries.flatMap(({ kind, source, place, expr }) =>
      selectorsOf(parseQuery(expr)).flatMap(({ matchers }) =>
        matchers
          .filter(({ label, value }) => label === 'le' && /^\d+(?:\.0+)?$/.test(value))
          .map(({ value }) => `${kind} ${source}, ${place}: le="${value}"`),
      ),
    );
    expect(picked).toEqual([]);
  });

  it('is of all four kinds, with selectors', () => {
    const kinds = new Map<string, number>();
    for (const { kind, expr } of queries)
      if (selectorsOf(parseQuery(expr)).length > 0) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    for (const kind of ['dashboard', 'alert', 'record', 'runbook', 'page'])
      expect([kind, (kinds.get(kind) ?? 0) > 10]).toEqual([kind, true]);
  });
});
