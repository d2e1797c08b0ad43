import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { buildGoPeer } from './go-peer.ts';

describe('buildGoPeer', () => {
  it('says that Go is missing, and leaves no folder behind', async () => {
    const folders = async (): Promise<readonly string[]> =>
      (await readdir(tmpdir())).filter((name) => name.startsWith('valtronics-go-'));
    const before = await folders();
    expect(await buildGoPeer('scrape', { PATH: '' })).toEqual({ missing: 'go is not on PATH' });
    expect(await folders()).toEqual(before);
  });
});
