import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { recordingLogger } from '../../../test/support/http.ts';
import { temporaryFolder } from '../../../test/support/server.ts';
import { type AlertDatabaseOptions, openDatabase } from './database.ts';
import type { Database, Sql } from './sql.ts';
import { StoreError } from '../../state/sqlite/errors.ts';

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
let logger: ReturnType<typeof recordingLogger>;
const opened: Database[] = [];

beforeEach(() => {
  folder = temporaryFolder('alerts');
  path = join(folder.path, 'alerts.db');
  logger = recordingLogger();
});
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
  await folder.remove();
});

function open(options: Partial<AlertDatabaseOptions> = {}): Database {
  const database = openDatabase({ path, logger, ...options });
  opened.push(database);
  return database;
}

const COUNT = z.object({ n: z.number() });

async function note(database: Database, comment: string): Promise<void> {
  await database.write((sql) =>
    sql.run(
      "insert into audit (at, alert_id, fingerprint, action, actor_kind, actor, comment) values (1, 1, 'f', 'a', 'k', 'n', ?)",
      comment,
    ),
  );
}

function notes(database: Database): Promise<number | undefined> {
  return database.read(async (sql) => (await sql.first(COUNT, 'select count(*) as n from audit'))?.n);
}

/** What the work rejects with. */
async function thrown(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('openDatabase', () => {
  it('makes a file that only its user can read, write-ahead log and all', async () => {
    await note(open(), 'x');
    const files = readdirSync(folder.path).sort();
    expect(files).toEqual(['alerts.db', 'alerts.db-shm', 'alerts.db-wal']);
    for (const file of files) expect(statSync(join(folder.path, file)).mode & 0o777).toBe(0o600);
  });

  it('syncs each commit to a write-ahead log', async () => {
    const database = open();
    const mode = z.object({ journal_mode: z.string() });
    const sync = z.object({ synchronous: z.number() });
    expect(await database.read((sql) => sql.first(mode, 'pragma journal_mode'))).toEqual({
      journal_mode: 'wal',
    });
    expect(await database.read((sql) => sql.first(sync, 'pragma synchronous'))).toEqual({ synchronous: 2 });
  });

  it('does not wait for the disk for what may be done twice, and waits again afterwards', async () => {
    const database = open();
    const sync = z.object({ synchronous: z.number() });
    const level = async (sql: Sql) => (await sql.first(sync, 'pragma synchronous'))?.synchronous;
    expect(await database.writeUnsynced(level)).toBe(1);
    expect(await database.read(level)).toBe(2);
    const mine = new Error('mine');
    const failing = (): Promise<unknown> =>
      database.writeUnsynced(async (sql) => {
        await sql.run('delete from audit');
        throw mine;
      });
    expect(await thrown(failing)).toBe(mine);
    expect(await database.read(level)).toBe(2);
    await database.writeUnsynced((sql) => sql.run("delete from audit where comment = 'x'"));
    await database.close();
    expect(await thrown(() => database.writeUnsynced(level))).toBeInstanceOf(StoreError);
  });

  it('keeps what was written, and nothing of a work that threw', async () => {
    const first = open();
    await note(first, 'kept');
    const mine = new Error('mine');
    const failing = (): Promise<unknown> =>
      first.write(async (sql) => {
        await sql.run('delete from audit');
        throw mine;
      });
    expect(await thrown(failing)).toBe(mine);
    await first.close();
    expect(await notes(open())).toBe(1);
  });

  it('says so after it was closed', async () => {
    const database = open();
    await database.close();
    await expect(notes(database)).rejects.toThrow(StoreError);
    await expect(notes(database)).rejects.toThrow('is closed');
  });

  it.each([
    'this is no database at all, although it is long enough to be looked at',
    'SQLite format 3\0rest',
  ])('keeps a damaged file aside and starts anew (%j)', async (content) => {
    writeFileSync(path, content);
    const database = open({ now: () => Date.UTC(2026, 10, 23, 14, 0, 0) });
    expect(await notes(database)).toBe(0);
    const aside = join(folder.path, 'alerts.db.damaged-20261123T140000.000Z');
    expect(readFileSync(aside, 'utf8')).toBe(content);
    expect(logger.lines).toEqual([
      expect.objectContaining({ level: 'error', fields: expect.objectContaining({ keptAs: aside }) }),
    ]);
  });

  it('finds damage inside of a file, whose header is whole', async () => {
    const first = open();
    for (let i = 0; i < 200; i += 1) await note(first, 'x'.repeat(500));
    await first.close();
    const bytes = readFileSync(path);
    bytes.fill(0x5a, 8192, bytes.length - 4096);
    writeFileSync(path, bytes);
    const second = open();
    expect(await notes(second)).toBe(0);
    await note(second, 'goes on');
    expect(readdirSync(folder.path).some((name) => name.includes('.damaged-'))).toBe(true);
  });

  it('has a sentence for a full disk, keeps what it had and goes on when there is room', async () => {
    const small = open({ maxBytes: 250_000 });
    await note(small, 'first');
    const error = await thrown(() => note(small, 'x'.repeat(500_000)));
    expect(error).toBeInstanceOf(StoreError);
    expect(String(error)).toMatch(/alerts\.db: database or disk is full: free space on the disk/);
    expect(await notes(small)).toBe(1);
    await note(small, 'second');
    expect(await notes(small)).toBe(2);
  });

  it('shows a problem while nothing can be written, and sees its end though nobody writes', async () => {
    const small = open({ maxBytes: 500_000 });
    expect(await small.problem()).toBeUndefined();
    for (let i = 0; (await thrown(() => note(small, 'x'.repeat(3000)))) === undefined; i += 1)
      expect(i).toBeLessThan(1000);
    expect(await small.problem()).toContain('free space on the disk');
    // What is small still finds room.
    await note(small, 'y');
    expect(await small.problem()).toContain('free space on the disk');
    const other = open();
    await other.write((sql) => sql.run('delete from audit'));
    expect(await small.problem()).toBeUndefined();
    await other.close();
  });

  it('does not touch a store that a newer version wrote', async () => {
    const first = open();
    await first.read((sql) => sql.run('pragma user_version = 99'));
    await first.close();
    await expect(notes(open())).rejects.toThrow('was written by a newer version');
    expect(readdirSync(folder.path).some((name) => name.includes('.damaged-'))).toBe(false);
  });

  it('says which folder cannot be used, and works once it can', async () => {
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    const database = open({ path: join(file, 'alerts.db') });
    await expect(notes(database)).rejects.toThrow(/cannot be opened .*ENOTDIR.*make the folder writable/);
    const later = open({ path: join(folder.path, 'later', 'alerts.db') });
    await expect(notes(later)).rejects.toThrow('ENOENT');
  });

  const asUser = process.getuid?.() === 0 ? it.skip : it;
  asUser('says so when the file may only be read', async () => {
    await open().close();
    writeFileSync(path, '');
    chmodSync(path, 0o400);
    await expect(notes(open())).rejects.toThrow(StoreError);
  });

  it('does not share its file with a process that holds it', async () => {
    const one = open();
    await note(one, 'x');
    const other = open();
    const both = (): Promise<unknown> => one.write(() => thrown(() => note(other, 'y')));
    expect(String(await both())).toContain('another process holds it');
  });
});
