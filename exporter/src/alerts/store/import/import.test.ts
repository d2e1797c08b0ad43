import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { T0 } from '../../../../test/support/alerts.ts';
import { startPostgres, type TestPostgres } from '../../../../test/support/postgres.ts';
import { describeWith, POSTGRES } from '../../../../test/support/require.ts';
import { temporaryFolder, waitFor } from '../../../../test/support/server.ts';
import {
  fillStore,
  openWhole,
  raiseIn,
  type WholeStore,
  whatItHolds,
} from '../../../../test/support/whole-store.ts';
import { silentLogger } from '../../../log/logger.ts';
import { lockFolder } from '../../../state/folder-lock.ts';
import { MIGRATIONS, SCHEMA } from '../postgres/schema.ts';
import { createSharing } from '../postgres/sharing.ts';
import { importAlerts } from './import.ts';
import { TABLES } from './tables.ts';
import { importWords } from './words.ts';

const MINUTE = 60_000;

describeWith([POSTGRES], 'taking the alerts of a file over into PostgreSQL', () => {
  let server: TestPostgres;
  let folder: ReturnType<typeof temporaryFolder>;
  let path: string;
  const opened: WholeStore[] = [];
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await server.sql(`drop schema if exists ${SCHEMA} cascade`);
    folder = temporaryFolder('import');
    path = join(folder.path, 'alerts.db');
  });
  afterEach(async () => {
    for (const { store } of opened.splice(0)) await store.close();
    await folder.remove();
  });

  function opening(url?: string): WholeStore {
    const one = openWhole({ url, stateFolder: folder.path });
    opened.push(one);
    return one;
  }
  const there = (): WholeStore => opening(server.url());
  const take = () => importAlerts({ path, url: server.url(), logger: silentLogger(), say: () => undefined });
  async function writeFile(fillWith: (file: WholeStore) => Promise<unknown> = fillStore): Promise<void> {
    const file = opening();
    await fillWith(file);
    await file.store.close();
  }
  const rows = async (table: string): Promise<number> =>
    Number((await server.sql(`select count(*) as n from ${SCHEMA}.${table}`))[0]?.['n']);

  it('takes all of it as it is, with its numbers', async () => {
    const file = opening();
    await fillStore(file);
    const before = await whatItHolds(file);
    await file.store.close();
    const imported = await take();
    expect(await whatItHolds(there())).toEqual(before);
    expect(before.items).toHaveLength(4);
    expect(before.flapping).toHaveLength(1);
    expect(imported).toMatchObject({ before: false, open: 2 });
    expect(importWords(imported, 1234)).toEqual([
      'took over 4 alerts, 7 lines of history, 12 notices, 2 maintenance windows, 1 expired silences, ' +
        '1 alerts that go on and off, 1 events, 1 daily digests in 1.2 s',
      '2 of the alerts are open, 10 of the notices wait to be told',
      `the file is kept as ${'as' in imported.kept ? imported.kept.as : ''}`,
    ]);
    const [next] = await raiseIn(there(), T0 + 20 * MINUTE, 'Next');
    expect((await there().store.list('history', { limit: 1 })).items).toMatchObject([
      { fingerprint: next?.fingerprint },
    ]);
  });

  it('keeps the file under a name where no exporter looks for it', async () => {
    await writeFile();
    const { kept } = await take();
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(folder.path)).toEqual([expect.stringMatching(/^alerts\.db\.imported-\d{8}T\d{6}/)]);
    expect('as' in kept && existsSync(kept.as)).toBe(true);
  });

  it('changes nothing when it is done again, whatever was told since', async () => {
    await writeFile();
    const { kept } = await take();
    const store = there();
    const due = (await store.outbox.due('webhook', T0 + 60 * MINUTE, 9)).map(({ id }) => id);
    await store.outbox.delivered(due, T0 + 30 * MINUTE);
    await store.database.write((sql) => sql.run("delete from deliveries where state = 'dead'"));
    const before = await whatItHolds(store);
    path = 'as' in kept ? kept.as : '';
    const again = await take();
    expect(again).toMatchObject({ before: true });
    expect(importWords(again, 0)[0]).toMatch(/^nothing to do: the database has taken it over on 2\d{3}-/);
    expect(await whatItHolds(store)).toEqual(before);
  });

  it('joins what the database has already: what is open there goes on, and nothing is told late', async () => {
    await writeFile();
    const store = there();
    await raiseIn(store, T0 + 10 * MINUTE, 'A', 'New');
    await take();
    const { items } = await store.store.list('history', { limit: 100 });
    expect(items.map(({ name, state }) => `${name} ${state}`)).toEqual([
      ...['New active', 'A active', 'B active', 'C resolved', 'B resolved', 'A resolved'],
    ]);
    expect(items.at(-1)).toMatchObject({
      acknowledgement: { comment: 'on it' },
      resolution: { by: { name: 'import' }, at: T0 + 10 * MINUTE },
    });
    const fingerprint = items.at(-1)?.fingerprint ?? '';
    expect((await store.store.audit(fingerprint, 9)).map(({ action }) => action).sort()).toEqual([
      ...['acknowledged', 'raised', 'raised', 'resolved'],
    ]);
    const notices = await store.outbox.list({ fingerprint }, 9);
    expect(notices.map(({ receiver, state, lastError }) => [receiver, state, lastError])).toEqual([
      ['webhook', 'pending', null],
      ['slack', 'pending', null],
      ['webhook', 'delivered', null],
      ['slack', 'dead', 'told from PostgreSQL since'],
    ]);
  });

  it('takes nothing from a file that it cannot use, and leaves it as it is', async () => {
    const other = join(folder.path, 'other.db');
    const sqlite = new DatabaseSync(other);
    sqlite.exec('create table audit (id integer)');
    sqlite.close();
    await writeFile();
    const take = (file: string) =>
      importAlerts({ path: file, url: server.url(), logger: silentLogger(), say: () => undefined });
    await expect(take(join(folder.path, 'no.db'))).rejects.toThrow('there is no file');
    await expect(take(other)).rejects.toThrow(`${other} is no alert store: it has no tables of alerts`);
    writeFileSync(other, 'this is no database at all, although it is long enough to be looked at');
    await expect(take(other)).rejects.toThrow(/cannot be read as an alert store: .*file is not a database/);
    const file = new DatabaseSync(path);
    const { user_version: version } = z
      .object({ user_version: z.number() })
      .parse(file.prepare('pragma user_version').get());
    file.exec('pragma user_version = 99');
    await expect(take(path)).rejects.toThrow(
      `${path} was written by a newer version: take it over with that`,
    );
    file.exec(`pragma user_version = ${version}`);
    file.close();
    truncateSync(path, 12_288);
    await expect(take(path)).rejects.toThrow(/is damaged|cannot be read as an alert store/);
    expect(readdirSync(folder.path).sort()).toEqual(['alerts.db', 'other.db']);
    expect(await server.sql(`select to_regnamespace('${SCHEMA}') as schema`)).toEqual([{ schema: null }]);
  });

  it('takes nothing while an exporter runs in the folder, or uses the database', async () => {
    await writeFile();
    const lock = lockFolder(folder.path, ':8001', silentLogger());
    await expect(take()).rejects.toThrow(
      /in use by another exporter .*: stop that one, and take its alerts over/,
    );
    lock.release();
    const events = { onLead: () => undefined, onWritten: () => undefined, onTold: () => undefined };
    const sharing = createSharing({ url: server.url(), logger: silentLogger(), ...events });
    sharing.loop?.start();
    await waitFor('it to lead', sharing.isLeader);
    await expect(take()).rejects.toThrow('an exporter uses the database: stop each that shares it');
    await sharing.loop?.stop();
    expect(await rows('alerts')).toBe(0);
    expect(await take()).toMatchObject({ before: false });
  });

  it('takes nothing into a database that a newer version made, or that has taken another file', async () => {
    await there().store.counts();
    await writeFile();
    await server.sql(`update ${SCHEMA}.store_version set version = 99`);
    await expect(take()).rejects.toThrow('was written by a newer version: use that one');
    await server.sql(`update ${SCHEMA}.store_version set version = ${MIGRATIONS.length}`);
    await take();
    await writeFile((file) => raiseIn(file, T0, 'Other'));
    await expect(take()).rejects.toThrow(/has taken .*alerts\.db over on 2\d{3}-.*, and takes no second one/);
    expect(existsSync(path)).toBe(true);
    expect(await rows('alerts')).toBe(4);
  });

  it('takes nothing whose numbers mean something else there', async () => {
    await raiseIn(there(), T0, 'A');
    await server.sql(`update ${SCHEMA}.deliveries set alert_id = 1`);
    await server.sql(`alter table ${SCHEMA}.audit alter column id restart with 1`);
    await raiseIn(there(), T0, 'B');
    await writeFile();
    await expect(take()).rejects.toThrow(
      'the database has lines of history of the numbers that those of the',
    );
  });

  it('takes nothing of it when the server fails in the middle, and all of it afterwards', async () => {
    await writeFile((file) => raiseIn(file, T0, ...Array.from({ length: 400 }, (_, index) => `A${index}`)));
    const file = new DatabaseSync(path);
    file.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 30000)
      insert into audit (at, alert_id, fingerprint, action, actor_kind, actor, comment)
      select i, 1, 'f', 'raised', 'system', 't', '' from n`);
    file.close();
    let halted: Promise<void> | undefined;
    const said: string[] = [];
    const failed = importAlerts({
      ...{ path, url: server.url(), logger: silentLogger() },
      say: (line) => {
        said.push(line);
        halted ??= server.halt('SIGQUIT');
      },
    });
    await expect(failed).rejects.toThrow(`alert store postgres://127.0.0.1:${server.port}/postgres`);
    await halted;
    await server.resume();
    expect(said[0]).toBe('10,000 of 30,400 lines of history');
    expect([await rows('alerts'), await rows('audit'), await rows('imports')]).toEqual([0, 0, 0]);
    expect(existsSync(path)).toBe(true);
    await take();
    expect([await rows('alerts'), await rows('audit'), await rows('imports')]).toEqual([400, 30_400, 1]);
  });

  it('copies every column of every table but for what is derived', async () => {
    await writeFile();
    const file = new DatabaseSync(path);
    const named = z.array(z.object({ name: z.string() }));
    const tables = named
      .parse(file.prepare("select name from sqlite_master where type = 'table' order by name").all())
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('tally_') && name !== 'probe');
    expect(tables).toEqual(TABLES.map(({ name }) => name).sort());
    for (const { name, columns } of TABLES) {
      const all = named.parse(file.prepare(`pragma table_info(${name})`).all()).map((column) => column.name);
      expect([name, all.filter((column) => !(name === 'events' && column === 'id')).sort()]).toEqual([
        name,
        Object.keys(columns).sort(),
      ]);
    }
    file.close();
  });
});
