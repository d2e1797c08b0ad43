import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { alertContent, decision, T0 } from '../../../test/support/alerts.ts';
import { system } from '../alert.ts';
import { ALWAYS_KEPT } from './prune.ts';
import { TransitionError } from '../transitions.ts';
import { type AlertStore, type AlertStoreOptions, createAlertStore, type Report } from './store.ts';

const BY = system('test');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A report of firing alerts only. */
function firing(contents: Report['firing'], now = T0): Report {
  return { source: 'api', firing: contents, gone: [], comment: '', by: BY, now };
}

/** A report that the alerts' causes are gone. */
function gone(fingerprints: readonly string[], at: number, source: Report['source'] = 'api'): Report {
  const all = fingerprints.map((fingerprint) => ({ fingerprint, at }));
  return { source, firing: [], gone: all, comment: 'gone', by: BY, now: at };
}

describeStores((stores) => {
  let store: AlertStore;

  function openStore(options: Partial<AlertStoreOptions> = {}): AlertStore {
    return createAlertStore({
      database: stores.open(),
      externalLabels: ['cluster', 'replica'],
      limits: { entries: 5000, age: 30 * DAY },
      maxOpen: 5000,
      ...options,
    });
  }

  beforeEach(() => {
    store = openStore();
  });
  afterEach(async () => {
    await store.close();
  });

  /** Raises an alert and returns its fingerprint. */
  async function raise(
    name: string,
    now = T0,
    changes: Parameters<typeof alertContent>[0] = {},
  ): Promise<string> {
    const [alert] = (await store.report(firing([alertContent({ name, startsAt: now, ...changes })], now)))
      .alerts;
    return alert?.fingerprint ?? '';
  }

  describe('an alert in the store', () => {
    it('survives a restart with all that is known of it', async () => {
      const labels = { device_id: 'MOCK-1000', note: 'ü "x"\n' };
      const fingerprint = await raise('A', T0, {
        labels,
        annotations: { summary: 's' },
        generatorUrl: 'http://p',
      });
      const acknowledged = await store.acknowledge(fingerprint, decision(T0 + 5, 'on my way'));
      await store.close();
      store = openStore();
      expect(await store.find(fingerprint)).toEqual(acknowledged);
      expect(acknowledged).toMatchObject({
        state: 'acknowledged',
        labels: { alertname: 'A', severity: 'warning', ...labels },
        acknowledgement: { by: { kind: 'grafana', name: 'ana' }, at: T0 + 5, comment: 'on my way' },
      });
    });

    it('is one row, whoever brings it and with whatever external labels', async () => {
      const one = await raise('A', T0, { labels: { cluster: 'a', device_id: 'd' } });
      const two = await raise('A', T0 + 5, {
        labels: { device_id: 'd', replica: 'b' },
        source: 'alertmanager',
      });
      expect(two).toBe(one);
      expect((await store.list('current', { limit: 10 })).items).toMatchObject([
        { source: 'api', fingerprint: one },
      ]);
    });

    it('that fires again is listed once and has both in its history', async () => {
      const fingerprint = await raise('A');
      await store.resolve(fingerprint, decision(T0 + 10));
      await raise('A', T0 + 20);
      expect((await store.list('current', { limit: 10 })).items).toMatchObject([
        { state: 'active', startsAt: T0 + 20 },
      ]);
      expect((await store.list('history', { limit: 10 })).items).toMatchObject([
        { state: 'active', startsAt: T0 + 20 },
        { state: 'resolved', startsAt: T0 },
      ]);
    });

    it('has an audit log of every change', async () => {
      const fingerprint = await raise('A');
      await store.acknowledge(fingerprint, decision(T0 + 5, 'mine'));
      await store.resolve(fingerprint, decision(T0 + 9, 'done', 'bob'));
      expect(await store.audit(fingerprint, 10)).toEqual([
        { at: T0 + 9, action: 'resolved', actorKind: 'grafana', actor: 'bob', comment: 'done' },
        { at: T0 + 5, action: 'acknowledged', actorKind: 'grafana', actor: 'ana', comment: 'mine' },
        { at: T0, action: 'raised', actorKind: 'system', actor: 'test', comment: '' },
      ]);
    });

    it('is unknown until it was raised', async () => {
      expect(await store.find('0'.repeat(16))).toBeUndefined();
      expect(await store.acknowledge('0'.repeat(16), decision(T0))).toBeUndefined();
      expect(await store.resolve('0'.repeat(16), decision(T0))).toBeUndefined();
    });

    it('that is resolved takes no more decisions, and a refused one leaves no trace', async () => {
      const fingerprint = await raise('A');
      await store.resolve(fingerprint, decision(T0 + 5));
      await expect(store.acknowledge(fingerprint, decision(T0 + 6))).rejects.toThrow(TransitionError);
      await expect(store.resolve(fingerprint, decision(T0 + 6))).rejects.toThrow(TransitionError);
      expect(await store.audit(fingerprint, 10)).toHaveLength(2);
    });
  });

  describe('a report', () => {
    it('that has more new alerts than there is room for is stored as far as there is, its ends in any case', async () => {
      await store.close();
      store = openStore({ maxOpen: 2 });
      const contents = ['A', 'B', 'C'].map((name) => alertContent({ name }));
      const refusal = 'no more than 2 open alerts and refused 1';
      await expect(store.report(firing(contents))).rejects.toThrow(refusal);
      const open = async (): Promise<string[]> =>
        (await store.list('current', { state: 'active', limit: 10 })).items.map(({ name }) => name);
      expect(await open()).toEqual(['B', 'A']);
      const a = store.fingerprint(contents[0]?.labels ?? {});
      const next = [...contents.slice(1), alertContent({ name: 'D' })];
      await expect(store.report({ ...firing(next), gone: [{ fingerprint: a }] })).rejects.toThrow(refusal);
      expect((await store.find(a))?.state).toBe('resolved');
      expect(await open()).toEqual(['C', 'B']);
    });

    it('tells the listener inside its transaction', async () => {
      const seen: string[] = [];
      await store.close();
      store = openStore({
        onChange: (_sql, action, { alert }) => {
          seen.push(`${action} ${alert.name}`);
          return alert.name === 'B' ? Promise.reject(new Error('no')) : Promise.resolve();
        },
      });
      await expect(
        store.report(firing([alertContent({ name: 'A' }), alertContent({ name: 'B' })])),
      ).rejects.toThrow('no');
      expect(seen).toEqual(['raised A', 'raised B']);
      expect((await store.list('history', { limit: 10 })).items).toEqual([]);
    });

    it('of what is merely still there tells nobody', async () => {
      const fingerprint = await raise('A');
      await raise('A', T0 + 1000);
      expect((await store.find(fingerprint))?.lastSeen).toBe(T0);
      await raise('A', T0 + 300_000);
      expect((await store.find(fingerprint))?.lastSeen).toBe(T0 + 300_000);
      expect(await store.audit(fingerprint, 10)).toHaveLength(1);
    });

    it('that all is over ends only open alerts of its own source', async () => {
      const mine = await raise('A', T0, { source: 'platform' });
      const done = await raise('B', T0, { source: 'platform' });
      const other = await raise('C', T0, { source: 'api' });
      await store.resolve(done, decision(T0 + 1));
      const unknown = '0'.repeat(16);
      expect(await store.report(gone([mine, done, other, unknown], T0 + 2, 'platform'))).toEqual({
        alerts: [],
        resolved: 1,
      });
      const found = await Promise.all([mine, done, other].map((one) => store.find(one)));
      expect(found.map((alert) => alert?.state)).toEqual(['resolved', 'resolved', 'active']);
      expect((await store.find(done))?.resolution?.comment).toBe('');
    });
  });

  describe('a report that comes late', () => {
    it('does not end the alert that was raised since', async () => {
      const fingerprint = await raise('A', T0);
      await store.resolve(fingerprint, decision(T0 + 10));
      await raise('A', T0 + 20);
      expect((await store.report({ ...gone([fingerprint], T0 + 15), now: T0 + 30 })).resolved).toBe(0);
      expect((await store.find(fingerprint))?.state).toBe('active');
    });

    it('ends an alert when its cause went, and not in the future', async () => {
      const early = await raise('A', T0);
      const late = await raise('B', T0);
      await store.report({ ...gone([early], T0 + 15), now: T0 + 30 });
      await store.report({ ...gone([late], T0 + DAY), now: T0 + 30 });
      const found = await Promise.all([early, late].map((one) => store.find(one)));
      expect(found.map((alert) => alert?.resolution)).toMatchObject([
        { at: T0 + 15, comment: 'gone' },
        { at: T0 + 30 },
      ]);
    });
  });

  describe('a list', () => {
    it('comes in pages, the last raised first, each alert once', async () => {
      for (let i = 0; i < 7; i += 1) await raise(`A${i}`, T0 + i);
      const names: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.list('current', { limit: 3, ...(cursor === undefined ? {} : { cursor }) });
        expect(page.items.length).toBeLessThanOrEqual(3);
        names.push(...page.items.map(({ name }) => name));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(names).toEqual(['A6', 'A5', 'A4', 'A3', 'A2', 'A1', 'A0']);
    });

    it('is narrowed by every filter', async () => {
      await raise('A', T0, { severity: 'critical', labels: { device_id: 'd-1' } });
      await store.acknowledge(
        await raise('B', T0 + 10, { source: 'platform', labels: { device_id: "d'2" } }),
        decision(T0 + 11),
      );
      await store.resolve(await raise('C', T0 + 20), decision(T0 + 21));
      const names = async (query: object, what: 'current' | 'history' = 'current'): Promise<string[]> =>
        (await store.list(what, { limit: 10, ...query })).items.map(({ name }) => name);
      expect(await names({})).toEqual(['C', 'B', 'A']);
      expect(await names({ state: 'active' })).toEqual(['A']);
      expect(await names({ state: 'acknowledged' })).toEqual(['B']);
      expect(await names({ state: 'resolved' })).toEqual(['C']);
      expect(await names({ severity: 'critical' })).toEqual(['A']);
      expect(await names({ source: 'platform' })).toEqual(['B']);
      expect(await names({ name: 'C' })).toEqual(['C']);
      expect(await names({ deviceId: "d'2" })).toEqual(['B']);
      expect(await names({ from: T0 + 10, to: T0 + 20 }, 'history')).toEqual(['B']);
      expect(await names({ severity: 'critical', state: 'resolved' })).toEqual([]);
    });
  });

  describe('statistics', () => {
    it('of an empty store are zeros and no mean', async () => {
      expect(await store.statistics(T0)).toEqual({
        total: 0,
        open: 0,
        acknowledged: 0,
        resolved: 0,
        bySeverity: {},
        rate: 0,
        meanTimeToAcknowledge: null,
        meanTimeToResolve: null,
        noisiest: [],
      });
      expect(await store.oldestUnacknowledged()).toEqual([]);
    });

    it('count, and take means of what was decided', async () => {
      const a = await raise('A', T0 - 2 * DAY, { severity: 'critical' });
      const b = await raise('B', T0 - HOUR);
      await raise('C', T0);
      await store.acknowledge(a, decision(T0 - 2 * DAY + 10_000));
      await store.acknowledge(a, decision(T0, 'again'));
      await store.acknowledge(b, decision(T0 - HOUR + 20_000));
      await store.resolve(b, decision(T0 - HOUR + 60_000));
      await raise('B', T0);
      expect(await store.statistics(T0)).toEqual({
        total: 4,
        open: 3,
        acknowledged: 1,
        resolved: 1,
        bySeverity: { critical: 1, warning: 2 },
        rate: 3 / 24,
        meanTimeToAcknowledge: 15,
        meanTimeToResolve: 60,
        noisiest: [
          { name: 'B', count: 2 },
          { name: 'A', count: 1 },
          { name: 'C', count: 1 },
        ],
      });
    });

    it('know the oldest alert that nobody took on, without the alert about that', async () => {
      await raise('A', T0 - 50, { severity: 'critical' });
      await raise('B', T0 - 20, { severity: 'critical' });
      await store.acknowledge(await raise('C', T0 - 100, { severity: 'critical' }), decision(T0));
      await raise('CriticalAlertUnacknowledged', T0 - 900, { severity: 'critical' });
      await raise('D', T0 - 7);
      expect(await store.oldestUnacknowledged()).toEqual([
        { severity: 'critical', since: T0 - 50 },
        { severity: 'warning', since: T0 - 7 },
      ]);
    });
  });

  describe('the history', () => {
    it('keeps at least 1,000 and everything young, and never an open alert less', async () => {
      const names = Array.from({ length: ALWAYS_KEPT + 30 }, (_, i) => `A${i}`);
      const { alerts } = await store.report(firing(names.map((name) => alertContent({ name }))));
      const fingerprints = alerts.map(({ fingerprint }) => fingerprint);
      await store.report(gone(fingerprints.slice(10), T0));
      expect(await store.prune(T0 + 29 * DAY)).toBe(0);
      expect(await store.prune(T0 + 31 * DAY)).toBe(20);
      expect(await store.statistics(T0)).toMatchObject({ open: 10, resolved: ALWAYS_KEPT });
      const audits = await Promise.all(fingerprints.map((one) => store.audit(one, 9)));
      expect(audits.filter((lines) => lines.length === 0)).toHaveLength(20);
      expect(await store.prune(T0 + 31 * DAY)).toBe(0);
    });

    it('keeps no more than the setting', async () => {
      await store.close();
      store = openStore({ limits: { entries: 3, age: 30 * DAY } });
      const fingerprints: string[] = [];
      for (const i of [1, 2, 3, 4, 5]) fingerprints.push(await raise(`A${i}`, T0 + i));
      for (const one of fingerprints) await store.resolve(one, decision(T0 + 10));
      expect(await store.prune(T0 + 11)).toBe(2);
      expect((await store.list('history', { limit: 9 })).items.map(({ name }) => name)).toEqual([
        'A5',
        'A4',
        'A3',
      ]);
    });
  });
});
