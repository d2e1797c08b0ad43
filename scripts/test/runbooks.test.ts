import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { describeWith, PROMTOOL } from '../../exporter/test/support/require.ts';
import { temporaryFolder } from '../../exporter/test/support/server.ts';
import { readRules } from '../generate/prometheus-rules.ts';
import { ROOT } from '../root.ts';
import { complaint } from './support/metrics.ts';
import { run } from './support/prometheus.ts';
import { selectorsOf } from './support/promql.ts';

const FOLDER = join(ROOT, 'docs/runbooks');
const pages = readdirSync(FOLDER).map((name) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') }));
const { alerts } = readRules();

/** The PromQL blocks of a page, also those inside lists. */
function queriesOf(text: string): string[] {
  return [...text.matchAll(/^ *```promql\n(.+?)^ *```$/gms)].map(([, query = '']) => query.trim());
}

describe('runbooks', () => {
  it('are there for alerts that exist', () => {
    const names = new Set(alerts.map(({ alert }) => `${alert}.md`));
    expect(pages.filter(({ name }) => !names.has(name))).toEqual([]);
  });

  it('link to files that exist', () => {
    const links = pages.flatMap(({ text }) =>
      [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = '']) => target),
    );
    expect(links.length).toBeGreaterThan(0);
    expect(links.filter((target) => !existsSync(join(FOLDER, target)))).toEqual([]);
  });

  it.each(pages)('$name fits on few screens and says what to run', ({ text }) => {
    expect(text.split('\n').length).toBeLessThan(130);
    expect(queriesOf(text).length).toBeGreaterThan(0);
  });

  it('ask for metrics and labels that the exporter has', () => {
    const selectors = pages.flatMap(({ text }) => queriesOf(text)).flatMap(selectorsOf);
    const ours = selectors.filter(({ metric }) => metric.startsWith('valtronics_'));
    expect(ours.length).toBeGreaterThan(10);
    expect(ours.flatMap((selector) => complaint(selector, new Set()) ?? [])).toEqual([]);
  });
});

describeWith([PROMTOOL], 'queries of the runbooks', () => {
  it('are PromQL', async () => {
    const { path, remove } = temporaryFolder('runbooks');
    const rules = pages
      .flatMap(({ text }) => queriesOf(text))
      .map((expr, index) => ({ record: `query:n${index}`, expr }));
    writeFileSync(join(path, 'queries.yml'), stringify({ groups: [{ name: 'queries', rules }] }));
    const { status, output } = run('promtool', ['check', 'rules', 'queries.yml'], path);
    await remove();
    expect(output).toContain(`${rules.length} rules found`);
    expect(status).toBe(0);
  });
});
