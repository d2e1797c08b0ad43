import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { type AlertApi, startAlertApi } from '../../../test/support/alert-api.ts';
import { decision, T0 } from '../../../test/support/alerts.ts';

const UNKNOWN = '0'.repeat(16);
const TOKEN = 'a-long-token';

describeStores((stores) => {
  let api: AlertApi;
  beforeEach(async () => {
    api = await startAlertApi({ place: stores.place(), now: () => T0, token: TOKEN });
  });
  afterEach(() => api.stop());

  const mine = { Authorization: `Bearer ${TOKEN}`, 'X-Grafana-Context': '{"Login":"ana"}' };
  const post = (path: string, body: unknown) => api.post(`/alerts${path}`, body, mine);
  const raise = (...names: string[]) => api.raise(...names.map((name) => ({ name })));

  describe('a decision about many alerts', () => {
    it('is taken in the name of the Grafana user, and says what became of each', async () => {
      const [a = '', b = '', gone = ''] = await raise('A', 'B', 'C');
      await api.store.resolve(gone, decision(T0));
      const answer = await post('/acknowledge', {
        fingerprints: [b, UNKNOWN, a, gone, b],
        comment: ' mine ',
      });
      expect(answer).toMatchObject({
        status: 200,
        body: {
          items: [
            { fingerprint: b, error: null, alert: { name: 'B', state: 'acknowledged', maintenance: [] } },
            { fingerprint: UNKNOWN, alert: null, error: `there is no alert ${UNKNOWN}` },
            { fingerprint: a, error: null, alert: { acknowledgement: { by: 'ana', comment: 'mine' } } },
            { fingerprint: gone, alert: null, error: expect.stringContaining('resolved') },
          ],
        },
      });
      expect((await api.store.audit(b, 9)).map(({ action, actor }) => `${action} by ${actor}`)).toEqual([
        'acknowledged by ana',
        'raised by t',
      ]);
      expect(api.logger.lines).toContainEqual({
        level: 'info',
        message: 'somebody decided about alerts',
        fields: { audit: true, action: 'acknowledged', by: 'ana', count: 2, alerts: [b, a] },
      });
    });

    it('says which somebody else has acknowledged, and takes them over when asked to', async () => {
      const [a = '', b = ''] = await raise('A', 'B');
      await api.store.acknowledge(a, decision(T0, 'on it', 'bo'));
      const body = { fingerprints: [a, b], comment: '' };
      expect(await post('/acknowledge', body)).toMatchObject({
        body: { items: [{ error: expect.stringContaining('bo has acknowledged it') }, { error: null }] },
      });
      expect(await post('/acknowledge', { ...body, replace: true })).toMatchObject({
        body: { items: [{ error: null }, { error: null }] },
      });
      expect((await api.store.find(a))?.acknowledgement?.by.name).toBe('ana');
    });

    it('resolves them with a comment or without', async () => {
      const [a = '', b = ''] = await raise('A', 'B');
      await post('/resolve', { fingerprints: [a] });
      await post('/resolve', { fingerprints: [b], comment: 'new fan' });
      const found = await Promise.all([a, b].map((one) => api.store.find(one)));
      expect(found.map((alert) => alert?.resolution?.comment)).toEqual(['', 'new fan']);
    });

    it('may be about a thousand of them', async () => {
      const all = await raise(...Array.from({ length: 1000 }, (_, i) => `A${i}`));
      expect((await post('/resolve', { fingerprints: all })).body['items']).toHaveLength(1000);
      expect(await api.store.statistics(T0)).toMatchObject({ open: 0, resolved: 1000 });
    });

    it.each([
      ['none', { fingerprints: [], comment: '' }],
      ['too many', { fingerprints: Array<string>(1001).fill(UNKNOWN), comment: '' }],
      ['one that is no fingerprint', { fingerprints: ['x'], comment: '' }],
      ['no comment', { fingerprints: [UNKNOWN] }],
      ['a field of its own', { fingerprints: [UNKNOWN], comment: '', by: 'me' }],
    ])('with %s is refused as a whole', async (_what, body) => {
      const [a = ''] = await raise('A');
      expect((await post('/acknowledge', body)).status).toBe(422);
      expect((await api.store.find(a))?.state).toBe('active');
    });

    it('needs the token', async () => {
      const [a = ''] = await raise('A');
      for (const path of ['/alerts/acknowledge', '/alerts/resolve'])
        expect((await api.post(path, { fingerprints: [a], comment: '' })).status).toBe(401);
      expect((await api.store.find(a))?.state).toBe('active');
    });

    it('is a 503 when the store cannot be used', async () => {
      const [a = ''] = await raise('A');
      await api.store.close();
      expect(await post('/resolve', { fingerprints: [a] })).toMatchObject({
        status: 503,
        body: { error: { message: expect.stringContaining('is closed') } },
      });
    });
  });

  describe('a list', () => {
    it('is searched in names, messages and the values of labels, in any case and literally', async () => {
      await api.raise(
        { name: 'FanStuck', message: 'It hums' },
        { name: 'B', message: 'Load is 100 %', labels: { location: 'Lab B' } },
        { name: 'C', labels: { note: 'a_b!c' } },
      );
      const names = async (q: string) => {
        const { body } = await api.get(`/alerts?q=${encodeURIComponent(q)}`, mine);
        expect(body).toMatchObject({ nextCursor: null });
        return (
          JSON.stringify(body['items'])
            .match(/"name":"\w+"/g)
            ?.map((text) => text.slice(8, -1)) ?? []
        );
      };
      expect(await names('fanst')).toEqual(['FanStuck']);
      expect(await names('HUMS')).toEqual(['FanStuck']);
      expect(await names('lab b')).toEqual(['B']);
      expect(await names('100 %')).toEqual(['B']);
      expect(await names('a_b!c')).toEqual(['C']);
      expect(await names('a%c')).toEqual([]);
      expect(await names('location')).toEqual([]);
      expect(await names("'; drop table alerts")).toEqual([]);
    });
  });
});
