import { z } from 'zod';
import { type Alert, system } from '../../src/alerts/alert.ts';
import { createEventBook } from '../../src/alerts/before/events.ts';
import { createOutbox } from '../../src/alerts/delivery/outbox.ts';
import { noteChange } from '../../src/alerts/flapping/flapping.ts';
import { createMaintenance } from '../../src/alerts/maintenance/maintenance.ts';
import { createAlertStore } from '../../src/alerts/store/store.ts';
import { alertContent, decision, T0 } from './alerts.ts';
import { openStoreAt, type StorePlace } from './store-place.ts';

const MINUTE = 60_000;

/** A store with all that an exporter writes to it. */
export function openWhole(place: StorePlace) {
  const database = openStoreAt(place);
  const outbox = createOutbox({
    ...{ database, receivers: ['slack', 'webhook'], coverage: () => Promise.resolve(() => false) },
  });
  const store = createAlertStore({
    ...{ database, externalLabels: [], limits: { entries: 1000, age: 1e12 }, maxOpen: 500 },
    onChange: async (sql, action, stored, now) => {
      if (action === 'raised')
        await noteChange(sql, { times: 2, window: 60 * MINUTE }, action, stored.alert.fingerprint, now);
      await outbox.enqueue(sql, action, stored, now);
    },
  });
  const maintenance = createMaintenance({ database, lookup: () => undefined });
  return { database, store, outbox, maintenance, events: createEventBook(database) };
}
export type WholeStore = ReturnType<typeof openWhole>;

export async function raiseIn(
  { store }: WholeStore,
  now: number,
  ...names: readonly string[]
): Promise<readonly Alert[]> {
  const firing = names.map((name) =>
    alertContent({ name, startsAt: now, labels: { device_id: `of ${name}`, note: 'C:\\x "y"\tz\u00e9' } }),
  );
  return (await store.report({ source: 'api', firing, gone: [], comment: '', by: system('t'), now })).alerts;
}

/** Some of everything: alerts in each state, what they were told, and what else is known. */
export async function fillStore(all: WholeStore): Promise<void> {
  const { store, outbox, maintenance, events, database } = all;
  const [a, b, c] = (await raiseIn(all, T0, 'A', 'B', 'C')).map(({ fingerprint }) => fingerprint);
  await store.acknowledge(a ?? '', decision(T0 + MINUTE, 'on it'));
  await store.resolve(b ?? '', decision(T0 + 2 * MINUTE, 'new fan', 'bo'));
  await raiseIn(all, T0 + 3 * MINUTE, 'B');
  await store.resolve(c ?? '', decision(T0 + 4 * MINUTE));
  const due = (await outbox.due('webhook', T0 + MINUTE, 2)).map(({ id }) => id);
  await outbox.delivered(due.slice(0, 1), T0 + MINUTE);
  await outbox.dead(due.slice(1), 'the webhook answered 404');
  await outbox.failed(
    (await outbox.due('slack', T0, 1)).map(({ id }) => id),
    'busy',
    T0 + 9 * MINUTE,
  );
  const scope = { devices: ['of A'], deviceTypes: [], locations: ['Lab'] };
  const window = { ...scope, startsAt: T0, endsAt: T0 + 60 * MINUTE, comment: 'new fans' };
  for (const comment of ['first', 'second'])
    await maintenance.create({ ...window, comment }, system('x'), T0);
  const [newest] = await maintenance.list();
  await maintenance.silenceExpired(newest?.id ?? '', 'location');
  await events.add({ at: T0, kind: 'deployment', title: 'backend 2.4.1', detail: '', by: 'ana' });
  await database.write((sql) =>
    sql.run("insert into digests (receiver, day) values ('slack', '2026-11-23')"),
  );
}

/** All that the store says, whichever kind it is. */
export async function whatItHolds({ store, outbox, maintenance, events, database }: WholeStore) {
  const { items } = await store.list('history', { limit: 100 });
  const fingerprints = [...new Set(items.map(({ fingerprint }) => fingerprint))];
  return {
    items,
    current: (await store.list('current', { limit: 100, text: 'of b' })).items,
    audit: await Promise.all(fingerprints.map((fingerprint) => store.audit(fingerprint, 100))),
    told: await Promise.all(fingerprints.map((fingerprint) => store.told(fingerprint))),
    notices: await outbox.list({}, 100),
    due: await outbox.due('slack', T0 + 60 * MINUTE, 100),
    backlog: (await outbox.backlog()).map((one) => JSON.stringify(one)).sort(),
    windows: await maintenance.list(),
    expired: [...(await maintenance.expiredSilences())],
    flapping: [...(await store.flapping())],
    events: await events.list(0, T0 + MINUTE, 100),
    statistics: await store.statistics(T0 + 5 * MINUTE),
    digests: await database.read((sql) =>
      sql.all(z.object({ receiver: z.string(), day: z.string() }), 'select receiver, day from digests'),
    ),
  };
}
