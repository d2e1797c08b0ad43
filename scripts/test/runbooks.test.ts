import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { describeWith, PROMTOOL } from '../../exporter/test/support/require.ts';
import { temporaryFolder } from '../../exporter/test/support/server.ts';
import { readRules } from '../generate/prometheus-rules.ts';
import { runbookQueries } from '../queries/sources.ts';
import { ROOT } from '../root.ts';
import { run } from './support/prometheus.ts';

const FOLDER = join(ROOT, 'docs/runbooks');
const pages = readdirSync(FOLDER).map((name) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') }));
const { alerts } = readRules();

const queries = runbookQueries();

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

  it.each(pages)('$name fits on few screens and says what to run', ({ name, text }) => {
    expect(text.split('\n').length).toBeLessThan(130);
    expect(queries.map(({ source }) => `${source}.md`)).toContain(name);
  });
});

describeWith([PROMTOOL], 'queries of the runbooks', () => {
  it('are PromQL', async () => {
    const { path, remove } = temporaryFolder('runbooks');
    const rules = queries.map(({ expr }, index) => ({ record: `query:n${index}`, expr }));
    writeFileSync(join(path, 'queries.yml'), stringify({ groups: [{ name: 'queries', rules }] }));
    const { status, output } = run('promtool', ['check', 'rules', 'queries.yml'], path);
    await remove();
    expect(output).toContain(`${rules.length} rules found`);
    expect(status).toBe(0);
  });
});
