import { mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type TailFixture, tailFixture } from '../../test/log-tail/tail-fixture.ts';
import { recordingLogger } from '../../test/support/recording.ts';
import { waitFor } from '../../test/support/server.ts';
import { systemClock } from '../base/clock.ts';

let logs: TailFixture;
beforeEach(() => {
  logs = tailFixture();
});
afterEach(() => logs.remove());

describe('where a tail begins', () => {
  it('starts at the end of files that exist when it is used for the first time', async () => {
    logs.append('access.log', 'old 1\nold 2\n');
    logs.open('*.log');
    await logs.poll();
    logs.append('access.log', 'new\n');
    await logs.poll();
    expect(logs.taken()).toEqual(['new']);
  });

  it('delivers whole a line that was half written at the first start', async () => {
    logs.append('access.log', 'old\nhalf');
    logs.open('*.log');
    await logs.poll();
    logs.append('access.log', ' and half\n');
    await logs.poll();
    expect(logs.taken()).toEqual(['half and half']);
  });

  it('skips the rest of a line that was already too long at the first start', async () => {
    logs.append('access.log', 'x'.repeat(5000));
    logs.open('*.log', { maxLineBytes: 1000 });
    await logs.poll();
    logs.append('access.log', 'rest\nnext\n');
    await logs.poll();
    expect(logs.taken()).toEqual(['next']);
  });

  it('reads files that appear later from their start', async () => {
    logs.open('*.log');
    await logs.poll();
    logs.append('access.log', 'first\nsecond\n');
    await logs.poll();
    expect(logs.taken()).toEqual(['first', 'second']);
  });

  it('begins at the end for a pattern that is new in the settings', async () => {
    logs.append('a.log', 'old a\n');
    logs.append('b.txt', 'old b\n');
    logs.open('*.log');
    await logs.poll();
    await logs.stop();
    logs.open('', { patterns: [logs.path('*.log'), logs.path('*.txt')] });
    await logs.poll();
    logs.append('b.txt', 'new b\n');
    await logs.poll();
    expect(logs.taken()).toEqual(['new b']);
  });

  it('reads a file once that two patterns and a link lead to', async () => {
    logs.open('', { patterns: [logs.path('*.log'), logs.path('acc*')] });
    await logs.poll();
    logs.append('access.log', 'one\n');
    symlinkSync(logs.path('access.log'), logs.path('current.log'));
    await logs.poll();
    expect(logs.taken()).toEqual(['one']);
  });
});

describe('lines', () => {
  beforeEach(async () => {
    logs.append('access.log', '');
    logs.open('access.log', { maxLineBytes: 1000, sliceBytes: 2000 });
    await logs.poll();
  });

  it('keeps a partial last line until its end comes', async () => {
    logs.append('access.log', 'one\ntw');
    await logs.poll();
    expect(logs.taken()).toEqual(['one']);
    logs.append('access.log', 'o\n');
    await logs.poll();
    expect(logs.taken()).toEqual(['two']);
  });

  it('joins a character whose bytes were written apart', async () => {
    const bytes = Buffer.from('température 🌡\n');
    for (const byte of bytes) {
      writeFileSync(logs.path('access.log'), Buffer.from([byte]), { flag: 'a' });
      await logs.poll();
    }
    expect(logs.taken()).toEqual(['température 🌡']);
  });

  it('counts lines over the limit and goes on behind them', async () => {
    logs.append('access.log', `a\n${'x'.repeat(10_000)}\nb\n`);
    await logs.poll();
    expect(logs.taken()).toEqual(['a', 'b']);
    expect(logs.tooLong()).toBe(1);
  });

  it('reads a backlog of many slices in order', async () => {
    const lines = Array.from({ length: 5000 }, (_, index) => `line ${index}`);
    logs.append('access.log', `${lines.join('\n')}\n`);
    await logs.poll();
    expect(logs.taken()).toEqual(lines);
  });

  it('stops at its budget and tells what is left', async () => {
    let clock = 0;
    await logs.stop();
    const tail = logs.open('access.log', {
      maxLineBytes: 1000,
      sliceBytes: 2000,
      clock: { wall: () => 0, monotonic: () => (clock += 1000) },
    });
    logs.append('access.log', 'x'.repeat(99).concat('\n').repeat(1000));
    const report = await tail.poll(0);
    expect(report.backlogBytes).toBeGreaterThan(90_000);
    expect(logs.taken().length).toBeLessThan(100);
    expect((await tail.poll(10_000_000)).backlogBytes).toBe(0);
  });
});

