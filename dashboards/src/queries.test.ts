import { describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { describeWith, PROMTOOL } from '../../exporter/test/support/require.ts';
import { temporaryFolder } from '../../exporter/test/support/server.ts';
import { run } from '../../scripts/test/support/prometheus.ts';
import { generateDashboards } from './generate.ts';
import { parseDashboard, queriesOf } from '../test/support/dashboard-json.ts';

const queries = queriesOf(generateDashboards().map(({ content }) => parseDashboard(content))).map(
  // The step of a query, which only an offset may stand for.
  ({ name, expr }) => ({ name, expr: expr.replaceAll('offset $__interval', 'offset 1m') }),
);

describe.each(queries)('$name', ({ expr }) => {
  it('takes rates over Grafana’s interval and never over a fixed one', () => {
    // What is a deployment and not a restart depends on no zoom.
    const rates = expr
      .replaceAll('max_over_time(valtronics_exporter_build_info[1h]', '')
      .replaceAll(/"[^"]*"/g, '""');
    for (const [, range] of rates.matchAll(/\[([^\]]*)\]/g)) {
      expect(['$__rate_interval', '$__range', '$__range:1m']).toContain(range);
    }
  });
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
