import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { startFakeApi, text } from '../../../test/support/fake-api.ts';
import { type AlertApi, startAlertApi } from '../../../test/support/alert-api.ts';
import { deviceView } from '../../../test/support/http.ts';
import { waitFor } from '../../../test/support/server.ts';
import { system } from '../alert.ts';
import { decision, T0 } from '../../../test/support/alerts.ts';

const HOUR = 3_600_000;
const iso = (at: number): string => new Date(at).toISOString();

describeStores((stores) => {
  let api: AlertApi;
  let now = T0;
  beforeEach(async () => {
    now = T0;
    api = await startAlertApi({
      place: stores.place(),
      now: () => now,
      devices: [deviceView({ deviceId: 'd-1', deviceType: 'pump', location: 'Lab B' })],
    });
  });
  afterEach(() => api.stop());

  const WANTED = { devices: ['d-1'], endsAt: iso(T0 + HOUR), comment: ' new fan ' };
  const create = (changes: object = {}) => api.post('/maintenance', { ...WANTED, ...changes });
  async function covering(fingerprint: string): Promise<unknown> {
    return (await api.get(`/alerts/${fingerprint}`)).body['maintenance'];
  }

  describe('a maintenance window', () => {
    it('is made, listed, and ended once', async () => {
      const made = await create();
      expect(made).toEqual({
        status: 200,
        body: {
          id: expect.stringMatching(/^[\da-f-]{36}$/),
          state: 'active',
          devices: ['d-1'],
          deviceTypes: [],
          locations: [],
          startsAt: iso(T0),
          endsAt: iso(T0 + HOUR),
          createdAt: iso(T0),
          createdBy: 'loopback',
          comment: 'new fan',
          endedBy: null,
        },
      });
      now += 1000;
      const second = await create({ startsAt: iso(T0 + 60_000) });
      expect((await api.get('/maintenance')).body).toEqual({ items: [second.body, made.body] });
      expect((await api.get('/maintenance?state=planned')).body).toEqual({ items: [second.body] });
      const path = `/maintenance/${String(made.body['id'])}/end`;
      expect(await api.post(path)).toMatchObject({
        status: 200,
        body: { state: 'ended', endsAt: iso(now), endedBy: 'loopback' },
      });
      expect(await api.post(path)).toMatchObject({
        status: 409,
        body: { error: { message: expect.stringContaining('over already') } },
      });
      expect((await api.get('/maintenance?state=ended')).body['items']).toHaveLength(1);
    });

    it('that is planned can be called off and never covers anything', async () => {
      const [fingerprint = ''] = await api.raise({ labels: { device_id: 'd-1' } });
      const { body } = await create({ startsAt: iso(T0 + 60_000) });
      await api.post(`/maintenance/${String(body['id'])}/end`);
      now = T0 + 120_000;
      expect((await api.get('/maintenance')).body).toMatchObject({
        items: [{ state: 'ended', startsAt: iso(T0), endsAt: iso(T0) }],
      });
      expect(await covering(fingerprint)).toEqual([]);
    });

    it('is over by itself', async () => {
      const { body } = await create();
      now = T0 + HOUR;
      expect((await api.get('/maintenance')).body).toMatchObject({
        items: [{ state: 'ended', endedBy: null }],
      });
      expect((await api.post(`/maintenance/${String(body['id'])}/end`)).status).toBe(409);
    });

    it.each([
      ['devices', { devices: ['d-1'] }],
      ['device types', { devices: [], deviceTypes: ['pump'] }],
      ['locations', { devices: [], locations: ['Lab A', 'Lab B'] }],
    ])('of %s is on the alerts that it covers, wherever they are shown', async (_what, scope) => {
      const [fingerprint = ''] = await api.raise({ name: 'A', labels: { device_id: 'd-1' } });
      await api.raise({ name: 'B', labels: { device_id: 'd-2' } }, { name: 'C' });
      const id = (await create(scope)).body['id'];
      expect(await covering(fingerprint)).toEqual([id]);
      expect((await api.get('/alerts')).body).toMatchObject({
        items: [{ maintenance: [] }, { maintenance: [] }, { name: 'A', maintenance: [id], notified: [] }],
      });
      const taken = await api.post(`/alerts/${fingerprint}/acknowledge`, { comment: '' });
      expect(taken.body['maintenance']).toEqual([id]);
      await api.store.resolve(fingerprint, decision(T0));
      expect(await covering(fingerprint)).toEqual([]);
    });

    it('begins now when it would have begun before', async () => {
      expect((await create({ startsAt: iso(T0 - HOUR) })).body).toMatchObject({ startsAt: iso(T0) });
    });

    it.each([
      ['covers nothing', { devices: [] }, 'covers nothing'],
      ['ends before it starts', { startsAt: iso(T0 + 2 * HOUR) }, 'must be after startsAt'],
      ['lies in the past', { startsAt: iso(T0 - 2 * HOUR), endsAt: iso(T0 - HOUR) }, 'lies in the past'],
      ['lasts longer than a year', { endsAt: iso(T0 + 367 * 24 * HOUR) }, 'at most 366 days'],
      ['has no end', { endsAt: undefined }, 'endsAt'],
      ['has a time that is none', { endsAt: 'tomorrow' }, 'endsAt'],
      ['names an empty device', { devices: [' '] }, 'devices.0'],
      ['has no comment', { comment: undefined }, 'comment'],
      ['has a field of its own', { createdBy: 'me' }, 'createdBy'],
    ])('that %s is refused and leaves nothing', async (_what, changes, words) => {
      expect(await create(changes)).toMatchObject({
        status: 422,
        body: { error: { message: expect.stringContaining(words) } },
      });
      expect((await api.get('/maintenance')).body).toEqual({ items: [] });
    });

    it('that nobody knows is not found', async () => {
      expect((await api.post('/maintenance/00000000-0000-4000-8000-000000000000/end')).status).toBe(404);
      expect((await api.post('/maintenance/x/end')).status).toBe(400);
      expect((await api.get('/maintenance?state=soon')).status).toBe(400);
    });

    it('is one too many when there are 500 that are not over', async () => {
      const scope = { devices: ['d-1'], deviceTypes: [], locations: [] };
      const window = { ...scope, startsAt: T0, endsAt: T0 + HOUR, comment: '' };
      for (let i = 0; i < 500; i += 1) await api.alerting.maintenance?.create(window, system('t'), T0);
      expect(await create()).toMatchObject({
        status: 409,
        body: { error: { message: expect.stringContaining('500 maintenance windows') } },
      });
      now = T0 + HOUR;
      expect((await create({ endsAt: iso(T0 + 2 * HOUR) })).status).toBe(200);
    });

    it('leaves the list with the history', async () => {
      await create();
      now = T0 + 29 * 24 * HOUR;
      await api.store.prune(now);
      expect((await api.get('/maintenance')).body['items']).toHaveLength(1);
      now = T0 + 31 * 24 * HOUR;
      await api.store.prune(now);
      expect((await api.get('/maintenance')).body['items']).toHaveLength(0);
    });

    it('is a 503 when the store cannot be used', async () => {
      await api.store.close();
      expect((await create()).status).toBe(503);
      expect((await api.get('/maintenance')).status).toBe(503);
    });
  });

  describe('receivers', () => {
    it('hear of what is covered when the window ends, and of the rest at once', async () => {
      const receiver = await startFakeApi();
      receiver.set('/hook', text('ok'));
      const settings = { receivers: { webhook_url: `${receiver.url}/hook` } };
      await api.stop();
      api = await startAlertApi({ place: stores.place(), now: () => now, settings });
      try {
        const { body } = await api.post('/maintenance', WANTED);
        await api.raise(
          { name: 'Covered', labels: { device_id: 'd-1' } },
          { name: 'Other', labels: { device_id: 'd-2' } },
        );
        api.alerting.delivery?.wake();
        const states = async () =>
          JSON.stringify((await api.get('/alerts')).body).match(/pending|delivered/g);
        await waitFor('the other', async () => (await states())?.includes('delivered') === true);
        // The last raised comes first.
        expect(await states()).toEqual(['delivered', 'pending']);
        await api.post(`/maintenance/${String(body['id'])}/end`);
        await waitFor('the covered', async () => (await states())?.includes('pending') === false);
        expect((await api.get('/alerts/deliveries')).body).toMatchObject({
          items: [{ attempts: 1 }, { attempts: 1 }],
        });
      } finally {
        await receiver.stop();
      }
    });
  });
});
