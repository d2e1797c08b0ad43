import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { waitFor } from '../test/support/wait.ts';
import { lockDataFolder } from './data-folder-lock.ts';
import { commandLine } from './processes.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'valtronics-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('lockDataFolder', () => {
  it('makes the folder, takes it and gives it back', () => {
    const inner = join(folder, 'a', 'b');
    const lock = lockDataFolder(inner);
    const file = join(inner, 'simulator.pid');
    expect(readFileSync(file, 'utf8')).toBe(`${process.pid}\n`);
    lock.release();
    expect(existsSync(file)).toBe(false);
  });

  it('takes it over from a killed simulator and from a stranger with its number', () => {
    const file = join(folder, 'simulator.pid');
    for (const stale of ['999999999', '1', 'nonsense']) {
      writeFileSync(file, stale);
      lockDataFolder(folder).release();
    }
    expect(existsSync(file)).toBe(false);
  });

  it('refuses a folder of a running simulator', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)', 'simulator']);
    try {
      await waitFor('its command line', () => commandLine(other.pid ?? 0)?.includes('simulator') === true);
      writeFileSync(join(folder, 'simulator.pid'), String(other.pid));
      expect(() => lockDataFolder(folder)).toThrow(
        `is used by another simulator (process ${other.pid ?? 0})`,
      );
    } finally {
      other.kill('SIGKILL');
    }
  });
});
