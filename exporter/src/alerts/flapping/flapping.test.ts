import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { type AlertApi, startAlertApi } from '../../../test/support/alert-api.ts';
import { T0 } from '../../../test/support/alerts.ts';
import { waitFor } from '../../../test/support/server.ts';

const MINUTE = 60_000;

describeStores((stores) => {
  let now: number;
  let api: AlertApi;

  /** The receiver refuses connections: what it is to be told stays in the outbox. */
  async function start(settings: object = {}): Promise<void> {
    now = T0;
    api = await startAlertApi({
      place: stores.place(),
      now: () => now,
      settings: {
        alerts: { flapping_times: 3, flapping_window: '1h', escalate_after: '0s' },
        receivers: { webhook_url: 'http://127.0.0.1:9/' },
        ...settings,
      },
    });
  }
  beforeEach(() => start());
  afterEach(() => api.stop());

  const FAN = { name: 'FanStuck', severity: 'warning', message: '' };
  async function toggle(times: number): Promise<string> {
    let path = '';
    for (let time = 0; time < times; time += 1) {
      now += MINUTE;
      const { body } = await api.post('/alerts', FAN);
      path = `/alerts/${String(body['fingerprint'])}`;
      now += MINUTE;
      await api.post(`${path}/resolve`);
    }
    return path;
  }
  const kinds = async (): Promise<string[]> =>
    ((await api.alerting.delivery?.outbox.list({}, 100)) ?? []).map(({ kind }) => kind).reverse();
  const since = async (path: string): Promise<unknown> => (await api.get(path)).body['flappingSince'];

  it('tells once that an alert goes on and off, and how it is when it is calm again', async () => {
    const path = await toggle(2);
    expect(await kinds()).toEqual(['firing', 'resolved', 'firing', 'resolved']);
    expect(await since(path)).toBeNull();
    await toggle(4);
    expect(await kinds()).toEqual(['firing', 'resolved', 'firing', 'resolved', 'flapping']);
    expect(await since(path)).toBe('2026-11-23T14:05:00.000Z');
    const { body } = await api.get('/alerts');
    expect(JSON.stringify(body)).toContain('"flappingSince":"2026-11-23T14:05:00.000Z"');
    now += 31 * MINUTE;
    await waitFor('the last word', async () => (await kinds()).length === 6);
    expect((await kinds()).at(-1)).toBe('resolved');
    expect(await since(path)).toBeNull();
  });

  it('says that it fires when it is calm and still there', async () => {
    await toggle(3);
    now += MINUTE;
    await api.post('/alerts', FAN);
    now += 31 * MINUTE;
    await waitFor('the last word', async () => (await kinds()).length === 6);
    expect((await kinds()).slice(-2)).toEqual(['flapping', 'firing']);
  });

  it('tells Alertmanager every change, and shows it all the same', async () => {
    await api.stop();
    await start({ alertmanager: { url: 'http://127.0.0.1:9' } });
    const path = await toggle(4);
    expect(await kinds()).toEqual([
      'firing',
      'resolved',
      'firing',
      'resolved',
      'firing',
      'resolved',
      'firing',
      'resolved',
    ]);
    expect(await since(path)).not.toBeNull();
  });

  it('is never seen when it is switched off, nor over a longer time', async () => {
    now += 0;
    const path = await toggle(2);
    now += 61 * MINUTE;
    await toggle(2);
    expect(await kinds()).not.toContain('flapping');
    expect(await since(path)).toBeNull();
  });
});
