import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../exporter/test/support/server.ts';
import { buildPlugin, isStale } from './plugin-build.ts';

const folder = temporaryFolder('plugin-build');
afterAll(() => folder.remove());

const plugin = join(folder.path, 'plugin');

/** Writes the file and says when it was changed (seconds). */
function file(path: string, changed: number, content = ''): void {
  const full = join(plugin, path);
  mkdirSync(join(full, '..'), { recursive: true });
  writeFileSync(full, content);
  utimesSync(full, changed, changed);
}

beforeEach(() => {
  for (const path of [plugin, join(folder.path, 'dashboards')])
    rmSync(path, { recursive: true, force: true });
  file('src/module.tsx', 1000);
  file('src/panels/a/plugin.json', 1000);
  file('package.json', 1000);
});

describe('isStale', () => {
  it('is true while nothing is built', () => {
    expect(isStale(plugin)).toBe(true);
  });

  it('is false once the build is newer than all it is made of', () => {
    file('dist/module.js', 2000);
    expect(isStale(plugin)).toBe(false);
  });

  it.each([
    'src/panels/a/plugin.json',
    'src/new.ts',
    'package.json',
    'webpack.config.ts',
    '../dashboards/generated/a.json',
  ])('is true again when %s changes', (path) => {
    file('dist/module.js', 2000);
    file(path, 3000);
    expect(isStale(plugin)).toBe(true);
  });
});

describe('buildPlugin', () => {
  const log = join(folder.path, 'logs', 'build.log');
  const build = (script: string): Promise<boolean> => {
    file('package.json', 1000, JSON.stringify({ scripts: { build: script } }));
    return buildPlugin(plugin, log, new AbortController().signal);
  };

  it('runs the plugin’s own script and keeps what it says', async () => {
    expect(await build('echo built here')).toBe(true);
    expect(readFileSync(log, 'utf8')).toContain('built here');
  });

  it('is false when the script fails', async () => {
    expect(await build('exit 3')).toBe(false);
  });

  it('is false when the run ends meanwhile', async () => {
    file('package.json', 1000, JSON.stringify({ scripts: { build: 'true' } }));
    expect(await buildPlugin(plugin, log, AbortSignal.abort())).toBe(false);
  });
});
