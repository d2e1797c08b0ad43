import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { alertContent, decision, listed, T0 } from '../../../test/support/alerts.ts';
import { temporaryFolder } from '../../../test/support/server.ts';
import { silentLogger } from '../../log/logger.ts';
import { system } from '../alert.ts';
import { ALWAYS_KEPT } from './prune.ts';
import { TransitionError } from '../transitions.ts';
import { openDatabase } from './database.ts';
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

let folder: ReturnType<typeof temporaryFolder>;
let store: AlertStore;

function openStore(options: Partial<AlertStoreOptions> = {}): AlertStore {
  return createAlertStore({
    database: openDatabase({ path: join(folder.path, 'alerts.db'), logger: silentLogger() }),
    externalLabels: ['cluster', 'replica'],
    limits: { entries: 5000, age: 30 * DAY },
    maxOpen: 5000,
    ...options,
  });
}

beforeEach(() => {
  folder = temporaryFolder('alerts');
  store = openStore();
});
afterEach(async () => {
  store.close();
  await folder.remove();
});

/** Raises an alert and returns its fingerprint. */
function raise(name: string, now = T0, changes: Parameters<typeof alertContent>[0] = {}): string {
  const [alert] = store.report(firing([alertContent({ name, startsAt: now, ...changes })], now)).alerts;
  return alert?.fingerprint ?? '';
}

describe('an alert in the store', () => {
  it('survives a restart with all that is known of it', () => {
    const labels = { device_id: 'MOCK-1000', note: 'ü "x"\n' };
    const fingerprint = raise('A', T0, { labels, annotations: { summary: 's' }, generatorUrl: 'http://p' });
    const acknowledged = store.acknowledge(fingerprint, decision(T0 + 5, 'on my way'));
    store.close();
    store = openStore();
    expect(store.find(fingerprint)).toEqual(acknowledged);
    expect(acknowledged).toMatchObject({
      state: 'acknowledged',
      labels: { alertname: 'A', severity: 'warning', ...labels },
      acknowledgement: { by: { kind: 'grafana', name: 'ana' }, at: T0 + 5, comment: 'on my way' },
    });
  });

  it('is one row, whoever brings it and with whatever external labels', () => {
    const one = raise('A', T0, { labels: { cluster: 'a', device_id: 'd' } });
    const two = raise('A', T0 + 5, { labels: { device_id: 'd', replica: 'b' }, source: 'alertmanager' });
    expect(two).toBe(one);
    expect(listed(store, 'current', { limit: 10 }).items).toMatchObject([
      { source: 'api', fingerprint: one },
    ]);
  });

  it('that fires again is listed once and has both in its history', () => {
    const fingerprint = raise('A');
    store.resolve(fingerprint, decision(T0 + 10));
    raise('A', T0 + 20);
    expect(listed(store, 'current', { limit: 10 }).items).toMatchObject([
      { state: 'active', startsAt: T0 + 20 },
    ]);
    expect(listed(store, 'history', { limit: 10 }).items).toMatchObject([
      { state: 'active', startsAt: T0 + 20 },
      { state: 'resolved', startsAt: T0 },
    ]);
  });

  it('has an audit log of every change', () => {
    const fingerprint = raise('A');
    store.acknowledge(fingerprint, decision(T0 + 5, 'mine'));
    store.resolve(fingerprint, decision(T0 + 9, 'done', 'bob'));
    expect(store.audit(fingerprint, 10)).toEqual([
      { at: T0 + 9, action: 'resolved', actorKind: 'grafana', actor: 'bob', comment: 'done' },
      { at: T0 + 5, action: 'acknowledged', actorKind: 'grafana', actor: 'ana', comment: 'mine' },
      { at: T0, action: 'raised', actorKind: 'system', actor: 'test', comment: '' },
    ]);
  });

  it('is unknown until it was raised', () => {
    expect(store.find('0'.repeat(16))).toBeUndefined();
    expect(store.acknowledge('0'.repeat(16), decision(T0))).toBeUndefined();
    expect(store.resolve('0'.repeat(16), decision(T0))).toBeUndefined();
  });

  it('that is resolved takes no more decisions, and a refused one leaves no trace', () => {
    const fingerprint = raise('A');
    store.resolve(fingerprint, decision(T0 + 5));
    expect(() => store.acknowledge(fingerprint, decision(T0 + 6))).toThrow(TransitionError);
    expect(() => store.resolve(fingerprint, decision(T0 + 6))).toThrow(TransitionError);
    expect(store.audit(fingerprint, 10)).toHaveLength(2);
  });
});

