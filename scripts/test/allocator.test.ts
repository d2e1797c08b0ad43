import { expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { temporaryFolder } from '../../exporter/test/support/server.ts';
import { ROOT } from '../root.ts';

/** Settings of the C library in a text, as `NAME=value`. */
const settingsIn = (text: string): string[] => text.match(/\bMALLOC_\w+=\S+/g) ?? [];

it('starts the exporter with the same settings of the allocator everywhere', async () => {
  const { path, remove } = temporaryFolder('allocator');
  const script = join(path, 'print.mjs');
  writeFileSync(
    script,
    'for (const [name, value] of Object.entries(process.env)) console.log(`${name}=${value}`);',
  );
  const { stdout } = spawnSync('node', ['scripts/bootstrap.mjs', relative(ROOT, script)], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });
  await remove();
  const shipped = settingsIn(readFileSync(join(ROOT, 'exporter/Dockerfile'), 'utf8'));
  const unit = readFileSync(join(ROOT, 'provisioning/systemd/valtronics-exporter.service'), 'utf8');
  expect(shipped).toHaveLength(2);
  expect([settingsIn(unit), settingsIn(stdout).sort()]).toEqual([shipped, shipped]);
});
