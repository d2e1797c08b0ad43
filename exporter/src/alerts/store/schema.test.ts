import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { alertContent, decision, T0 } from '../../../test/support/alerts.ts';
import { temporaryFolder } from '../../../test/support/server.ts';
import { silentLogger } from '../../log/logger.ts';
import { system } from '../alert.ts';
import { createOutbox } from '../delivery/outbox.ts';
import { createMaintenance } from '../maintenance/maintenance.ts';
import { openDatabase } from './database.ts';
import { dueForEscalation } from './escalate.ts';
import { MIGRATIONS } from './schema.ts';
import type { Sql } from './sql.ts';
import { createAlertStore } from './store.ts';

let folder: ReturnType<typeof temporaryFolder>;
let path: string;
beforeEach(() => {
  folder = temporaryFolder('schema');
  path = join(folder.path, 'alerts.db');
});
afterEach(() => folder.remove());

/** A file as the version before wrote it: an open alert that nobody was told of yet, and one that was. */
function writeOld(version: number): void {
  const old = new DatabaseSync(path);
  for (const text of MIGRATIONS.slice(0, version)) old.exec(text);
  const alert = old.prepare(
    `insert into alerts (fingerprint, name, severity, source, state, message, labels, annotations, generator_url,
       starts_at, raised_at, last_seen) values (?, ?, 'critical', 'api', 'active', 'm', '{"device_id":"d-1"}', '{}', '', 1, 1, 1)`,
  );
  alert.run('000000000000000a', 'A');
  alert.run('000000000000000b', 'B');
  if (version >= 2)
    old.exec(
      `insert into deliveries (alert_id, fingerprint, receiver, kind, state, attempts, created_at, due_at, delivered_at)
       values (1, '000000000000000a', 'slack', 'firing', 'delivered', 1, 1, 1, 2),
         (2, '000000000000000b', 'slack', 'firing', 'pending', 3, 1, 1, null)`,
    );
  old.exec(`pragma user_version = ${version}`);
  old.close();
}

function openStore() {
  const database = openDatabase({ path, logger: silentLogger() });
  const maintenance = createMaintenance({ database, lookup: () => undefined });
  const outbox = createOutbox({
    ...{ database, receivers: ['slack'], escalation: { to: ['slack'] } },
    coverage: (sql, now) => maintenance.keepsQuiet(now, sql),
  });
  const store = createAlertStore({
    database,
    externalLabels: [],
    limits: { entries: 1000, age: 1e12 },
    maxOpen: 50,
    onChange: outbox.enqueue,
  });
  return { database, store, outbox, maintenance };
}

describe('a store of an earlier version', () => {
  it('of each goes on with all that it holds', async () => {
    for (let version = 1; version < MIGRATIONS.length; version += 1) {
      path = join(folder.path, `${version}.db`);
      writeOld(version);
      const { store } = openStore();
      expect((await store.list('current', { limit: 9 })).items.map(({ name }) => name)).toEqual(['B', 'A']);
      await store.close();
    }
  });

  it('keeps what receivers were told and what they have still to hear', async () => {
    writeOld(2);
    const { store, outbox } = openStore();
    expect(await store.told('000000000000000a')).toEqual([
      { receiver: 'slack', kind: 'firing', state: 'delivered', at: 2 },
    ]);
    expect(await outbox.due('slack', T0, 9)).toMatchObject([
      { kind: 'firing', attempts: 3, alert: { name: 'B' } },
    ]);
    await store.close();
  });

  it('knows maintenance and escalation', async () => {
    writeOld(2);
    const { store, outbox, maintenance } = openStore();
    const scope = { devices: ['d-1'], deviceTypes: [], locations: [] };
    await maintenance.create({ ...scope, startsAt: T0, endsAt: T0 + 10, comment: '' }, system('x'), T0);
    expect(await outbox.hold(T0, 0)).toEqual({ held: 1, released: 0, last: undefined });
    expect(await outbox.due('slack', T0, 9)).toEqual([]);
    expect(await store.escalate({ after: 1, every: 0 }, () => false, T0)).toHaveLength(2);
    await store.close();
  });

  it('is not migrated twice', async () => {
    writeOld(2);
    await openStore().store.close();
    const { store } = openStore();
    const firing = [alertContent({ name: 'C' })];
    const [raised] = (
      await store.report({
        ...{ source: 'api', firing, gone: [], comment: '', by: system('x'), now: T0 },
      })
    ).alerts;
    expect(await store.acknowledge(raised?.fingerprint ?? '', decision(T0))).toBeDefined();
    await store.close();
  });
});

it('finds critical alerts by their index, whatever word they use', async () => {
  const { database } = openStore();
  const steps = await database.read(async (sql) => {
    const plan: string[] = [];
    const explaining: Sql = {
      ...sql,
      all: async (_row, text, ...values) => {
        const found = await sql.all(
          z.object({ detail: z.string() }),
          `explain query plan ${text}`,
          ...values,
        );
        plan.push(...found.map(({ detail }) => detail));
        return [];
      },
    };
    await dueForEscalation(explaining, { after: 1, every: 1 }, () => false, T0);
    return plan;
  });
  expect(steps[0]).toContain('USING INDEX alerts_critical');
  await database.close();
});
