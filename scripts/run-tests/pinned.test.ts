import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../exporter/test/support/server.ts';
import { installedVersion, notTested } from './pinned.ts';

describe('what is pinned', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  const path = process.env['PATH'];
  beforeEach(() => {
    folder = temporaryFolder('pinned');
    process.env['PATH'] = `${folder.path}:${path ?? ''}`;
  });
  afterEach(async () => {
    process.env['PATH'] = path;
    await folder.remove();
  });

  it.each([
    ['printf "prometheus, version 2.42.0+ds (branch: x, revision: 1.2.3)"', '2.42.0'],
    ['printf \'time="2026-11-30T14:17:37Z" msg="Metrics Exporter 1.45.0-2+b4"\' >&2', '1.45.0'],
    ['printf "mosquitto version 2.0.11\\n"; exit 3', '2.0.11'],
    ['printf "psql (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"', '15.18'],
    ['exit 1', undefined],
  ])('reads the version that %s says', (script, version) => {
    writeFileSync(join(folder.path, 'told'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    expect(installedVersion({ names: ['told'] })).toBe(version);
  });

  it('knows no version of what is not installed', () => {
    expect(installedVersion({ names: ['is-not-installed'] })).toBeUndefined();
  });

  it('is named where it is not what a test ran', () => {
    const pinned = ['1.2.3', 'v2.0', '3.1-alpine', '4.0'].map((version) => ({
      image: `i${version}`,
      version,
      program: { names: [version] },
    }));
    const versions: Record<string, string> = { '1.2.3': '1.2.3', 'v2.0': '2.1', '3.1-alpine': '3.1' };
    expect(notTested(pinned, ({ names: [name = ''] }) => versions[name])).toEqual([
      'iv2.0 is pinned to v2.0; tests ran 2.1',
      'i4.0 is pinned to 4.0; no test ran it',
    ]);
    expect(notTested([{ image: 'x', version: '1.0' }])).toEqual(['x is pinned to 1.0; no test ran it']);
  });
});
