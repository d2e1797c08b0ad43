import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '../../exporter/test/support/server.ts';
import { ROOT } from '../start/run-folder.ts';

/** What `npm run e2e` says and answers when it is run with these variables and no others of its own. */
function run(variables: Readonly<Record<string, string>>): { code: number | null; lines: string[] } {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts', 'e2e.ts')], {
    env: { PATH: process.env['PATH'], CHROMIUM_BIN: process.execPath, ...variables },
    encoding: 'utf8',
  });
  return {
    code: status,
    lines: stderr.split('\n').filter((line) => line !== '' && !/Warning|trace-warnings/.test(line)),
  };
}

describe('npm run e2e', () => {
  it.each([
    ['GRAFANA_URL is missing', {}, 'GRAFANA_URL is not set'],
    ['GRAFANA_URL is empty', { GRAFANA_URL: '' }, 'GRAFANA_URL is not set'],
    [
      'Chromium cannot be run',
      { GRAFANA_URL: 'http://127.0.0.1:3000', CHROMIUM_BIN: '/nowhere/chromium' },
      'CHROMIUM_BIN: /nowhere/chromium is not an executable file',
    ],
    [
      'Chromium is not installed',
      { GRAFANA_URL: 'http://127.0.0.1:3000', CHROMIUM_BIN: '', PATH: '/nowhere' },
      'Chromium is not installed',
    ],
  ])('is one clear line and exit status 1 when %s', (_case, variables, words) => {
    const { code, lines } = run(variables);
    expect({ code, count: lines.length }).toEqual({ code: 1, count: 1 });
    expect(lines[0]).toContain(words);
  });

  it('names the address where no Grafana answers, and why', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const { code, lines } = run({ GRAFANA_URL: `${url}/` });
    expect(code).toBe(1);
    expect(lines).toEqual([
      expect.stringMatching(new RegExp(`^No Grafana answers at GRAFANA_URL ${url}: .*ECONNREFUSED`)),
    ]);
  });
});
