import { afterAll, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../exporter/test/support/server.ts';
import { findProgram, NODE_EXPORTER } from './programs.ts';
import { renderTable } from './table.ts';

const folder = temporaryFolder('programs');
afterAll(() => folder.remove());

function executable(name: string): string {
  const path = join(folder.path, 'bin', name);
  mkdirSync(join(folder.path, 'bin'), { recursive: true });
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, 0o755);
  return path;
}

describe('findProgram', () => {
  it('finds upstream’s name before Debian’s', () => {
    const debian = executable('prometheus-node-exporter');
    const environment = { PATH: `/nowhere:${join(folder.path, 'bin')}` };
    expect(findProgram(NODE_EXPORTER, environment)).toBe(debian);
    const upstream = executable('node_exporter');
    expect(findProgram(NODE_EXPORTER, environment)).toBe(upstream);
  });

  it('is undefined when nothing is installed', () => {
    expect(findProgram(NODE_EXPORTER, { PATH: '/nowhere' })).toBeUndefined();
  });

  it('takes the variable, and refuses one that names no program', () => {
    const named = executable('my-node-exporter');
    expect(findProgram(NODE_EXPORTER, { NODE_EXPORTER_BIN: named })).toBe(named);
    expect(() => findProgram(NODE_EXPORTER, { NODE_EXPORTER_BIN: '/nowhere/x' })).toThrow(
      'NODE_EXPORTER_BIN: /nowhere/x is not an executable file',
    );
  });
});

describe('renderTable', () => {
  it('aligns its columns and never ends a line in blanks', () => {
    const text = renderTable([
      { part: 'Exporter', state: 'runs', where: 'http://127.0.0.1:8001', note: 'fine' },
      { part: 'Prometheus', state: 'missing', where: '', note: '' },
    ]);
    expect(text.split('\n')).toEqual(['  ● Exporter    http://127.0.0.1:8001  fine', '  ○ Prometheus']);
  });
});
