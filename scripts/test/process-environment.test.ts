import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { temporaryFolder } from '../../exporter/test/support/server.ts';
import { ROOT } from '../root.ts';
import { EXPORTER_ENVIRONMENT } from '../start/exporter-environment.ts';

const OWN = Object.entries(EXPORTER_ENVIRONMENT).map((pair) => pair.join('='));

/** Settings of the process in a text, as `NAME=value`. */
const settingsIn = (text: string): string[] => text.match(/\b(?:MALLOC_\w+|NODE_OPTIONS)=\S+/g) ?? [];

it.each(['exporter/Dockerfile', 'provisioning/systemd/valtronics-exporter.service'])(
  '%s starts the exporter as a checkout does',
  (file) => {
    expect(settingsIn(readFileSync(join(ROOT, file), 'utf8'))).toEqual(OWN);
  },
);

describe('bootstrap.mjs', () => {
  const { path, remove } = temporaryFolder('environment');
  const script = join(path, 'print.mjs');
  beforeAll(() =>
    writeFileSync(script, 'for (const pair of Object.entries(process.env)) console.log(pair.join("="));'),
  );
  afterAll(remove);

  /** What it starts the script with, which stands in that folder of the repository. */
  function startedWith(folder: string, environment: Readonly<Record<string, string>> = {}): string[] {
    const { stdout } = spawnSync('node', ['scripts/bootstrap.mjs', `${folder}/${relative(folder, script)}`], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], ...environment },
    });
    return settingsIn(stdout);
  }

  it('starts what is in the exporter with it, and nothing else', () => {
    expect(startedWith('exporter').sort()).toEqual(OWN);
    expect(startedWith('scripts')).toEqual([]);
  });

  it('leaves what somebody has set', () => {
    expect(startedWith('exporter', { MALLOC_ARENA_MAX: '8' })).toContain('MALLOC_ARENA_MAX=8');
  });
});