describe('files that come and go', () => {
  it('waits for a missing file and says so', async () => {
    logs.open('access.log');
    const [pattern] = (await logs.poll()).patterns;
    expect(pattern).toEqual({
      pattern: logs.path('access.log'),
      files: 0,
      problem: `no file matches ${logs.path('access.log')} (waiting for one)`,
    });
    logs.append('access.log', 'here\n');
    expect((await logs.poll()).patterns).toEqual([
      { pattern: logs.path('access.log'), files: 1, problem: null },
    ]);
    expect(logs.taken()).toEqual(['here']);
  });

  it('names the folder that does not exist', async () => {
    logs.open('nginx/*.log');
    const [pattern] = (await logs.poll()).patterns;
    expect(pattern?.problem).toBe(
      `no file matches ${logs.path('nginx/*.log')}: the folder ${logs.path('nginx')} does not exist`,
    );
  });

  it('reads a deleted file to its end, then its successor', async () => {
    logs.append('access.log', '');
    logs.open('access.log');
    await logs.poll();
    logs.append('access.log', 'last words\n');
    unlinkSync(logs.path('access.log'));
    await logs.poll();
    logs.append('access.log', 'successor\n');
    await logs.poll();
    expect(logs.taken()).toEqual(['last words', 'successor']);
  });

  it('survives a folder that is deleted and comes back', async () => {
    mkdirSync(logs.path('nginx'));
    logs.append('nginx/access.log', '');
    logs.open('nginx/*.log');
    await logs.poll();
    rmSync(logs.path('nginx'), { recursive: true });
    await logs.poll();
    mkdirSync(logs.path('nginx'));
    logs.append('nginx/access.log', 'back\n');
    await logs.poll();
    expect(logs.taken()).toEqual(['back']);
  });

  it('passes over folders and says of a link to a device that it is no file', async () => {
    mkdirSync(logs.path('folder.log'));
    symlinkSync('/dev/null', logs.path('stdout.log'));
    logs.open('*.log');
    const [pattern] = (await logs.poll()).patterns;
    expect(pattern?.files).toBe(0);
    expect(pattern?.problem).toMatch(/stdout\.log is not a regular file/);
  });

  it('follows no more files than allowed', async () => {
    for (const name of ['a.log', 'b.log', 'c.log']) logs.append(name, '');
    logs.open('*.log', { maxFiles: 2 });
    const [pattern] = (await logs.poll()).patterns;
    expect(pattern?.files).toBe(2);
    expect(pattern?.problem).toMatch(/c\.log is not followed: the globs match more than 2 files/);
  });
});

describe('a consumer', () => {
  it('gets the same lines again after it refused them', async () => {
    let refuse = true;
    const taken: string[] = [];
    logs.append('access.log', '');
    const tail = logs.open('access.log', {
      onLines: ({ lines }) => {
        if (refuse) throw new Error('the index is full');
        taken.push(...lines.map(({ text }) => text));
      },
    });
    await tail.poll(1000);
    logs.append('access.log', '1\n');
    await expect(tail.poll(1000)).rejects.toThrow('the index is full');
    refuse = false;
    await tail.poll(1000);
    expect(taken).toEqual(['1']);
  });

  it('holds the reading up while it is busy', async () => {
    const order: string[] = [];
    logs.append('access.log', '');
    const tail = logs.open('access.log', {
      maxLineBytes: 10,
      sliceBytes: 1,
      onLines: async () => {
        order.push('begin');
        await Promise.resolve();
        order.push('end');
      },
    });
    await tail.poll(1000);
    logs.append('access.log', '123456789\n'.repeat(500));
    await tail.poll(1000);
    expect(order.length).toBeGreaterThan(4);
    expect(order).toEqual(order.map((_, index) => (index % 2 === 0 ? 'begin' : 'end')));
  });
});

