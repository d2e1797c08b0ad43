import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { describeWith, PROMTOOL } from '../../exporter/test/support/require.ts';
import { temporaryFolder } from '../../exporter/test/support/server.ts';
import { CATALOGUE } from '../../exporter/src/metrics/catalogue/index.ts';
import { PROMETHEUS_FOLDER } from '../../scripts/generate/prometheus-rules.ts';
import { ROOT } from '../../scripts/root.ts';
import { complaint } from '../../scripts/test/support/metrics.ts';
import { run } from '../../scripts/test/support/prometheus.ts';
import { selectorsOf } from '../../scripts/test/support/promql.ts';
import { generateDashboards } from './generate.ts';
import { parseDashboard, queriesOf } from '../test/support/dashboard-json.ts';

const queries = queriesOf(generateDashboards().map(({ content }) => parseDashboard(content))).map(
  // The step of a query, which only an offset may stand for.
  ({ name, expr }) => ({ name, expr: expr.replaceAll('offset $__interval', 'offset 1m') }),
);

const RULES = join(ROOT, PROMETHEUS_FOLDER, 'rules');
const rules = readdirSync(RULES)
  .map((name) => readFileSync(join(RULES, name), 'utf8'))
  .join('\n');
const recorded = new Set([...rules.matchAll(/^\s*- record: (\S+)$/gm)].map(([, name = '']) => name));

/** Metrics that no dashboard and no rule asks for, each with the reason. */
const UNSHOWN: Readonly<Record<string, string>> = {
  valtronics_store_alerts: 'the alerts page shows the store itself',
  valtronics_rules_duration_seconds: 'only where the exporter evaluates, which is without Prometheus',
  valtronics_rules_series: 'only where the exporter evaluates, which is without Prometheus',
};

describe.each(queries)('$name', ({ expr }) => {
  it('asks for metrics and labels that exist', () => {
    const selectors = selectorsOf(expr);
    expect(selectors.length).toBeGreaterThan(0);
    expect(selectors.flatMap((selector) => complaint(selector, recorded) ?? [])).toEqual([]);
  });

  it('takes rates over Grafana’s interval and never over a fixed one', () => {
    // What is a deployment and not a restart depends on no zoom.
    const rates = expr
      .replaceAll('max_over_time(valtronics_exporter_build_info[1h]', '')
      .replaceAll(/"[^"]*"/g, '""');
    for (const [, range] of rates.matchAll(/\[([^\]]*)\]/g)) {
      expect(['$__rate_interval', '$__range']).toContain(range);
    }
  });
});

/** Whether the text names the metric as a whole word, for a histogram by any of its series. */
const mentions = (text: string, metric: string): boolean =>
  new RegExp(`(?<![\\w:])${metric}(?:_bucket|_sum|_count)?(?![\\w:])`).test(text);

it('every metric of the exporter is in a dashboard or in a rule', () => {
  const asked = [...queries.map(({ expr }) => expr), rules].join('\n');
  const forgotten = CATALOGUE.map(({ name }) => name).filter(
    (name) => !mentions(asked, name) && !(name in UNSHOWN),
  );
  expect(forgotten).toEqual([]);
});

it('has no exception that is none any more', () => {
  const names = new Set(CATALOGUE.map(({ name }) => name));
  const asked = [...queries.map(({ expr }) => expr), rules].join('\n');
  const stale = Object.keys(UNSHOWN).filter((name) => !names.has(name) || mentions(asked, name));
  expect(stale).toEqual([]);
});

describeWith([PROMTOOL], 'promtool', () => {
  const check = async (exprs: readonly string[]): Promise<{ status: number | null; output: string }> => {
    const folder = temporaryFolder('dashboards');
    try {
      const list = exprs.map((expr, index) => ({
        record: `dashboard:query${index}`,
        expr: expr.replaceAll('$__rate_interval', '1m').replaceAll('$__range', '1h'),
      }));
      writeFileSync(
        join(folder.path, 'queries.yml'),
        stringify({ groups: [{ name: 'dashboards', rules: list }] }),
      );
      return run('promtool', ['check', 'rules', 'queries.yml'], folder.path);
    } finally {
      await folder.remove();
    }
  };

  it('can read every query', async () => {
    const { status, output } = await check(queries.map(({ expr }) => expr));
    expect(output).toContain(`SUCCESS: ${queries.length} rules found`);
    expect(status).toBe(0);
  });

  it('would refuse a query that is none', async () => {
    expect((await check(['sum by (status (valtronics_devices)'])).status).not.toBe(0);
  });
});
