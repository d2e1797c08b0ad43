import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { alertContent, decision, T0 } from '../../../../test/support/alerts.ts';
import { recordingLogger } from '../../../../test/support/http.ts';
import { startPostgres, type TestPostgres } from '../../../../test/support/postgres.ts';
import { describeWith, POSTGRES } from '../../../../test/support/require.ts';
import { waitFor } from '../../../../test/support/server.ts';
import { StoreError } from '../../../state/sqlite/errors.ts';
import { system } from '../../alert.ts';
import { createClaims } from '../../delivery/claims.ts';
import { createOutbox, type Outbox } from '../../delivery/outbox.ts';
import type { Sharing } from '../../sharing.ts';
import { type AlertStore, createAlertStore, type Report } from '../store.ts';
import type { Database } from '../sql.ts';
import { openPostgres } from './database.ts';
import { MIGRATIONS, SCHEMA } from './schema.ts';
import { createSharing } from './sharing.ts';

/** One exporter's part of a store that it shares. */
interface Exporter {
  readonly database: Database;
  readonly store: AlertStore;
  readonly outbox: Outbox;
}

const BY = system('test');
const report = (...names: string[]): Report => ({
  ...{ source: 'api', gone: [], comment: '', by: BY, now: T0 },
  firing: names.map((name) => alertContent({ name })),
});

