import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { generateDashboards } from '../../dashboards/src/generate.ts';
import { PROMETHEUS_FOLDER, readRules } from '../generate/prometheus-rules.ts';
import { ROOT } from '../root.ts';
import { parseQuery, selectorsOf } from '../queries/selectors.ts';
import { dashboardQueries } from '../queries/sources.ts';

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
const OURS = [
  'ApiDown',
  'ApiErrorBudgetBurn',
  'ApiLatencyBudgetBurn',
  'CertificateExpiring',
  'CollectorFailing',
  'CriticalAlertUnacknowledged',
  'DatabaseDown',
  'DeviceStale',
  'ExporterDown',
  'LogErrorSpike',
  'LogShippingFailing',
  'MqttBrokerDown',
  'NotificationsFailing',
  'RedisDown',
  'RuleEvaluationFailing',
  'TelemetryFreshnessBudgetBurn',
  'TelemetryStalled',
  'Watchdog',
];
/** Alerts that are two rules: a page for what burns fast, a ticket for what burns slowly. */
const BUDGETS = OURS.filter((name) => name.endsWith('BudgetBurn'));

const firedSchema = z.object({ exp_labels: z.record(z.string(), z.string()) });
const testFileSchema = z.object({
  tests: z.array(
    z.object({
      alert_rule_test: z
        .array(z.object({ alertname: z.string(), exp_alerts: z.array(firedSchema).default([]) }))
        .default([]),
      promql_expr_test: z.array(z.object({ expr: z.string() })).default([]),
    }),
  ),
});

const { alerts, records } = readRules();
const dashboards = generateDashboards().map(({ path }) => `/d/${basename(path, '.json')}`);
const rules = [...alerts, ...records];
const texts = (folder: string): string[] =>
  readdirSync(join(FOLDER, folder)).map((name) => readFileSync(join(FOLDER, folder, name), 'utf8'));
const tests = texts('tests').flatMap((text) => testFileSchema.parse(parse(text)).tests);
const recorded = new Set(records.map(({ record }) => record));

describe('alerting rules', () => {
  it('hold every alert of the guide and of ours, each once, and error budgets as page and ticket', () => {
    const names = alerts.map(({ alert }) => alert);
    expect(names.toSorted()).toEqual([...SEED, ...OURS, ...BUDGETS].toSorted());
    const budgets = alerts.filter(({ alert }) => BUDGETS.includes(alert));
    expect(budgets.map(({ alert, labels }) => `${alert} ${labels.severity}`).toSorted()).toEqual(
      BUDGETS.flatMap((name) => [`${name} critical`, `${name} warning`]),
    );
  });

  it('are of severity none where they tell nobody anything, and only there', () => {
    expect(alerts.filter(({ labels }) => labels.severity === 'none').map(({ alert }) => alert)).toEqual([
      'Watchdog',
    ]);
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
    const queries = [...rules, ...dashboardQueries()];
    const used = new Set(
      queries.flatMap(({ expr }) => selectorsOf(parseQuery(expr)).map(({ metric }) => metric)),
    );
    for (const name of recorded) {
      expect(name).toMatch(/^[a-z_]+:[a-z][a-z0-9_]+:[a-z0-9_]+$/);
      expect(used).toContain(name);
    }
  });

  describe.each(alerts)('$alert, $labels.severity', (alert) => {
    it('compares as the comment above it says', () => {
      const comparisons = [...alert.expr.matchAll(/([<>]=?|==|!=)\s*([\d.]+)\b/g)].map(
        ([, operator = '', number = '']) => `${operator} ${number}`,
      );
      const said = [...alert.threshold.matchAll(/([<>=]) ([\d.]+)(?: ([%a-z]+))?/g)];
      expect(said.length).toBeGreaterThan(0);
      for (const [, operator = '', number = '', unit] of said) {
        const spellings = unit === '%' ? [number, String(Number(number) / 100)] : [number];
        const written = spellings.map((spelling) => `${operator === '=' ? '==' : operator} ${spelling}`);
        expect(written.some((comparison) => comparisons.includes(comparison))).toBe(true);
      }
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
      expect(dashboards).toContain(pathname);
    });

    it('is tested at least three times, firing and silent', () => {
      const cases = tests
        .flatMap((test) => test.alert_rule_test)
        .filter((test) => test.alertname === alert.alert);
      expect(cases.length).toBeGreaterThanOrEqual(3);
      const { severity } = alert.labels;
      const severities = cases.map((test) =>
        test.exp_alerts.map(({ exp_labels: labels }) => labels['severity']),
      );
      expect(severities.some((fired) => fired.includes(severity))).toBe(true);
      // Watchdog is never silent.
      expect(severities.some((fired) => !fired.includes(severity))).toBe(severity !== 'none');
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
