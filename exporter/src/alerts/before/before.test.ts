import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { type AlertApi, startAlertApi } from '../../../test/support/alert-api.ts';
import { T0 } from '../../../test/support/alerts.ts';
import { deviceView } from '../../../test/support/http.ts';
import { silentLogger } from '../../log/logger.ts';
import { createEventBook } from './events.ts';
import { createSourceWatch } from './sources.ts';

const MINUTE = 60_000;
const answer = z.object({
  from: z.string(),
  to: z.string(),
  items: z.array(
    z.object({
      ...{ at: z.string(), kind: z.string(), title: z.string(), detail: z.string() },
      shares: z.string().nullable(),
    }),
  ),
});

describeStores((stores) => {
  let now: number;
  let api: AlertApi;
  beforeEach(async () => {
    now = T0;
    api = await startAlertApi({
      place: stores.place(),
      now: () => now,
      devices: [
        deviceView({ deviceId: 'A', location: 'Lab', deviceType: 'pump' }),
        deviceView({ deviceId: 'B', location: 'Lab', deviceType: 'fan' }),
        deviceView({ deviceId: 'C', location: 'Hall', deviceType: 'pump' }),
        deviceView({ deviceId: 'D', location: 'Hall', deviceType: 'fan' }),
      ],
    });
  });
  afterEach(() => api.stop());

  async function raise(name: string, device?: string): Promise<string> {
    const labels = device === undefined ? {} : { device_id: device };
    const { body } = await api.post('/alerts', { name, severity: 'info', message: `${name}!`, labels });
    return String(body['fingerprint']);
  }
  const before = async (fingerprint: string) =>
    answer.parse((await api.get(`/alerts/${fingerprint}/before`)).body);

  describe('what changed before an alert', () => {
    it('are other alerts of the same device, location or type, ten minutes back, the last first', async () => {
      now = T0 - 11 * MINUTE;
      await raise('TooOld', 'A');
      for (const [minutes, device] of [
        [5, 'A'],
        [4, 'B'],
        [3, 'C'],
        [2, 'D'],
      ] as const) {
        now = T0 - minutes * MINUTE;
        await raise(`On${device}`, device);
      }
      await raise('Nowhere');
      now = T0;
      const fingerprint = await raise('FanStuck', 'A');
      now = T0 + MINUTE;
      await raise('Later', 'A');
      const { from, to, items } = await before(fingerprint);
      expect([from, to]).toEqual(['2026-11-23T13:50:00.000Z', '2026-11-23T14:00:00.000Z']);
      expect(items.map(({ title, shares, kind }) => [kind, title, shares])).toEqual([
        ['alert', 'OnC', 'type'],
        ['alert', 'OnB', 'location'],
        ['alert', 'OnA', 'device'],
      ]);
    });

    it('are deployments that somebody posted, and when maintenance began or ended', async () => {
      now = T0 - 8 * MINUTE;
      await api.post('/maintenance', {
        ...{ devices: ['A'], startsAt: new Date(T0 - 7 * MINUTE).toISOString(), comment: 'new fans' },
        endsAt: new Date(T0 + 70 * MINUTE).toISOString(),
      });
      now = T0 - 3 * MINUTE;
      expect(await api.post('/events', { title: 'backend 2.4.1' })).toMatchObject({
        status: 200,
        body: { kind: 'deployment', at: '2026-11-23T13:57:00.000Z', by: 'loopback' },
      });
      await api.post('/events', { kind: 'change', title: 'ACL', at: '2026-11-23T14:56:00+01:00' });
      await api.post('/events', { title: 'long ago', at: '2026-11-23T13:00:00Z' });
      now = T0;
      const { items } = await before(await raise('FanStuck', 'A'));
      expect(items.map(({ kind, title }) => [kind, title])).toEqual([
        ['deployment', 'backend 2.4.1'],
        ['change', 'ACL'],
        ['maintenance', 'maintenance began'],
      ]);
      expect(items[2]?.detail).toBe('A: new fans');
    });

    it('are failures of sources and their ends; how they are at first is none', async () => {
      const source = (name: string, success: boolean) => ({
        ...{ name, attempted: true, success, lastError: success ? null : 'ECONNREFUSED' },
      });
      await api.alerting.update(T0 - 5 * MINUTE, [source('mqtt', false), source('postgres', true)]);
      await api.alerting.update(T0 - 4 * MINUTE, [source('mqtt', true), source('postgres', false)]);
      await api.alerting.update(T0 - 3 * MINUTE, [source('mqtt', true), source('postgres', false)]);
      const { items } = await before(await raise('FanStuck', 'A'));
      expect(items.map(({ kind, title, detail }) => [kind, title, detail]).sort()).toEqual([
        ['broker', 'mqtt works again', ''],
        ['database', 'postgres fails', 'ECONNREFUSED'],
      ]);
    });

    it('are what any of several exporters has seen of the sources, once', async () => {
      const logger = silentLogger();
      const databases = [stores.open(), stores.open()];
      const [one, other] = databases.map((database) => createSourceWatch(createEventBook(database), logger));
      const mqtt = (success: boolean) => ({
        ...{ name: 'mqtt', attempted: true, success, lastError: success ? null : 'ECONNREFUSED' },
      });
      const seen = async (watch: typeof one, success: boolean, at: number) => watch?.([mqtt(success)], at);
      for (const watch of [one, other]) await seen(watch, true, T0 - 9 * MINUTE);
      // One of them does not live to see the end.
      await seen(one, false, T0 - 5 * MINUTE);
      await seen(other, false, T0 - 5 * MINUTE + 900);
      await seen(other, true, T0 - 3 * MINUTE);
      await seen(other, false, T0 - 2 * MINUTE);
      await seen(one, true, T0 - MINUTE);
      await seen(other, true, T0 - MINUTE / 2);
      for (const database of databases) await database.close();
      const { items } = await before(await raise('FanStuck', 'A'));
      expect(items.map(({ title }) => title)).toEqual([
        ...['mqtt works again', 'mqtt fails', 'mqtt works again', 'mqtt fails'],
      ]);
    });

    it('is a 404 of an unknown alert, and a 422 of an event without sense', async () => {
      expect((await api.get('/alerts/0123456789abcdef/before')).status).toBe(404);
      for (const body of [
        {},
        { title: ' ' },
        { title: 'x', kind: 'broker' },
        { title: 'x', at: '1970-01-01T00:00:00Z' },
      ])
        expect((await api.post('/events', body)).status).toBe(422);
    });
  });
});
