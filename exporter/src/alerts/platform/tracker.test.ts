import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { alertContent, decision, openGroup, T0 } from '../../../test/support/alerts.ts';
import { recordingLogger } from '../../../test/support/http.ts';
import { system } from '../alert.ts';
import { type AlertStore, createAlertStore, type Report } from '../store/store.ts';
import type { OpenAlertGroup } from '../../platform-alerts/open-alerts.ts';
import { createPlatformAlerts, type PlatformAlerts } from './tracker.ts';

describeStores((stores) => {
  let store: AlertStore;
  let platform: PlatformAlerts;
  let logger: ReturnType<typeof recordingLogger>;
  let reports: Report[];
  let now = T0;

  function createTracker(): PlatformAlerts {
    const watched = {
      ...store,
      report: (report: Report) => {
        reports.push(report);
        return store.report(report);
      },
    };
    return createPlatformAlerts({
      store: watched,
      believed: 'postgres',
      quietAfter: 1_800_000,
      logger,
      clock: { wall: () => now, monotonic: () => now },
    });
  }

  beforeEach(() => {
    logger = recordingLogger();
    now = T0;
    reports = [];
    store = createAlertStore({
      database: stores.open(logger),
      externalLabels: [],
      limits: { entries: 1000, age: 1e12 },
      maxOpen: 50,
    });
    platform = createTracker();
  });
  afterEach(async () => {
    await store.close();
  });

  async function look(...groups: OpenAlertGroup[]): Promise<void> {
    platform.apply('postgres', groups, true);
    await platform.settled();
  }

  const states = async (): Promise<string[]> =>
    (await store.list('history', { limit: 100 })).items.map(
      ({ labels, state }) => `${labels['device_id'] ?? ''} ${state}`,
    );
  const A = openGroup({ deviceId: 'a' });
  const B = openGroup({ deviceId: 'b', severity: 'critical' });

  describe('the platform’s alerts in the store', () => {
    it('are raised once, however often they are seen', async () => {
      await look(A, B);
      await look(A, { ...B, count: 7 });
      expect(await states()).toEqual(['b active', 'a active']);
      expect(reports).toHaveLength(1);
    });

    it('have whole milliseconds, though PostgreSQL knows finer ones', async () => {
      now = T0 + 10;
      await look({ ...A, first: T0 + 0.25, last: T0 + 0.75 });
      expect((await store.list('current', { limit: 1 })).items[0]?.startsAt).toBe(T0);
    });

    it('are over when two looks miss them', async () => {
      await look(A, B);
      await look(B);
      expect(await states()).toEqual(['b active', 'a active']);
      await look(A, B);
      await look(B);
      await look(B);
      expect(await states()).toEqual(['b active', 'a resolved']);
      expect(
        (await store.list('history', { state: 'resolved', limit: 1 })).items[0]?.resolution,
      ).toMatchObject({
        by: { kind: 'system', name: 'platform' },
        comment: 'the platform no longer raises it',
      });
    });

    it('are not over because the look was cut short', async () => {
      await look(A, B);
      platform.apply('postgres', [B], false);
      platform.apply('postgres', [B], false);
      await platform.settled();
      expect(await states()).toEqual(['b active', 'a active']);
    });

    it('are over when what was raised again and again has stopped, and back when it is raised again', async () => {
      const often = { ...A, count: 31, last: T0 + 1_800_000 };
      now = T0 + 1_900_000;
      await look(often);
      now = T0 + 4_000_000;
      await look(often);
      await look(often);
      await look(often);
      expect(await states()).toEqual(['a resolved']);
      now = T0 + 4_100_000;
      await look({ ...often, count: 32, last: now });
      expect(await states()).toEqual(['a active', 'a resolved']);
      expect((await store.list('current', { limit: 1 })).items[0]?.startsAt).toBe(T0 + 4_000_000);
    });

    it('that somebody resolved stay so until a newer row comes', async () => {
      await look(A);
      now = T0 + 1000;
      const fingerprint = (await store.list('current', { limit: 1 })).items[0]?.fingerprint ?? '';
      await store.resolve(fingerprint, decision(now));
      await look(A);
      expect(await states()).toEqual(['a resolved']);
      await look({ ...A, count: 2, last: T0 + 2000 });
      expect(await states()).toEqual(['a active', 'a resolved']);
    });

    it.each([-600_000, 0, 600_000])(
      'that somebody resolved come back with a newer row, by a platform whose clock is off by %d ms',
      async (off) => {
        const at = (time: number): number => T0 + time + off;
        await look({ ...A, first: at(0), last: at(0) });
        now = T0 + 15_000;
        const again = { ...A, count: 2, first: at(0), last: at(14_000) };
        await look(again);
        now = T0 + 20_000;
        await store.resolve(
          (await store.list('current', { limit: 1 })).items[0]?.fingerprint ?? '',
          decision(now),
        );
        await look(again);
        await look(again);
        expect(await states()).toEqual(['a resolved']);
        await look({ ...again, count: 3, last: at(21_000) });
        expect(await states()).toEqual(['a active', 'a resolved']);
      },
    );

    it('are over though the clock was set back an hour since they began', async () => {
      await look(A);
      now = T0 - 3_600_000;
      await look();
      await look();
      expect(await states()).toEqual(['a resolved']);
    });

    it('change their words, at most once a minute', async () => {
      const reworded = (seconds: number): OpenAlertGroup => ({
        ...A,
        count: 2,
        last: T0 + seconds * 1000,
        description: `after ${seconds} s`,
      });
      const message = async (): Promise<string | undefined> =>
        (await store.list('current', { limit: 1 })).items[0]?.message;
      await look(A);
      for (const seconds of [10, 30, 59]) {
        now = T0 + seconds * 1000;
        await look(reworded(seconds));
      }
      expect(await message()).toBe('Temperature is 31.5');
      now = T0 + 60_000;
      await look(reworded(60));
      expect(await message()).toBe('after 60 s');
    });

    it('with another severity are others', async () => {
      await look(A);
      await look({ ...A, severity: 'critical' });
      await look({ ...A, severity: 'critical' });
      expect(await states()).toEqual(['a active', 'a resolved']);
    });

    it('are acknowledged where the platform has acknowledged them, unless somebody has here', async () => {
      await look(A, B);
      const [b, a] = (await store.list('current', { limit: 2 })).items;
      await store.acknowledge(a?.fingerprint ?? '', decision(T0, 'mine'));
      await look({ ...A, acknowledged: true }, { ...B, acknowledged: true });
      await look({ ...A, acknowledged: true }, { ...B, acknowledged: true });
      expect((await store.find(a?.fingerprint ?? ''))?.acknowledgement?.by.name).toBe('ana');
      expect((await store.find(b?.fingerprint ?? ''))?.acknowledgement?.by.name).toBe('platform');
      expect(await store.audit(b?.fingerprint ?? '', 9)).toHaveLength(2);
    });

    it('are known again after a restart, the gone ones too', async () => {
      await look(A, B);
      platform = createTracker();
      await look(A);
      await look(A);
      expect(await states()).toEqual(['b resolved', 'a active']);
    });

    it('are nobody else’s: alerts of other sources stay', async () => {
      const firing = [alertContent({ labels: { device_id: 'x' } })];
      await store.report({ source: 'api', firing, gone: [], comment: '', by: system('t'), now });
      await look();
      await look();
      await look();
      expect(await states()).toEqual(['x active']);
    });

    it('of the source that is not believed are not taken', async () => {
      platform.apply('api', [A], true);
      await platform.settled();
      expect(await states()).toEqual([]);
    });

    it('wait for a store that cannot be used, without harm to the collector', async () => {
      await store.close();
      await look(A);
      await look(A);
      expect(logger.lines.map(({ level }) => level)).toEqual(['error']);
    });
  });

  describe('very many alerts of the platform', () => {
    beforeEach(async () => {
      await store.close();
      store = createAlertStore({
        database: stores.open(logger),
        ...{ externalLabels: [], limits: { entries: 5000, age: 1e12 }, maxOpen: 5000 },
      });
      platform = createTracker();
    });
    const many = Array.from({ length: 1200 }, (_, i) => openGroup({ deviceId: `d-${i}` }));
    const sizes = (): number[] => reports.map(({ firing, gone }) => firing.length + gone.length);

    it('are taken in and ended by and by, so that no look takes long', async () => {
      for (let i = 0; i < 4; i += 1) await look(...many);
      expect(sizes()).toEqual([500, 500, 200]);
      for (let i = 0; i < 5; i += 1) await look();
      expect(sizes().slice(3)).toEqual([500, 500, 200]);
      expect(await store.statistics(T0)).toMatchObject({ open: 0, resolved: 1200 });
    });

    it('are all reworded in turn, behind what is new', async () => {
      for (let i = 0; i < 3; i += 1) await look(...many);
      now += 60_000;
      const reworded = many.map((group) => ({ ...group, last: now, description: 'hotter' }));
      for (let i = 0; i < 3; i += 1) await look(...reworded, B);
      expect(reports[3]?.firing[0]?.labels['device_id']).toBe('b');
      const words = (await store.list('current', { limit: 2000 })).items.map(({ message }) => message);
      expect(words.filter((message) => message === 'hotter')).toHaveLength(1200);
    });

    it('are acknowledged in one go where the platform has acknowledged them', async () => {
      for (let i = 0; i < 3; i += 1) await look(...many);
      const taken = many.map((group) => ({ ...group, acknowledged: true }));
      await look(...taken);
      expect(await store.statistics(T0)).toMatchObject({ acknowledged: 500 });
      await look(...taken);
      await look(...taken);
      expect(await store.statistics(T0)).toMatchObject({ acknowledged: 1200, open: 1200 });
    });
  });
});
