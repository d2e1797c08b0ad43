import { renameSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type TailFixture, tailFixture } from '../../test/log-tail/tail-fixture.ts';
import { waitFor } from '../../test/support/server.ts';

let logs: TailFixture;
beforeEach(() => {
  logs = tailFixture();
});
afterEach(() => logs.remove());

describe('rotation', () => {
  it('by renaming: reads the old file to its end, then the new one', async () => {
    logs.append('access.log', '');
    logs.open('access.log');
    await logs.poll();
    logs.append('access.log', '1\n');
    await logs.poll();
    logs.append('access.log', '2\n');
    renameSync(logs.path('access.log'), logs.path('access.log.1'));
    logs.append('access.log', '4\n');
    logs.append('access.log.1', '3\n');
    await logs.poll();
    expect(logs.taken()).toEqual(['1', '2', '3', '4']);
  });

  it('by renaming: still reads what the writer adds before it reopens its log', async () => {
    logs.append('access.log', '');
    logs.open('access.log', { rotatedGrace: 30_000 });
    await logs.poll();
    renameSync(logs.path('access.log'), logs.path('access.log.1'));
    await logs.poll();
    logs.pass(29_000);
    logs.append('access.log.1', 'late\n');
    await logs.poll();
    logs.pass(29_000);
    logs.append('access.log.1', 'later\n');
    await logs.poll();
    logs.pass(29_000);
    logs.append('access.log.1', 'half');
    await logs.poll();
    logs.pass(31_000);
    await logs.poll();
    logs.append('access.log.1', ' a line that comes too late\n');
    await logs.poll();
    expect(logs.taken()).toEqual(['late', 'later', 'half']);
  });

  it('by renaming within the glob: no line comes twice', async () => {
    logs.append('access.log', '');
    logs.open('access.log*');
    await logs.poll();
    logs.append('access.log', '1\n');
    await logs.poll();
    renameSync(logs.path('access.log'), logs.path('access.log.1'));
    logs.append('access.log', '2\n');
    await logs.poll();
    renameSync(logs.path('access.log.1'), logs.path('access.log.2'));
    renameSync(logs.path('access.log'), logs.path('access.log.1'));
    await logs.poll();
    expect(logs.taken()).toEqual(['1', '2']);
  });

  it('by cutting the file: reads it from its start', async () => {
    logs.append('access.log', '');
    logs.open('access.log');
    await logs.poll();
    logs.append('access.log', 'a long line before\n');
    await logs.poll();
    truncateSync(logs.path('access.log'));
    logs.append('access.log', 'after\n');
    await logs.poll();
    expect(logs.taken()).toEqual(['a long line before', 'after']);
  });

  it('by cutting the file, which has grown past its old size before the next look', async () => {
    logs.append('access.log', '');
    logs.open('access.log');
    await logs.poll();
    logs.append('access.log', 'before\n');
    await logs.poll();
    truncateSync(logs.path('access.log'));
    logs.append('access.log', 'after 1\nafter 2\nafter 3\n');
    await logs.poll();
    expect(logs.taken()).toEqual(['before', 'after 1', 'after 2', 'after 3']);
  });

  it('by copying and cutting within the glob: the copy gives only what was not read yet', async () => {
    logs.append('access.log', '');
    logs.open('access.log*');
    await logs.poll();
    logs.append('access.log', '1\n2\n');
    await logs.poll();
    logs.append('access.log', '3\n');
    writeFileSync(logs.path('access.log.1'), '1\n2\n3\n');
    truncateSync(logs.path('access.log'));
    logs.append('access.log', '4\n');
    await logs.poll();
    expect(logs.taken().sort()).toEqual(['1', '2', '3', '4']);
  });

  it('by copying and cutting: the copy gives nothing again that its reader holds back', async () => {
    const taken: string[] = [];
    logs.append('access.log', '');
    logs.open('access.log*', {
      // As for entries of several lines: a restart begins with the last line once more.
      onLines: (batch) => {
        taken.push(...batch.lines.map(({ text }) => text));
        batch.restartFrom(batch.positionAt(batch.lines.at(-1)?.offset ?? batch.end.offset));
      },
    });
    await logs.poll();
    logs.append('access.log', '1\n2\n');
    await logs.poll();
    writeFileSync(logs.path('access.log.1'), '1\n2\n3\n');
    truncateSync(logs.path('access.log'));
    logs.append('access.log', '4\n');
    await logs.poll();
    expect(taken.sort()).toEqual(['1', '2', '3', '4']);
  });

  it('by copying and cutting: knows the copy that it meets after it saw the cut', async () => {
    logs.append('access.log', '');
    const tail = logs.open('access.log*', { pollInterval: 5, scanInterval: 1e9 });
    tail.start();
    await logs.poll();
    logs.append('access.log', '1\n2\n');
    await logs.poll();
    writeFileSync(logs.path('access.log.1'), '1\n2\n3\n');
    truncateSync(logs.path('access.log'));
    logs.append('access.log', '4\n');
    const taken: string[] = [];
    await waitFor('the line after the cut', () => taken.push(...logs.taken()) > 2);
    await logs.poll();
    expect([...taken, ...logs.taken()]).toEqual(['1', '2', '4', '3']);
  });

  it('leaves compressed files alone', async () => {
    logs.open('access.log*');
    await logs.poll();
    logs.append('access.log.1.gz', 'not text\n');
    logs.append('access.log.2.zst', 'not text\n');
    await logs.poll();
    expect(logs.taken()).toEqual([]);
  });

  it('by a symbolic link that points to the next file', async () => {
    logs.append('day-1', '');
    symlinkSync(logs.path('day-1'), logs.path('access.log'));
    logs.open('access.log');
    await logs.poll();
    logs.append('day-1', '1\n');
    await logs.poll();
    unlinkSync(logs.path('access.log'));
    logs.append('day-2', '2\n');
    symlinkSync(logs.path('day-2'), logs.path('access.log'));
    logs.append('day-1', 'still 1\n');
    await logs.poll();
    expect(logs.taken()).toEqual(['1', 'still 1', '2']);
  });
});

