import { describe, expect, it } from '@jest/globals';
import type { Rule } from '../load/rule.ts';
import { planRules, type Plan, showDuration } from './plan.ts';
import { isProvided } from './provided.ts';

const HOUR = 3_600_000;

function alert(name: string, expression: string, annotations = {}): Rule {
  return { kind: 'alerting', name, expression, holdFor: 0, keepFiringFor: 0, labels: {}, annotations };
}

function record(name: string, expression: string): Rule {
  return { kind: 'recording', name, expression, labels: {} };
}

function plan(...rules: Rule[]): Plan {
  const group = { name: 'g', origin: 'g.yml', interval: undefined, queryOffset: 0, limit: 0, rules };
  return planRules([group], { history: 6 * HOUR, lookback: 300_000, isProvided, job: 'valtronics-api' });
}

function refusals(...rules: Rule[]): (string | undefined)[] {
  return plan(...rules).groups.flatMap((group) => group.rules.map(({ refusal }) => refusal));
}

describe('planRules', () => {
  it('keeps for each metric as much history as its rules look back, and the newest sample elsewhere', () => {
    const { keep } = plan(
      alert('A', 'rate(valtronics_telemetry_points_total[10m]) > 0'),
      alert('B', 'sum(rate(valtronics_telemetry_points_total[5m])) > 0 and on () valtronics_devices > 0'),
    );
    expect([...keep]).toEqual([
      ['valtronics_telemetry_points_total', 900_000],
      ['valtronics_devices', 0],
    ]);
  });

  it('refuses what needs more history than there is', () => {
    expect(refusals(alert('A', 'avg_over_time(valtronics_devices[3d]) > 1'))).toEqual([
      'needs 3d of history of valtronics_devices, this exporter keeps 6h (rules.history): use Prometheus for this rule',
    ]);
  });

  it('refuses metrics that nobody here provides, a typing error among them', () => {
    expect(
      refusals(alert('A', 'node_load1 > 1'), alert('B', 'valtronics_device > 1'), alert('C', 'up == 0')),
    ).toEqual([
      'no source here provides node_load1: use Prometheus for this rule',
      'no source here provides valtronics_device: use Prometheus for this rule',
      undefined,
    ]);
  });

  it('knows the parts of histograms, and the runtime’s own metrics', () => {
    expect(
      refusals(
        alert('A', 'valtronics_api_request_duration_seconds_bucket > 1'),
        alert('B', 'process_resident_memory_bytes > 1e9'),
        alert('C', 'valtronics_api_request_duration_seconds > 1'),
      ).map((refusal) => refusal === undefined),
    ).toEqual([true, true, false]);
  });

  it('refuses what depends on a refused recording, in whatever order, and on one of two', () => {
    const [last, middle, ...rest] = refusals(
      alert('A', 'job:c > 1'),
      record('job:c', 'job:b * 2'),
      record('job:b', 'node_load1'),
      record('job:b', 'up'),
      alert('B', 'up == 0'),
    );
    expect(last).toBe(
      'needs job:c, which is not recorded: needs job:b, which is not recorded: no source here provides node_load1: use Prometheus for this rule',
    );
    expect(middle).toContain('needs job:b');
    expect(rest).toEqual([
      'no source here provides node_load1: use Prometheus for this rule',
      undefined,
      undefined,
    ]);
  });

  it('names the place of what it does not understand', () => {
    expect(
      refusals(
        alert('A', 'up ==\n  foo(1)'),
        alert('B', 'up', { summary: 'a\n{{ querry "x" }}' }),
        alert('C', '"text"'),
        record('not a name', 'up'),
      ),
    ).toEqual([
      expect.stringContaining('expression, line 2, column 3: function foo is not supported here'),
      'template, line 2: the function querry is not known',
      expect.stringContaining('a rule needs an instant vector or a number'),
      'not a name is no name of a metric',
    ]);
  });
});

describe('showDuration', () => {
  it('writes as Prometheus does', () => {
    expect([0, 90_000, 5_400_000, 604_800_000].map(showDuration)).toEqual(['0s', '1m30s', '1h30m', '7d']);
  });

  it('does not judge what is of a job that nothing here scrapes', () => {
    expect(
      refusals(
        alert('Other', 'up{job="node"} == 0'),
        alert('Absent', 'absent(up{job=~"node.*"})'),
        alert('Ours', 'up{job=~"valtronics-.*"} == 0'),
        alert('Recorded', 'job:x{job="node"} > 0'),
        record('job:x', 'label_replace(up, "job", "node", "", "")'),
        alert('Query', 'up == 0', {
          summary: '{{ with query "up{job=\'node\'}" }}{{ . | first | value }}{{ end }}',
        }),
      ),
    ).toEqual([
      expect.stringContaining('up{job="node"} is of a job that nothing here scrapes'),
      expect.stringContaining('up{job=~"node.*"}'),
      undefined,
      undefined,
      undefined,
      expect.stringContaining('up{job="node"}'),
    ]);
  });
});