describe('a report', () => {
  it('that has more new alerts than there is room for is stored as far as there is, its ends in any case', () => {
    store.close();
    store = openStore({ maxOpen: 2 });
    const contents = ['A', 'B', 'C'].map((name) => alertContent({ name }));
    const refusal = 'no more than 2 open alerts and refused 1';
    expect(() => store.report(firing(contents))).toThrow(refusal);
    const open = (): string[] =>
      listed(store, 'current', { state: 'active', limit: 10 }).items.map(({ name }) => name);
    expect(open()).toEqual(['B', 'A']);
    const a = store.fingerprint(contents[0]?.labels ?? {});
    const next = [...contents.slice(1), alertContent({ name: 'D' })];
    expect(() => store.report({ ...firing(next), gone: [{ fingerprint: a }] })).toThrow(refusal);
    expect(store.find(a)?.state).toBe('resolved');
    expect(open()).toEqual(['C', 'B']);
  });

  it('tells the listener inside its transaction', () => {
    const seen: string[] = [];
    store.close();
    store = openStore({
      onChange: (_sql, action, { alert }) => {
        seen.push(`${action} ${alert.name}`);
        if (alert.name === 'B') throw new Error('no');
      },
    });
    expect(() => store.report(firing([alertContent({ name: 'A' }), alertContent({ name: 'B' })]))).toThrow(
      'no',
    );
    expect(seen).toEqual(['raised A', 'raised B']);
    expect(listed(store, 'history', { limit: 10 }).items).toEqual([]);
  });

  it('of what is merely still there tells nobody', () => {
    const fingerprint = raise('A');
    raise('A', T0 + 1000);
    expect(store.find(fingerprint)?.lastSeen).toBe(T0);
    raise('A', T0 + 300_000);
    expect(store.find(fingerprint)?.lastSeen).toBe(T0 + 300_000);
    expect(store.audit(fingerprint, 10)).toHaveLength(1);
  });

  it('that all is over ends only open alerts of its own source', () => {
    const mine = raise('A', T0, { source: 'platform' });
    const done = raise('B', T0, { source: 'platform' });
    const other = raise('C', T0, { source: 'api' });
    store.resolve(done, decision(T0 + 1));
    const unknown = '0'.repeat(16);
    expect(store.report(gone([mine, done, other, unknown], T0 + 2, 'platform'))).toEqual({
      alerts: [],
      resolved: 1,
    });
    expect([mine, done, other].map((one) => store.find(one)?.state)).toEqual([
      'resolved',
      'resolved',
      'active',
    ]);
    expect(store.find(done)?.resolution?.comment).toBe('');
  });
});

describe('a report that comes late', () => {
  it('does not end the alert that was raised since', () => {
    const fingerprint = raise('A', T0);
    store.resolve(fingerprint, decision(T0 + 10));
    raise('A', T0 + 20);
    expect(store.report({ ...gone([fingerprint], T0 + 15), now: T0 + 30 }).resolved).toBe(0);
    expect(store.find(fingerprint)?.state).toBe('active');
  });

  it('ends an alert when its cause went, and not in the future', () => {
    const early = raise('A', T0);
    const late = raise('B', T0);
    store.report({ ...gone([early], T0 + 15), now: T0 + 30 });
    store.report({ ...gone([late], T0 + DAY), now: T0 + 30 });
    expect([early, late].map((one) => store.find(one)?.resolution)).toMatchObject([
      { at: T0 + 15, comment: 'gone' },
      { at: T0 + 30 },
    ]);
  });
});