describe('a restart', () => {
  it('goes on where it stopped', async () => {
    logs.append('access.log', '');
    logs.open('access.log');
    await logs.poll();
    logs.append('access.log', '1\npart');
    await logs.poll();
    await logs.stop();
    logs.append('access.log', 'ial\n2\n');
    logs.open('access.log');
    await logs.poll();
    expect(logs.taken()).toEqual(['1', 'partial', '2']);
  });

  it('reads the rest of a file that was rotated meanwhile, then the new one', async () => {
    logs.append('access.log', '');
    logs.open('access.log');
    await logs.poll();
    logs.append('access.log', '1\n');
    await logs.poll();
    await logs.stop();
    logs.append('access.log', '2\n');
    renameSync(logs.path('access.log'), logs.path('access.log.1'));
    logs.append('access.log', '3\n');
    logs.open('access.log');
    await logs.poll();
    expect(logs.taken()).toEqual(['1', '2', '3']);
  });

  it('reads a file from its start that came to the place of the known one', async () => {
    logs.append('access.log', '');
    logs.open('access.log');
    await logs.poll();
    logs.append('access.log', 'known\n');
    await logs.poll();
    await logs.stop();
    writeFileSync(logs.path('access.log'), 'other 1\nother 2\n');
    logs.open('access.log');
    await logs.poll();
    expect(logs.taken()).toEqual(['known', 'other 1', 'other 2']);
  });

  it('after a kill gives again what came since the last saved position, and loses nothing', async () => {
    logs.append('access.log', '');
    logs.open('access.log', { saveInterval: 5000 });
    await logs.poll();
    logs.pass(5000);
    logs.append('access.log', '1\n');
    await logs.poll();
    logs.append('access.log', '2\n');
    await logs.poll();
    await logs.kill();
    logs.append('access.log', '3\n');
    logs.open('access.log');
    await logs.poll();
    expect(logs.taken()).toEqual(['1', '2', '2', '3']);
  });

  it('begins anew with a document that it cannot use', async () => {
    logs.append('access.log', 'old\n');
    logs.open('access.log', { state: { read: () => ({ version: 7 }), write: () => Promise.resolve() } });
    await logs.poll();
    logs.append('access.log', 'new\n');
    await logs.poll();
    expect(logs.taken()).toEqual(['new']);
  });

  it('goes on with a file whose device number is another one now', async () => {
    const documents: unknown[] = [];
    const state = {
      read: () => documents.at(-1),
      write: (_: string, document: unknown) => Promise.resolve(void documents.push(document)),
    };
    logs.append('access.log', '');
    logs.open('access.log', { state });
    await logs.poll();
    logs.append('access.log', '1\n');
    await logs.poll();
    await logs.stop();
    const text = JSON.stringify(documents.at(-1)).replace(/"device":"\d+"/, '"device":"999999"');
    documents.push(JSON.parse(text));
    logs.append('access.log', '2\n');
    logs.open('access.log', { state });
    await logs.poll();
    expect(logs.taken()).toEqual(['1', '2']);
  });
});
