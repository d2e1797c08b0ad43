import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { recordingRulesOf } from './recording-rules.ts';

describe('recordingRulesOf', () => {
  it('keeps groups with recording rules, and of those nothing else', () => {
    const text = `groups:
  - name: mixed
    interval: 1m
    rules:
      - record: job:a:sum
        expr: sum by (job) (a)
        labels: { source: x }
      - alert: A
        expr: job:a:sum > 1
  - name: alerts
    rules:
      - alert: B
        expr: b
`;
    expect(parse(recordingRulesOf(text))).toEqual({
      groups: [
        {
          name: 'mixed',
          interval: '1m',
          rules: [{ record: 'job:a:sum', expr: 'sum by (job) (a)', labels: { source: 'x' } }],
        },
      ],
    });
  });

  it('leaves a file that Prometheus takes when there are only alerts', () => {
    expect(parse(recordingRulesOf('groups: [{name: a, rules: [{alert: A, expr: a}]}]'))).toEqual({
      groups: [],
    });
  });

  it('refuses a file of another shape', () => {
    expect(() => recordingRulesOf('rules: []')).toThrow();
  });
});
