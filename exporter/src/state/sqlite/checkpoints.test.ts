import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { temporaryFolder, waitFor } from '../../../test/support/server.ts';
import { silentLogger } from '../../log/logger.ts';
import { createCheckpoints, LARGE } from './checkpoints.ts';
import { type Database, openSqlite } from './database.ts';

const BLOB = new Uint8Array(20_000).fill(7);
const countRow = z.object({ count: z.number() });

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
beforeEach(() => {
  folder = temporaryFolder('checkpoints');
  path = join(folder.path, 'busy.db');
});
afterEach(() => folder.remove());

function open(): Database {
  return openSqlite({
    ...{ path, name: 'test file', whenFull: 'space', logger: silentLogger(), busy: true },
    migrations: ['create table blobs (content blob not null) strict'],
  });
}

const write = (database: Database): void =>
  database.writeUnsynced((sql) => void sql.run('insert into blobs values (?)', BLOB));

describe('checkpoints in a thread', () => {
  it('move into the file what was written, which goes on meanwhile', async () => {
    const database = open();
    for (let index = 0; index < 65; index++) write(database);
    await waitFor('the checkpoint', () => statSync(path).size > 60 * BLOB.length);
    expect(database.read((sql) => sql.first(countRow, 'select count(*) as count from blobs'))).toEqual({
      count: 65,
    });
    database.close();
    expect(existsSync(`${path}-wal`)).toBe(false);
  });

  it('let the write-ahead log begin anew, though there is no pause in writing', async () => {
    const database = open();
    let written = 0;
    while (written < 16 * LARGE) {
      for (let index = 0; index < 64; index++) write(database);
      written += 64 * BLOB.length;
      await waitFor('the thread to catch up', () => statSync(path).size > written - 4 * LARGE);
    }
    // It began anew: else it held all of it.
    expect(statSync(`${path}-wal`).size).toBeLessThan(written);
    database.close();
  });

  it('say once that they fail, and try again', async () => {
    mkdirSync(path);
    writeFileSync(`${path}-wal`, '');
    const said: object[] = [];
    const logger = { ...silentLogger(), warn: (fields: object) => void said.push(fields) };
    const checkpoints = createCheckpoints({ path, logger, finish: () => undefined });
    async function round(): Promise<void> {
      for (let index = 0; index < 64; index++) checkpoints.written();
      await checkpoints.idle();
    }
    await round();
    await round();
    expect(said).toEqual([{ file: path, problem: expect.stringMatching(/unable to open/) }]);
    rmdirSync(path);
    await round();
    rmSync(path);
    mkdirSync(path);
    await round();
    expect(said).toHaveLength(2);
    checkpoints.close();
  });

  it('are no failure of the write that they follow', () => {
    writeFileSync(`${path}-wal`, Buffer.alloc(LARGE + 1));
    const said: object[] = [];
    const logger = { ...silentLogger(), warn: (fields: object) => void said.push(fields) };
    const finish = (): never => {
      throw new Error('database or disk is full');
    };
    const checkpoints = createCheckpoints({ path, logger, finish });
    checkpoints.written();
    expect(said).toEqual([{ file: path, problem: 'database or disk is full' }]);
    checkpoints.close();
  });

  it('begin with the 64th write, and end with the file', async () => {
    writeFileSync(`${path}-wal`, '');
    const checkpoints = createCheckpoints({ path, logger: silentLogger(), finish: () => undefined });
    for (let index = 0; index < 63; index++) checkpoints.written();
    await checkpoints.idle();
    expect(existsSync(path)).toBe(false);
    checkpoints.written();
    const idle = checkpoints.idle();
    checkpoints.close();
    await idle;
  });
});