describe('a list', () => {
  it('comes in pages, the last raised first, each alert once', () => {
    for (let i = 0; i < 7; i += 1) raise(`A${i}`, T0 + i);
    const names: string[] = [];
    let cursor: string | undefined;
    do {
      const page = listed(store, 'current', { limit: 3, ...(cursor === undefined ? {} : { cursor }) });
      expect(page.items.length).toBeLessThanOrEqual(3);
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(names).toEqual(['A6', 'A5', 'A4', 'A3', 'A2', 'A1', 'A0']);
  });

  it('is narrowed by every filter', () => {
    raise('A', T0, { severity: 'critical', labels: { device_id: 'd-1' } });
    store.acknowledge(
      raise('B', T0 + 10, { source: 'platform', labels: { device_id: "d'2" } }),
      decision(T0 + 11),
    );
    store.resolve(raise('C', T0 + 20), decision(T0 + 21));
    const names = (query: object, what: 'current' | 'history' = 'current'): string[] =>
      listed(store, what, { limit: 10, ...query }).items.map(({ name }) => name);
    expect(names({})).toEqual(['C', 'B', 'A']);
    expect(names({ state: 'active' })).toEqual(['A']);
    expect(names({ state: 'acknowledged' })).toEqual(['B']);
    expect(names({ state: 'resolved' })).toEqual(['C']);
    expect(names({ severity: 'critical' })).toEqual(['A']);
    expect(names({ source: 'platform' })).toEqual(['B']);
    expect(names({ name: 'C' })).toEqual(['C']);
    expect(names({ deviceId: "d'2" })).toEqual(['B']);
    expect(names({ from: T0 + 10, to: T0 + 20 }, 'history')).toEqual(['B']);
    expect(names({ severity: 'critical', state: 'resolved' })).toEqual([]);
  });
});

describe('statistics', () => {
  it('of an empty store are zeros and no mean', () => {
    expect(store.statistics(T0)).toEqual({
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
    expect(store.oldestUnacknowledged()).toEqual([]);
  });

  it('count, and take means of what was decided', () => {
    const a = raise('A', T0 - 2 * DAY, { severity: 'critical' });
    const b = raise('B', T0 - HOUR);
    raise('C', T0);
    store.acknowledge(a, decision(T0 - 2 * DAY + 10_000));
    store.acknowledge(a, decision(T0, 'again'));
    store.acknowledge(b, decision(T0 - HOUR + 20_000));
    store.resolve(b, decision(T0 - HOUR + 60_000));
    raise('B', T0);
    expect(store.statistics(T0)).toEqual({
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

  it('know the oldest alert that nobody took on, without the alert about that', () => {
    raise('A', T0 - 50, { severity: 'critical' });
    raise('B', T0 - 20, { severity: 'critical' });
    store.acknowledge(raise('C', T0 - 100, { severity: 'critical' }), decision(T0));
    raise('CriticalAlertUnacknowledged', T0 - 900, { severity: 'critical' });
    raise('D', T0 - 7);
    expect(store.oldestUnacknowledged()).toEqual([
      { severity: 'critical', since: T0 - 50 },
      { severity: 'warning', since: T0 - 7 },
    ]);
  });
});

describe('the history', () => {
  it('keeps at least 1,000 and everything young, and never an open alert less', () => {
    const names = Array.from({ length: ALWAYS_KEPT + 30 }, (_, i) => `A${i}`);
    const { alerts } = store.report(firing(names.map((name) => alertContent({ name }))));
    const fingerprints = alerts.map(({ fingerprint }) => fingerprint);
    store.report(gone(fingerprints.slice(10), T0));
    expect(store.prune(T0 + 29 * DAY)).toBe(0);
    expect(store.prune(T0 + 31 * DAY)).toBe(20);
    expect(store.statistics(T0)).toMatchObject({ open: 10, resolved: ALWAYS_KEPT });
    expect(fingerprints.map((one) => store.audit(one, 9).length).filter((n) => n === 0)).toHaveLength(20);
    expect(store.prune(T0 + 31 * DAY)).toBe(0);
  });

  it('keeps no more than the setting', () => {
    store.close();
    store = openStore({ limits: { entries: 3, age: 30 * DAY } });
    const fingerprints = [1, 2, 3, 4, 5].map((i) => raise(`A${i}`, T0 + i));
    for (const one of fingerprints) store.resolve(one, decision(T0 + 10));
    expect(store.prune(T0 + 11)).toBe(2);
    expect(listed(store, 'history', { limit: 9 }).items.map(({ name }) => name)).toEqual(['A5', 'A4', 'A3']);
  });
});
