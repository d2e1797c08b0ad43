import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { silentLogger } from '../../src/log/logger.ts';
import { openStateStore } from '../../src/state/file-state-store.ts';
import { temporaryFolder, waitFor } from '../support/server.ts';

const WRITER = fileURLToPath(new URL('../support/state-writer.ts', import.meta.url));
const ROUNDS = 12;
const document = z.object({ count: z.number(), filler: z.string() });

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder('kill');
});
afterEach(async () => {
  await folder.remove();
});

/** Runs the writer until it has written `writings` documents and then some, kills it, and returns the last it claimed. */
async function killWriter(first: number, writings: number): Promise<number> {
  const child = spawn(process.execPath, [WRITER, folder.path, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const claimed = (): number[] => printed.split('\n').slice(0, -1).map(Number);
  try {
    await waitFor(
      `${writings} documents`,
      () => claimed().length >= writings || child.exitCode !== null,
      undefined,
      1,
    );
  } finally {
    child.kill('SIGKILL');
    await gone;
  }
  expect(child.signalCode).toBe('SIGKILL');
  return claimed().at(-1) ?? NaN;
}

describe('a state store whose process is killed while it writes', () => {
  it('has the last document or the one that was being written, whole', async () => {
    let first = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const last = await killWriter(first, 1 + Math.floor(Math.random() * 25));
      const { count, filler } = document.parse(openStateStore(folder.path, silentLogger()).read('killed'));
      expect([last, last + 1]).toContain(count);
      expect(filler).toBe(String(count % 10).repeat(20_000 + (count % 7) * 9_000));
      first = count + 1;
    }
    expect(readdirSync(folder.path).filter((name) => name.includes('damaged'))).toEqual([]);
  }, 300_000);
});