describe('the background loop', () => {
  it('says why it cannot begin, once, until it can', async () => {
    let problem: string | undefined = 'the disk is full';
    logs.append('access.log', 'first\n');
    const logger = recordingLogger();
    const tail = logs.open('*.log', {
      logger,
      startAt: 'beginning',
      pollInterval: 1,
      committed: () => {
        if (problem !== undefined) throw new Error(problem);
        return [];
      },
    });
    tail.start();
    for (problem of ['the disk is full', 'the disk is gone'])
      await waitFor('the failure', () => tail.report().failed === problem);
    problem = undefined;
    await waitFor('the line', () => logs.taken().length === 1);
    await waitFor('no failure', () => tail.report().failed === null);
    const said = logger.lines.map((line) => /disk is \w+/.exec(line)?.[0]);
    expect(said).toEqual(['disk is full', 'disk is gone']);
  });

  it('follows by itself once started, and not any more once stopped', async () => {
    logs.append('access.log', '');
    const tail = logs.open('access.log', { pollInterval: 5, clock: systemClock });
    tail.start();
    await tail.poll(1000);
    logs.append('access.log', 'seen\n');
    let seen: string[] = [];
    await waitFor('the line', () => (seen = [...seen, ...logs.taken()]).length > 0);
    expect(seen).toEqual(['seen']);
    await tail.stop();
    logs.append('access.log', 'unseen\n');
    await tail.poll(1000);
    expect(logs.taken()).toEqual([]);
  });

  it('sees new files and rotated ones though the system’s clock steps back an hour', async () => {
    let wall = 3_600_000_000;
    const clock = { wall: () => wall, monotonic: systemClock.monotonic };
    logs.append('access.log', '');
    const tail = logs.open('*.log', { pollInterval: 5, scanInterval: 10, rotatedGrace: 10, clock });
    tail.start();
    await tail.poll(1000);
    wall -= 3_600_000;
    logs.append('new.log', 'seen\n');
    let seen: string[] = [];
    await waitFor('the line', () => (seen = [...seen, ...logs.taken()]).length > 0);
    renameSync(logs.path('new.log'), logs.path('new.log.1'));
    logs.append('new.log.1', 'unfinished');
    await waitFor('the rest', () => (seen = [...seen, ...logs.taken()]).length > 1);
    expect(seen).toEqual(['seen', 'unfinished']);
  });

  it('looks at once at a file that the system says has changed, and at a new one', async () => {
    logs.append('access.log', '');
    const tail = logs.open('*.log', {
      watch: true,
      pollInterval: 1e9,
      scanInterval: 1e9,
      clock: systemClock,
    });
    tail.start();
    await tail.poll(1000);
    logs.append('access.log', 'known\n');
    let seen: string[] = [];
    await waitFor('the line', () => (seen = [...seen, ...logs.taken()]).length > 0);
    logs.append('new.log', 'new\n');
    await waitFor('the line of the new file', () => {
      logs.append('access.log', '');
      return (seen = [...seen, ...logs.taken()]).length > 1;
    });
    expect(seen).toEqual(['known', 'new']);
  });

  it('lets calls that meet share one pass', async () => {
    let batches = 0;
    logs.append('access.log', '');
    const tail = logs.open('access.log', {
      onLines: () => {
        batches++;
      },
    });
    await tail.poll(1000);
    logs.append('access.log', 'one\n');
    const reports = await Promise.all(Array.from({ length: 20 }, () => tail.poll(1000)));
    expect(batches).toBe(1);
    expect(new Set(reports.slice(1)).size).toBe(1);
  });
});
