import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { PROMETHEUS_FOLDER, readRules, ROOT } from '../generate/prometheus-rules.ts';
import { complaint } from './support/metrics.ts';
import { selectorsOf } from './support/promql.ts';

const FOLDER = join(ROOT, PROMETHEUS_FOLDER);
const SEED = [
  'CriticalAlertsHigh',
  'DatabaseConnectionsHigh',
  'DevicesOffline',
  'DiskSpaceLow',
  'HighCPUUsage',
  'HighErrorRate',
  'HighMemoryUsage',
  'HighResponseTime',
  'TelemetryDataMissing',
];
const DASHBOARDS = ['valtronics-overview', 'valtronics-fleet'];

const testFileSchema = z.object({
  tests: z.array(
    z.object({
      alert_rule_test: z
        .array(z.object({ alertname: z.string(), exp_alerts: z.array(z.unknown()).default([]) }))
        .default([]),
      promql_expr_test: z.array(z.object({ expr: z.string() })).default([]),
    }),
  ),
});

const { alerts, records } = readRules();
const rules = [...alerts, ...records];
const texts = (folder: string): string[] =>
  readdirSync(join(FOLDER, folder)).map((name) => readFileSync(join(FOLDER, folder, name), 'utf8'));
const tests = texts('tests').flatMap((text) => testFileSchema.parse(parse(text)).tests);
const recorded = new Set(records.map(({ record }) => record));

describe('alerting rules', () => {
  it('hold every alert of the guide, each once', () => {
    const names = alerts.map(({ alert }) => alert);
    expect(names).toEqual([...new Set(names)]);
    expect(names).toEqual(expect.arrayContaining(SEED));
  });

  it('ask only for metrics and labels that exist', () => {
    const selectors = rules.flatMap(({ expr }) => selectorsOf(expr));
    expect(selectors.length).toBeGreaterThan(rules.length);
    expect(selectors.flatMap((selector) => complaint(selector, recorded) ?? [])).toEqual([]);
  });

  it('would notice a metric, and a label, that does not exist', () => {
    const [metric, label] = selectorsOf(
      'valtronics_database_connections_used + valtronics_devices{state="x"}',
    );
    expect(metric && complaint(metric, recorded)).toBe('no metric valtronics_database_connections_used');
    expect(label && complaint(label, recorded)).toBe('valtronics_devices has no label state');
  });

  it('never take the rate of a gauge under the name of a counter', () => {
    expect(rules.filter(({ expr }) => expr.includes('valtronics_devices_total'))).toEqual([]);
  });

  it('name alerts without quotes, in rules and in tests', () => {
    const names =
      [...texts('rules'), ...texts('tests')].join('\n').match(/^.*\b(?:alert|alertname):.*$/gm) ?? [];
    expect(names.length).toBeGreaterThan(SEED.length);
    expect(names.filter((line) => !/^ +- (?:alert|alertname): [A-Za-z]+$/.test(line))).toEqual([]);
  });

  it('record as level:metric:operations, and use what they record', () => {
    const used = new Set(rules.flatMap(({ expr }) => selectorsOf(expr).map(({ metric }) => metric)));
    for (const name of recorded) {
      expect(name).toMatch(/^[a-z_]+:[a-z][a-z0-9_]+:[a-z0-9_]+$/);
      expect(used).toContain(name);
    }
  });

  describe.each(alerts)('$alert', (alert) => {
    it('compares as the comment above it says', () => {
      const [, operator = '', number = '', unit] = /^([<>]) ([\d.]+)(?: (.+))?$/.exec(alert.threshold) ?? [];
      const spellings = unit === '%' ? [number, String(Number(number) / 100)] : [number];
      const comparisons = [...alert.expr.matchAll(/([<>]=?|==|!=)\s*([\d.]+)\b/g)].map(
        ([, op, n]) => `${op} ${n}`,
      );
      expect(spellings.some((spelling) => comparisons.includes(`${operator} ${spelling}`))).toBe(true);
    });

    it('tells its value', () => {
      expect(alert.annotations.description).toContain('$value');
    });

    it('leads to its page, which says meaning, impact, diagnosis and mitigation', () => {
      const { pathname } = new URL(alert.annotations.runbook_url);
      expect(pathname).toBe(`/docs/runbooks/${alert.alert}.md`);
      const page = readFileSync(join(ROOT, pathname), 'utf8');
      expect(page.match(/^#+ .+$/gm)).toEqual([
        `# ${alert.alert}`,
        '## Meaning',
        '## Impact',
        '## Diagnosis',
        '## Mitigation',
      ]);
    });

    it('leads to a dashboard of this repository', () => {
      const { pathname } = new URL(alert.annotations.dashboard_url);
      expect(DASHBOARDS.map((uid) => `/d/${uid}`)).toContain(pathname);
    });

    it('is tested at least three times, firing and silent', () => {
      const cases = tests
        .flatMap((test) => test.alert_rule_test)
        .filter((test) => test.alertname === alert.alert);
      expect(cases.length).toBeGreaterThanOrEqual(3);
      expect(cases.some((test) => test.exp_alerts.length > 0)).toBe(true);
      expect(cases.some((test) => test.exp_alerts.length === 0)).toBe(true);
    });
  });

  it('have a test for each recording rule', () => {
    const asked = tests.flatMap((test) => test.promql_expr_test).map(({ expr }) => expr);
    expect([...recorded].filter((name) => !asked.some((expr) => expr.includes(name)))).toEqual([]);
  });

  it('have one base for all links, so that one replacement moves them', () => {
    const origins = (key: 'runbook_url' | 'dashboard_url'): number =>
      new Set(alerts.map(({ annotations }) => new URL(annotations[key]).origin)).size;
    expect([origins('runbook_url'), origins('dashboard_url')]).toEqual([1, 1]);
  });
});
