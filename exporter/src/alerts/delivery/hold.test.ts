import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { alertContent, decision, T0 } from '../../../test/support/alerts.ts';
import { recordingLogger } from '../../../test/support/http.ts';
import { system } from '../alert.ts';
import { createHoldPolicy } from '../maintenance/hold-policy.ts';
import { createMaintenance, type Maintenance } from '../maintenance/maintenance.ts';
import type { Database } from '../store/sql.ts';
import { type AlertStore, createAlertStore } from '../store/store.ts';
import type { Policy } from '../policies.ts';
import { createOutbox, type Outbox } from './outbox.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BY = system('test');

describeStores((stores) => {
  let logger: ReturnType<typeof recordingLogger>;
  let database: Database;
  let maintenance: Maintenance;
  let outbox: Outbox;
  let store: AlertStore;
  let look: Policy;
  /** Whether the fleet has heard of its devices. */
  let fleetKnown: boolean;

  function open(): void {
    database = stores.open(logger);
    maintenance = createMaintenance({
      database,
      isFleetKnown: () => fleetKnown,
      lookup: (id) => (fleetKnown && id === 'd-3' ? { deviceType: 'pump', location: 'Lab B' } : undefined),
    });
    outbox = createOutbox({
      database,
      receivers: ['webhook'],
      coverage: (sql, now) => maintenance.keepsQuiet(now, sql),
    });
    store = createAlertStore({
      database,
      externalLabels: [],
      limits: { entries: 1000, age: 1e12 },
      maxOpen: 5000,
      onChange: outbox.enqueue,
    });
    look = createHoldPolicy(maintenance, outbox, logger);
  }

  beforeEach(() => {
    logger = recordingLogger();
    fleetKnown = true;
    open();
  });
  afterEach(async () => {
    await store.close();
  });

  async function raise(name: string, device: string, now: number): Promise<string> {
    const firing = [alertContent({ name, labels: { device_id: device }, startsAt: now })];
    const { alerts } = await store.report({ source: 'api', firing, gone: [], comment: '', by: BY, now });
    return alerts[0]?.fingerprint ?? '';
  }

  /** Does all that the policy has to do at the time. */
  async function hold(now: number): Promise<void> {
    while ((await look(now)) === 'more');
  }

  /** What receivers hear at the time, as `kind name`; it counts as delivered. */
  async function heard(now: number): Promise<string[]> {
    await hold(now);
    const due = await outbox.due('webhook', now, 100);
    await outbox.delivered(
      due.map(({ id }) => id),
      now,
    );
    return due.map(({ kind, alert }) => `${kind} ${alert.name}`);
  }

  const NOTHING = { devices: [], deviceTypes: [], locations: [] };
  async function plan(
    startsAt: number,
    endsAt: number,
    scope: object = { devices: ['d-1'] },
  ): Promise<string> {
    const { id } = await maintenance.create({ ...NOTHING, ...scope, startsAt, endsAt, comment: '' }, BY, T0);
    await hold(T0);
    return id;
  }

  describe('while a window lasts', () => {
    it('nobody is told, but of other devices; what still fires is told when it ends', async () => {
      await plan(T0, T0 + HOUR);
      await raise('A', 'd-1', T0 + 1);
      await raise('B', 'd-2', T0 + 2);
      expect(await heard(T0 + 3)).toEqual(['firing B']);
      expect(await heard(T0 + HOUR - 1)).toEqual([]);
      expect(await heard(T0 + HOUR)).toEqual(['firing A']);
      expect(logger.lines).toMatchObject([{ fields: { held: 0, released: 1 } }]);
    });

    it('what ends inside and was never told is not told at all', async () => {
      await plan(T0, T0 + HOUR);
      await store.resolve(await raise('A', 'd-1', T0 + 1), decision(T0 + 2));
      expect(await heard(T0 + 2 * HOUR)).toEqual([]);
      expect(await outbox.list({}, 10)).toEqual([]);
    });

    it('what was told before and ends inside is told to be over afterwards', async () => {
      const fingerprint = await raise('A', 'd-1', T0);
      expect(await heard(T0)).toEqual(['firing A']);
      await plan(T0 + 1, T0 + HOUR);
      await store.resolve(fingerprint, decision(T0 + 2));
      expect(await heard(T0 + 3)).toEqual([]);
      expect(await heard(T0 + HOUR)).toEqual(['resolved A']);
    });

    it('what was told before and still fires afterwards is not told again', async () => {
      await raise('A', 'd-1', T0);
      await heard(T0);
      await plan(T0 + 1, T0 + HOUR);
      expect(await heard(T0 + 3)).toEqual([]);
      expect(await heard(T0 + HOUR)).toEqual([]);
    });

    it('what waited for a receiver that was away waits on, however long, and has all its time afterwards', async () => {
      await raise('A', 'd-1', T0);
      const [notice] = await outbox.due('webhook', T0, 1);
      await outbox.failed([notice?.id ?? 0], 'away', T0 + 1000);
      await plan(T0 + 1, T0 + 3 * DAY);
      expect(await heard(T0 + DAY)).toEqual([]);
      expect(await outbox.nextDue('webhook')).toBeUndefined();
      await hold(T0 + 3 * DAY);
      expect(await outbox.due('webhook', T0 + 3 * DAY, 1)).toMatchObject([
        { attempts: 0, createdAt: T0 + 3 * DAY, alert: { name: 'A' } },
      ]);
    });

    it('an alert that ends and fires again is told in order afterwards', async () => {
      const fingerprint = await raise('A', 'd-1', T0);
      await heard(T0);
      await plan(T0 + 1, T0 + HOUR);
      await store.resolve(fingerprint, decision(T0 + 2));
      await raise('A', 'd-1', T0 + 3);
      expect(await heard(T0 + HOUR)).toEqual(['resolved A']);
      expect(await heard(T0 + HOUR)).toEqual(['firing A']);
    });

    it('alerts that are held are not repeated to Alertmanager, those that it knows are', async () => {
      await raise('Known', 'd-1', T0);
      await heard(T0);
      await plan(T0 + 1, T0 + HOUR);
      await raise('New', 'd-1', T0 + 2);
      expect((await outbox.open('webhook', 0, 100)).notices.map(({ alert }) => alert.name)).toEqual([
        'Known',
      ]);
      await hold(T0 + HOUR);
      expect((await outbox.open('webhook', 0, 100)).notices.map(({ alert }) => alert.name)).toEqual([
        'Known',
        'New',
      ]);
    });
  });

  describe('very many alerts', () => {
    it('are held and let go a page at a time, and repeated so', async () => {
      const firing = Array.from({ length: 1100 }, (_, i) =>
        alertContent({ name: `A${i}`, labels: { device_id: 'd-1' } }),
      );
      await store.report({ source: 'api', firing, gone: [], comment: '', by: BY, now: T0 });
      const names: string[] = [];
      let last: number | undefined = 0;
      while (last !== undefined) {
        const page = await outbox.open('webhook', last, 500);
        names.push(...page.notices.map(({ alert }) => alert.name));
        ({ last } = page);
      }
      expect(names).toEqual(firing.map(({ name }) => name));
      const pages: string[] = [];
      const record = async (now: number): Promise<void> => {
        for (let result = await look(now); pages.push(result) && result === 'more';) result = await look(now);
      };
      await maintenance.create(
        { ...NOTHING, devices: ['d-1'], startsAt: T0, endsAt: T0 + 5, comment: '' },
        BY,
        T0,
      );
      await hold(T0);
      await record(T0);
      expect(await outbox.due('webhook', T0, 10)).toEqual([]);
      await record(T0 + 5);
      expect(await outbox.due('webhook', T0 + 5, 2000)).toHaveLength(1100);
      expect(pages).toEqual(['idle', 'more', 'more', 'told']);
      expect(logger.lines.map(({ fields }) => fields)).toEqual([
        { held: 1100, released: 0 },
        { held: 0, released: 1100 },
      ]);
    });
  });

  describe('a window', () => {
    it('so short that nobody looked while it lasted lets go all the same', async () => {
      await plan(T0 + 1, T0 + 2);
      await raise('A', 'd-1', T0 + 1);
      expect(await heard(T0 + 5000)).toEqual(['firing A']);
    });

    it('that somebody ends lets go at once', async () => {
      const id = await plan(T0, T0 + HOUR);
      await raise('A', 'd-1', T0 + 1);
      expect(await heard(T0 + 2)).toEqual([]);
      await maintenance.end(id, BY, T0 + 3);
      await hold(T0);
      expect(await heard(T0 + 3)).toEqual(['firing A']);
    });

    it('that is planned holds nothing before its time', async () => {
      await plan(T0 + HOUR, T0 + 2 * HOUR);
      await raise('A', 'd-1', T0);
      expect(await heard(T0)).toEqual(['firing A']);
      await raise('B', 'd-1', T0 + HOUR);
      expect(await heard(T0 + HOUR)).toEqual([]);
    });

    it('that ends while another lasts lets nothing go', async () => {
      await plan(T0, T0 + HOUR);
      await plan(T0, T0 + 2 * HOUR, { deviceTypes: ['pump'], devices: ['d-1'] });
      await raise('A', 'd-1', T0);
      expect(await heard(T0 + HOUR)).toEqual([]);
      expect(await heard(T0 + 2 * HOUR)).toEqual(['firing A']);
    });

    it.each([{ deviceTypes: ['pump'] }, { locations: ['Lab B'] }])(
      'of %j holds what the fleet knows to be one of them',
      async (scope) => {
        await plan(T0, T0 + HOUR, scope);
        await raise('A', 'd-3', T0);
        await raise('B', 'd-4', T0);
        expect(await heard(T0)).toEqual(['firing B']);
      },
    );

    it.each([{ deviceTypes: ['pump'] }, { locations: ['Lab B'] }])(
      'of %j holds on after a restart, until the fleet says which devices are of them',
      async (scope) => {
        await plan(T0, T0 + HOUR, scope);
        await raise('Before', 'd-3', T0);
        await store.close();
        fleetKnown = false;
        open();
        await raise('Theirs', 'd-3', T0 + 1);
        await raise('Others', 'd-4', T0 + 1);
        expect(await heard(T0 + 2)).toEqual([]);
        fleetKnown = true;
        expect(await heard(T0 + 3)).toEqual(['firing Others']);
        expect(await heard(T0 + HOUR)).toEqual(['firing Before', 'firing Theirs']);
      },
    );

    it('of devices alone, and alerts that say what the window is about, need no fleet', async () => {
      fleetKnown = false;
      await plan(T0, T0 + HOUR, { devices: ['d-1'] });
      await raise('A', 'd-4', T0);
      expect(await heard(T0)).toEqual(['firing A']);
      await plan(T0, T0 + HOUR, { deviceTypes: ['pump'] });
      const labels = { device_id: 'd-5', device_type: 'sensor' };
      const firing = [alertContent({ name: 'B', labels }), alertContent({ name: 'C' })];
      await store.report({ source: 'api', firing, gone: [], comment: '', by: BY, now: T0 });
      expect(await heard(T0)).toEqual(['firing B', 'firing C']);
    });

    it('outlasts a restart, and what it held does too', async () => {
      await plan(T0, T0 + HOUR);
      await raise('A', 'd-1', T0 + 1);
      await store.close();
      open();
      expect(await heard(T0 + 2)).toEqual([]);
      expect(await maintenance.current(T0 + 2)).toHaveLength(1);
      await store.close();
      open();
      expect(await heard(T0 + HOUR)).toEqual(['firing A']);
    });
  });

  describe('what is told under one key', () => {
    it('is told in order: a late end of the earlier alert does not end the one that fires now', async () => {
      const fingerprint = await raise('A', 'd-2', T0);
      await heard(T0);
      await store.resolve(fingerprint, decision(T0 + 1));
      const [over] = await outbox.due('webhook', T0 + 1, 1);
      await outbox.failed([over?.id ?? 0], 'away', T0 + 60_000);
      await raise('A', 'd-2', T0 + 2);
      expect(await heard(T0 + 2)).toEqual([]);
      expect(await heard(T0 + 60_000)).toEqual(['resolved A']);
      expect(await heard(T0 + 60_000)).toEqual(['firing A']);
    });

    it('and a dead letter that was overtaken stays dead', async () => {
      const fingerprint = await raise('A', 'd-2', T0);
      await heard(T0);
      await store.resolve(fingerprint, decision(T0 + 1));
      const [over] = await outbox.due('webhook', T0 + 1, 1);
      await outbox.dead([over?.id ?? 0], 'no');
      await raise('A', 'd-2', T0 + 2);
      expect(await heard(T0 + 2)).toEqual(['firing A']);
      expect(await outbox.retry(over?.id ?? 0, T0 + 3)).toBe(false);
      expect(await outbox.retryAll(undefined, T0 + 3)).toBe(0);
      expect(await heard(T0 + 3)).toEqual([]);
    });
  });
});
