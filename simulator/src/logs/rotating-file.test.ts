import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { waitFor } from '../../test/support/wait.ts';
import { openRotatingFile } from './rotating-file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'valtronics-rotating-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('openRotatingFile', () => {
  it('brings lines to the disk by itself, and what is left when it is closed', async () => {
    const path = join(folder, 'a.log');
    writeFileSync(path, 'old\n');
    const file = openRotatingFile({ path, maxBytes: 1000, keep: 2 });
    file.line('one');
    file.line('two');
    await waitFor('the lines', () => readFileSync(path, 'utf8') === 'old\none\ntwo\n');
    file.line('three');
    file.close();
    expect(readFileSync(path, 'utf8')).toBe('old\none\ntwo\nthree\n');
  });

  it('rotates at its size and keeps so many older files', async () => {
    const path = join(folder, 'a.log');
    const file = openRotatingFile({ path, maxBytes: 100, keep: 2 });
    for (let round = 1; round <= 5; round++) {
      file.line(`${round}`.repeat(80));
      await waitFor('the round', () => readFileSync(path, 'utf8').startsWith(String(round)));
    }
    file.close();
    expect(readdirSync(folder).sort()).toEqual(['a.log', 'a.log.1', 'a.log.2']);
    expect(readFileSync(`${path}.1`, 'utf8')).toMatch(/^4{80}\n$/);
    expect(readFileSync(`${path}.2`, 'utf8')).toMatch(/^3{80}\n$/);
    expect(statSync(path).size).toBeLessThanOrEqual(100);
  });

  it('keeps none on demand', async () => {
    const path = join(folder, 'a.log');
    const file = openRotatingFile({ path, maxBytes: 10, keep: 0 });
    file.line('12345678');
    await waitFor('the first', () => statSync(path).size > 0);
    file.line('abcdefgh');
    file.close();
    expect(readFileSync(path, 'utf8')).toBe('abcdefgh\n');
    expect(existsSync(`${path}.1`)).toBe(false);
  });
});
