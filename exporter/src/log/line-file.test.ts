import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder, waitFor } from '../../test/support/server.ts';
import { mountSmallDisk, whyNoSmallDisk } from '../../test/support/small-disk.ts';
import { createLineFile, type LineFile } from './line-file.ts';
import { type Logger, silentLogger } from './logger.ts';

let folder: ReturnType<typeof temporaryFolder>;
let said: { message: string; fields: object }[];
let file: LineFile;

const at = (name: string): string => join(folder.path, name);
const linesOf = (name: string): string[] => readFileSync(at(name), 'utf8').split('\n').slice(0, -1);

function logger(): Logger {
  const say = (fields: object, message: string): void => void said.push({ fields, message });
  return { ...silentLogger(), error: say, warn: say };
}

function open(path: string): LineFile {
  file = createLineFile({ path, logger: logger(), lookInterval: 5 });
  return file;
}

beforeEach(() => {
  folder = temporaryFolder('line-file');
  said = [];
});
afterEach(async () => {
  await file.stop();
  await folder.remove();
});

describe('a file of lines', () => {
  it('is made with its folder, goes on where it ends, and has every line after the stop', async () => {
    for (const line of ['one', 'two']) {
      await open(at('new/access.log')).start();
      file.write(line);
      await file.stop();
    }
    expect(linesOf('new/access.log')).toEqual(['one', 'two']);
  });

  it('takes lines before the start and after the stop without a word', async () => {
    open(at('access.log')).write('early');
    await file.start();
    await file.stop();
    file.write('late');
    expect(linesOf('access.log')).toEqual([]);
  });

  it('says why it cannot be opened', async () => {
    mkdirSync(at('access.log'));
    await expect(open(at('access.log')).start()).rejects.toThrow(/^cannot write to .*access.log: .*EISDIR/);
  });

  it('goes on in a new file when a rotation has moved the old one, and loses nothing', async () => {
    await open(at('access.log')).start();
    let written = 0;
    const write = (): void => file.write(String((written += 1)));
    write();
    await waitFor('the first line', () => linesOf('access.log').length === 1);
    renameSync(at('access.log'), at('access.log.1'));
    await waitFor('the new file', () => {
      write();
      try {
        return linesOf('access.log').length > 0;
      } catch {
        // Not there yet.
        return false;
      }
    });
    await file.stop();
    const all = [...linesOf('access.log.1'), ...linesOf('access.log')];
    expect(all).toEqual(Array.from({ length: written }, (_, index) => String(index + 1)));
  });

  it('goes on in a new file at once when it is told of the rotation', async () => {
    file = createLineFile({ path: at('access.log'), logger: logger(), lookInterval: 2 ** 30 });
    await file.start();
    file.write('one');
    await waitFor('the first line', () => linesOf('access.log').length === 1);
    renameSync(at('access.log'), at('access.log.1'));
    file.reopen();
    await waitFor('the new file', () => existsSync(at('access.log')));
    file.write('two');
    await file.stop();
    expect([linesOf('access.log.1'), linesOf('access.log')]).toEqual([['one'], ['two']]);
  });
});

const reason = whyNoSmallDisk();
(reason === undefined ? describe : describe.skip)(
  `a full disk${reason === undefined ? '' : `: ${reason}`}`,
  () => {
    it.each([6000, 100])('costs lines, which are counted, and nothing else: of %d', async (lines) => {
      const disk = mountSmallDisk(65_536);
      try {
        await open(join(disk.path, 'access.log')).start();
        const line = 'x'.repeat(1023);
        for (let count = 0; count < lines; count += 1) file.write(line);
        await waitFor('the complaint', () => said.some(({ message }) => message === 'lines are not written'));
        await file.stop();
        expect(said.map(({ message }) => message)).toEqual(['lines are not written', 'lines were lost']);
        const written = readFileSync(join(disk.path, 'access.log'), 'utf8').split('\n').length - 1;
        expect(said.at(-1)?.fields).toMatchObject({ lines: lines - written });
      } finally {
        disk.remove();
      }
    });
  },
);
