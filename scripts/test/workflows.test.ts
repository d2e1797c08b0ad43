import { expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { goProgram } from '../../exporter/test/support/go-program.ts';
import { describeWith, GO, type Requirement } from '../../exporter/test/support/require.ts';
import { ROOT } from '../root.ts';
import { COMPOSE } from './support/compose.ts';

const SHELLCHECK: Requirement = { names: ['shellcheck'], package: 'shellcheck' };

/** Shell that compose gives a container, as the container sees it. */
const inCompose = Object.entries(COMPOSE.services).flatMap(([name, { entrypoint = [], command = [] }]) => {
  const [shell, option, script] = [...entrypoint, ...command];
  return shell === '/bin/sh' && option === '-c' && script !== undefined
    ? [{ name, script: script.replaceAll('$$', '$') }]
    : [];
});

describeWith([SHELLCHECK], 'shellcheck', () => {
  const complaints = (script: string): string =>
    spawnSync('shellcheck', ['-'], { input: script, encoding: 'utf8' }).stdout;

  it('has nothing to say about .ci/run', () => {
    expect(complaints(readFileSync(join(ROOT, '.ci', 'run'), 'utf8'))).toBe('');
  });

  it.each(inCompose)('has nothing to say about what compose runs for $name', ({ script }) => {
    expect(complaints(`#!/bin/sh\n${script}`)).toBe('');
  });

  it('would say something', () => {
    expect(complaints('#!/bin/sh\ncd "$1"\nrm -r $2\n')).toContain('SC2086');
    expect(inCompose.map(({ name }) => name)).toEqual(expect.arrayContaining(['prometheus', 'grafana']));
  });
});

describeWith([GO, SHELLCHECK], 'actionlint', () => {
  it('has nothing to say about the workflows, nor about the shell in them', async () => {
    const actionlint = await goProgram('github.com/rhysd/actionlint/cmd/actionlint', 'v1.7.12');
    const files = globSync(join(ROOT, '.github', 'workflows', '*.yml'));
    expect(files.length).toBeGreaterThan(3);
    const { status, stdout } = spawnSync(actionlint, ['-no-color', ...files], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  }, 300_000);
});