describeWith([POSTGRES], 'a store that two exporters share', () => {
  let server: TestPostgres;
  let one: Exporter;
  let other: Exporter;
  const sharings: Sharing[] = [];

  function open(name: string): Exporter {
    const database = openPostgres(server.url());
    const outbox = createOutbox({
      ...{ database, receivers: ['webhook'], claims: createClaims(database, name) },
      coverage: () => Promise.resolve(() => false),
    });
    const store = createAlertStore({
      ...{ database, externalLabels: [], limits: { entries: 1000, age: 1e12 }, maxOpen: 500 },
      onChange: outbox.enqueue,
    });
    return { database, outbox, store };
  }

  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await server.sql(`drop schema if exists ${SCHEMA} cascade`);
    one = open('one');
    other = open('other');
  });
  afterEach(async () => {
    for (const sharing of sharings.splice(0)) await sharing.loop?.stop();
    await one.store.close();
    await other.store.close();
  });

  function share(heard: string[] = [], name = ''): Sharing {
    const sharing = createSharing({
      ...{ url: server.url(), logger: recordingLogger() },
      onLead: () => heard.push(`${name} leads`),
      onWritten: () => heard.push(`${name} written`),
      onTold: (word, about) => heard.push(`${name} ${word} ${about}`),
    });
    sharings.push(sharing);
    sharing.loop?.start();
    return sharing;
  }

  it('makes its tables once, whoever comes first', async () => {
    await Promise.all([one, other].map(({ store }) => store.counts()));
    expect(await server.sql(`select version from ${SCHEMA}.store_version`)).toEqual([
      { version: String(MIGRATIONS.length) },
    ]);
  });

  it('has one row an alert, whoever writes first, and each exporter sees it', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `A${i}`);
    const told = names.flatMap((name) => [one, other].map(({ store }) => store.report(report(name))));
    await Promise.all(told);
    for (const { store, outbox } of [one, other]) {
      expect((await store.open('api')).size).toBe(20);
      expect((await store.list('history', { limit: 100 })).items).toHaveLength(20);
      expect(await outbox.list({}, 100)).toHaveLength(20);
    }
    const fingerprint = one.store.fingerprint(alertContent({ name: 'A3' }).labels);
    await other.store.resolve(fingerprint, decision(T0 + 1));
    expect((await one.store.open('api')).has(fingerprint)).toBe(false);
  });

  it('has each notice told by one of them, and by the other one when it is given back', async () => {
    await one.store.report(report(...Array.from({ length: 30 }, (_, i) => `A${i}`)));
    const due = (await one.outbox.due('webhook', T0, 100)).map(({ id }) => id);
    expect(due).toHaveLength(30);
    const claims = await Promise.all([one, other, one, other].map(({ outbox }) => outbox.claim(due)));
    expect(claims.flatMap((claim) => [...claim]).sort((a, b) => a - b)).toEqual(due);
    expect(await other.outbox.due('webhook', T0, 100)).toEqual([]);
    const mine = await server.sql(`select id from ${SCHEMA}.deliveries where claimed_by = 'one'`);
    await one.outbox.giveBack(due);
    expect(await other.outbox.claim(due)).toHaveProperty('size', mine.length);
    await other.outbox.delivered(due, T0);
    expect(await one.outbox.claim(due)).toEqual(new Set());
  });

  it('has a notice told by the other one when who claimed it is gone for so long', async () => {
    await one.store.report(report('A'));
    const [notice] = await one.outbox.due('webhook', T0, 1);
    const ids = [notice?.id ?? 0];
    expect(await one.outbox.claim(ids)).toEqual(new Set(ids));
    expect(await other.outbox.claim(ids)).toEqual(new Set());
    await server.sql(`update ${SCHEMA}.deliveries set claimed_until = 1`);
    expect(await other.outbox.claim(ids)).toEqual(new Set(ids));
  });

  it('is led by one of them, and by the other one once the first is gone, however it went', async () => {
    const first = share();
    await waitFor('the first to lead', first.isLeader);
    const heard: string[] = [];
    const second = share(heard, 'second');
    await server.sql(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted`,
    );
    // Who led may not have heard yet that its session is gone.
    await waitFor(
      'one of them to lead again, and the other one to know',
      () => (first.isLeader() && second.follows()) || (second.isLeader() && first.follows()),
    );
    const [leader, follower] = second.follows() ? [first, second] : [second, first];
    expect(leader.follows()).toBe(false);
    await leader.loop?.stop();
    await waitFor('the other one to lead', follower.isLeader);
    expect(leader.isLeader()).toBe(false);
    expect(follower.follows()).toBe(false);
  });

  it('tells each of them what the other one has written and says', async () => {
    const heard: string[] = [];
    const sharing = share(heard, 'it');
    await waitFor('it to lead', sharing.isLeader);
    await other.database.write((sql) => sql.tell('over', 'f1'));
    await waitFor('the word', () => heard.includes('it over f1') && heard.includes('it written'));
    await expect(
      other.database.write(async (sql) => {
        await sql.tell('never', 'x');
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await other.database.write((sql) => sql.tell('later', 'f2'));
    await waitFor('the next word', () => heard.includes('it later f2'));
    expect(heard).not.toContain('it never x');
  });

  it('says what is wrong while the database is away, leads nothing, and goes on afterwards', async () => {
    const sharing = share();
    await waitFor('it to lead', sharing.isLeader);
    await one.store.report(report('A'));
    expect(await one.store.problem()).toBeUndefined();
    await server.halt();
    try {
      const failure = await one.store.report(report('B')).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(StoreError);
      expect(String(failure)).toContain(`alert store postgres://127.0.0.1:${server.port}/postgres`);
      expect(await one.store.problem()).toContain('it is tried again');
      await waitFor('it to lead no more', () => !sharing.isLeader());
    } finally {
      await server.resume();
    }
    await one.store.report(report('B'));
    expect(await one.store.problem()).toBeUndefined();
    expect((await other.store.open('api')).size).toBe(2);
    await waitFor('it to lead again', sharing.isLeader);
  });

  it('is whole when the server dies in the middle of a write, and goes on afterwards', async () => {
    await one.store.report(report('A'));
    const failed = one.database.write(async (sql) => {
      await sql.run("update alerts set severity = 'none'");
      await server.halt('SIGQUIT');
      await sql.run("update alerts set severity = 'info'");
    });
    await expect(failed).rejects.toThrow(StoreError);
    await server.resume();
    expect((await one.store.list('current', { limit: 5 })).items).toMatchObject([{ severity: 'warning' }]);
  });

  it('is not touched by a version that is older than it', async () => {
    await one.store.counts();
    await server.sql(`update ${SCHEMA}.store_version set version = 99`);
    await expect(open('old').store.counts()).rejects.toThrow('was written by a newer version');
  });

  it('takes what no text of PostgreSQL can hold', async () => {
    const firing = [
      alertContent({ name: 'A', message: 'a\0b', labels: { device_id: 'x\0y', odd: '\ud800' } }),
    ];
    await one.store.report({ ...report(), firing });
    const { items } = await one.store.list('current', { text: 'x', limit: 5 });
    expect(items).toMatchObject([{ message: 'a\uFFFDb', labels: { device_id: 'x\uFFFDy' } }]);
  });
});
