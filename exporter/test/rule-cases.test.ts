import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseSeriesName } from './support/input-series.ts';
import { readRuleCases, rehearse } from './support/rule-cases.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'provisioning', 'prometheus', 'tests');
const FILES = globSync('*.yml', { cwd: FOLDER }).sort();

const sorted = (items: readonly object[]): string[] => items.map((item) => JSON.stringify(item)).sort();

/** Keys in alphabetical order, so that texts of equal records are equal. */
function ordered(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('the exporter’s own evaluation passes every case that promtool passes', () => {
  it('finds the cases', () => {
    expect(FILES.length).toBeGreaterThanOrEqual(9);
  });

  describe.each(FILES)('%s', (file) => {
    const { groups, interval, cases } = readRuleCases(join(FOLDER, file));

    it.each(cases.map((ruleCase) => ({ name: ruleCase.name, ruleCase })))('$name', ({ ruleCase }) => {
      const rehearsal = rehearse(groups, ruleCase, interval);
      const steps = [...ruleCase.alert_rule_test, ...ruleCase.promql_expr_test];
      expect(steps.length).toBeGreaterThan(0);
      for (const step of steps.toSorted((a, b) => a.eval_time - b.eval_time)) {
        rehearsal.advance(step.eval_time);
        if ('expr' in step) {
          const given = rehearsal.query(step.expr, step.eval_time);
          const values = new Map(
            given.map(({ name, labels, value }) => [JSON.stringify([name, labels]), value]),
          );
          const wanted = step.exp_samples.map(({ labels: text, value }): [string, number] => {
            const { metric, labels } = parseSeriesName(text);
            return [JSON.stringify([metric, labels]), value];
          });
          expect([...values.keys()].sort()).toEqual(wanted.map(([key]) => key).sort());
          for (const [key, value] of wanted) expect(values.get(key)).toBeCloseTo(value, 9);
        } else {
          const firing = rehearsal.engine.firing().filter(({ name }) => name === step.alertname);
          expect({
            at: step.eval_time,
            alerts: sorted(
              firing.map(({ instance: { labels, annotations } }) => [ordered(labels), ordered(annotations)]),
            ),
          }).toEqual({
            at: step.eval_time,
            alerts: sorted(
              step.exp_alerts.map(({ exp_labels: labels, exp_annotations: annotations }) => [
                ordered({ ...labels, alertname: step.alertname }),
                ordered(annotations),
              ]),
            ),
          });
        }
      }
      const failed = rehearsal.engine.views().filter(({ lastError }) => lastError !== null);
      expect(failed).toEqual([]);
    });
  });
});
