import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder, waitFor } from '../support/server.ts';

const PROGRAM = new URL('../log-tail/tail-process.ts', import.meta.url).pathname;
const LINES_A_ROUND = 2000;

interface Follower {
  readonly process: ChildProcess;
  /** The lines that it delivered so far. */
  lines(): string[];
  end(signal: NodeJS.Signals): Promise<void>;
}

let folder: { path: string; remove: () => Promise<void> };
let followers: Follower[];

async function follow(): Promise<Follower> {
  const child = spawn(
    process.execPath,
    [PROGRAM, join(folder.path, 'access.log*'), join(folder.path, 'state.json')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const follower: Follower = {
    process: child,
    lines: () => output.split('\n').filter((line) => line !== '' && line !== 'ready'),
    end: async (signal) => {
      child.kill(signal);
      await closed;
    },
  };
  followers.push(follower);
  await waitFor('the follower', () => output.includes('ready'));
  return follower;
}

beforeEach(() => {
  folder = temporaryFolder('tail-kill');
  writeFileSync(join(folder.path, 'access.log'), '');
  followers = [];
});
afterEach(async () => {
  for (const follower of followers) await follower.end('SIGKILL');
  await folder.remove();
});

/** Writes lines, rotating the log on the way, and ends the follower within it. */
async function playRounds(signal: NodeJS.Signals): Promise<{ written: string[]; delivered: string[] }> {
  const log = join(folder.path, 'access.log');
  const written: string[] = [];
  const delivered: string[] = [];
  for (let round = 0; round < 4; round++) {
    const follower = await follow();
    for (let index = 0; index < LINES_A_ROUND; index++) {
      const line = `round ${round} line ${index}`;
      written.push(line);
      appendFileSync(log, `${line}\n`);
      if (index === 700) renameSync(log, `${log}.${round}`);
      if (index % 500 === 250) await waitFor('a line', () => follower.lines().length > index / 2);
    }
    await follower.end(signal);
    delivered.push(...follower.lines());
  }
  const last = await follow();
  await waitFor('the last line', () => [...delivered, ...last.lines()].includes(String(written.at(-1))));
  await last.end('SIGTERM');
  return { written, delivered: [...delivered, ...last.lines()] };
}

describe('a tail whose process', () => {
  it('is killed loses no line', async () => {
    const { written, delivered } = await playRounds('SIGKILL');
    expect([...new Set(delivered)].sort()).toEqual(written.sort());
  }, 300_000);

  it('is ended in order gives each line once', async () => {
    const { written, delivered } = await playRounds('SIGTERM');
    expect(delivered.sort()).toEqual(written.sort());
    expect(readFileSync(join(folder.path, 'state.json'), 'utf8')).toContain('"version":1');
  }, 300_000);
});
