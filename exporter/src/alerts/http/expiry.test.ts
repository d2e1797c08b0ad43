import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { type AlertApi, startAlertApi } from '../../../test/support/alert-api.ts';
import { T0 } from '../../../test/support/alerts.ts';
import { waitFor } from '../../../test/support/server.ts';

describeStores((stores) => {
  let now = T0;
  let api: AlertApi;
  beforeEach(async () => {
    now = T0;
    api = await startAlertApi({ place: stores.place(), now: () => now });
  });
  afterEach(() => api.stop());

  const raise = (changes: object = {}) =>
    api.post('/alerts', { name: 'BackupRuns', severity: 'info', message: '', ...changes });

  it('gives an alert a time, that each raising begins anew and one without takes away', async () => {
    expect((await raise({ expires_in: '10m' })).body).toMatchObject({
      expiresAt: '2026-11-23T14:10:00.000Z',
    });
    now += 60_000;
    expect((await raise({ expires_in: '10m' })).body).toMatchObject({
      expiresAt: '2026-11-23T14:11:00.000Z',
    });
    expect((await raise()).body).toMatchObject({ expiresAt: null });
  });

  it('ends what was not raised again in its time, and nothing else', async () => {
    await raise({ expires_in: '10m' });
    await raise({ name: 'Stays' });
    const state = async (name: string): Promise<unknown> => {
      const { body } = await api.get(`/alerts?name=${name}`);
      return JSON.stringify(body).match(/"state":"(\w+)"/)?.[1];
    };
    now += 9 * 60_000;
    await raise({ expires_in: '2m' });
    now += 100_000;
    expect(await state('BackupRuns')).toBe('active');
    now += 60_000;
    await waitFor('its end', async () => (await state('BackupRuns')) === 'resolved');
    expect(await state('Stays')).toBe('active');
    const { body } = await api.get('/alerts?name=BackupRuns');
    expect(JSON.stringify(body)).toContain('not raised again within the time');
  });

  it.each(['', '1s', '31d', 'soon', '-5m'])('refuses %j', async (expiresIn) => {
    expect((await raise({ expires_in: expiresIn })).status).toBe(422);
  });
});
