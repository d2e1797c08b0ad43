import { describe, expect, it } from '@jest/globals';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { generateDashboards } from '../../dashboards/src/generate.ts';
import { readRules } from '../generate/prometheus-rules.ts';
import { ROOT } from '../root.ts';

const APP = 'valtronics-monitoring-app';
const pluginSchema = z.object({
  includes: z.array(z.object({ type: z.string(), path: z.string().optional() })),
});
const plugin = pluginSchema.parse(JSON.parse(readFileSync(join(ROOT, 'plugin/src/plugin.json'), 'utf8')));

/** Pages that the app declares, as addresses. */
const pages = plugin.includes
  .filter(({ type, path }) => type === 'page' && path !== undefined)
  .map(({ path = '' }) => path.replace('%PLUGIN_ID%', APP).replace(/\?.*/, ''));
const uids = generateDashboards().map(
  ({ content }) => z.object({ uid: z.string() }).parse(JSON.parse(content)).uid,
);

/** Pages of Grafana itself that we link to. */
const GRAFANA = ['/alerting/silences'];

/** What is wrong with where the address leads, or undefined. */
function complaint(url: string): string | undefined {
  const [, host, path = ''] = /^(https?:\/\/[^/]+)?(\/[^?#]*)/.exec(url) ?? [];
  const [, uid] = /^\/d\/([^/]+)/.exec(path) ?? [];
  if (uid !== undefined) return uids.includes(uid) ? undefined : `there is no dashboard ${uid}`;
  if (path.startsWith('/a/'))
    return pages.some((page) => path === page || path.startsWith(`${page}/`))
      ? undefined
      : `the app has no page ${path}`;
  const [, runbook] = /\/docs\/runbooks\/(\w+\.md)$/.exec(path) ?? [];
  if (runbook !== undefined)
    return existsSync(join(ROOT, 'docs/runbooks', runbook)) ? undefined : `there is no runbook ${runbook}`;
  if (host === undefined && GRAFANA.includes(path)) return undefined;
  return host === undefined ? `nothing is known of ${url}` : undefined;
}

/** Every address in a JSON value: of `url` keys, and in the Markdown of descriptions. */
function urlsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(urlsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    if (typeof inner !== 'string') return urlsIn(inner);
    if (key === 'url') return inner === '' ? [] : [inner];
    return key === 'description' ? [...inner.matchAll(/\]\(([^)]+)\)/g)].map(([, url = '']) => url) : [];
  });
}

describe('links', () => {
  it.each([
    ['/d/valtronics-fleet?${__url_time_range}', undefined],
    ['/d/valtronics-flet', 'there is no dashboard valtronics-flet'],
    ['http://localhost:3000/d/valtronics-overview', undefined],
    [`/a/${APP}/fleet/\${__data.fields["Device"]}`, undefined],
    [`/a/${APP}/fleets`, `the app has no page /a/${APP}/fleets`],
    ['https://valtronics.example.com/docs/runbooks/ApiDown.md', undefined],
    ['https://valtronics.example.com/docs/runbooks/ApiUp.md', 'there is no runbook ApiUp.md'],
  ])('%s: %s', (url, wrong) => {
    expect(complaint(url)).toBe(wrong);
  });

  it('of every dashboard lead to a dashboard, a page of the app or a runbook that there is', () => {
    const all = generateDashboards().flatMap(({ path, content }) =>
      urlsIn(JSON.parse(content)).map((url) => ({ path, url })),
    );
    expect(all.length).toBeGreaterThan(50);
    expect(all.flatMap(({ path, url }) => complaint(url)?.concat(` (${path})`) ?? [])).toEqual([]);
  });

  it('of every alert do', () => {
    const urls = readRules().alerts.flatMap(({ annotations }) => [
      annotations.runbook_url,
      annotations.dashboard_url,
    ]);
    expect(urls.flatMap((url) => complaint(url) ?? [])).toEqual([]);
  });

  it('of the app to dashboards do', () => {
    const files = globSync('plugin/src/**/*.{ts,tsx}', { cwd: ROOT }).filter(
      (file) => !/\.(?:test|fixture)\./.test(file),
    );
    const urls = files.flatMap((file) =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(/(?:\| '|\/d\/)(valtronics-[a-z]+)/g)].map(
        ([, uid = '']) => `/d/${uid}`,
      ),
    );
    expect(urls.length).toBeGreaterThan(4);
    expect(urls.flatMap((url) => complaint(url) ?? [])).toEqual([]);
  });
});
