import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { describeStores } from '../../test/support/alert-stores.ts';
import { type AlertApi, startAlertApi } from '../../test/support/alert-api.ts';
import { decision, T0 } from '../../test/support/alerts.ts';
import { type FakeApi, startFakeApi, text } from '../../test/support/fake-api.ts';
import { waitFor } from '../../test/support/server.ts';
import { startSmtpServer, type TestSmtpServer } from '../../test/support/smtp.ts';

const MINUTE = 60_000;

describeStores((stores) => {
  let smtp: TestSmtpServer;
  let receiver: FakeApi;
  let api: AlertApi;
  let now = T0;

  beforeEach(async () => {
    now = T0;
    smtp = await startSmtpServer();
    receiver = await startFakeApi();
    receiver.set('/hook', text('ok'));
  });
  afterEach(async () => {
    await api.stop();
    await receiver.stop();
    await smtp.stop();
  });

  async function start(alerts: object): Promise<void> {
    api = await startAlertApi({
      place: stores.place(),
      now: () => now,
      settings: {
        alerts,
        receivers: {
          webhook_url: `${receiver.url}/hook`,
          email_url: `smtp://127.0.0.1:${smtp.port}`,
          email_tls: 'off',
          email_from: 'alerts@example.org',
          email_to: 'ana@example.org',
          ...{ email_group_wait: '0s', email_group_interval: '0s' },
        },
      },
    });
  }

  const page = z.object({
    items: z.array(z.object({ receiver: z.string(), kind: z.string(), state: z.string() })),
  });

  /** What receivers were told of all alerts, sorted. */
  async function told(): Promise<string[]> {
    const { items } = page.parse((await api.get('/alerts/deliveries')).body);
    return items
      .filter(({ state }) => state === 'delivered')
      .map(({ receiver: name, kind }) => `${name} ${kind}`)
      .sort();
  }

  const subjects = () => smtp.mails.map(({ headers }) => headers.get('subject'));

  describe('the alert manager of one set of settings', () => {
    it('tells every receiver, and again by e-mail what nobody acknowledges', async () => {
      await start({ escalate_to: 'email' });
      const [fingerprint = ''] = await api.raise({ name: 'FanStuck', severity: 'critical' });
      await waitFor('both', async () => (await told()).length === 2);
      now = T0 + 15 * MINUTE;
      await waitFor('the escalation', async () => (await told()).length === 3);
      await api.store.resolve(fingerprint, decision(now));
      await waitFor('the end', async () => (await told()).length === 5);
      expect(await told()).toEqual([
        'email escalation',
        'email firing',
        'email resolved',
        'webhook firing',
        'webhook resolved',
      ]);
      expect(subjects()).toEqual([
        'FIRING critical: FanStuck',
        'UNACKNOWLEDGED critical: FanStuck',
        'RESOLVED critical: FanStuck',
      ]);
      const [first, ...later] = smtp.mails.map(({ headers }) => headers);
      const root = first?.get('message-id');
      expect(later.map((headers) => headers.get('references'))).toEqual([root, root]);
      expect((await api.get(`/alerts/${fingerprint}`)).body).toMatchObject({
        events: [{ action: 'resolved' }, { action: 'escalated', by: 'escalation' }, { action: 'raised' }],
        deliveries: expect.arrayContaining([
          expect.objectContaining({ receiver: 'email', kind: 'escalation' }),
        ]),
      });
    }, 300_000);

    it('tests every receiver, a mail server among them', async () => {
      await start({});
      expect((await api.post('/alerts/test')).body).toMatchObject({
        items: [
          { receiver: 'webhook', delivered: true },
          { receiver: 'email', delivered: true, answer: expect.stringContaining('250') },
        ],
      });
      await smtp.stop();
      expect((await api.post('/alerts/test')).body).toMatchObject({
        items: [{ delivered: true }, { delivered: false, answer: expect.stringContaining('ECONNREFUSED') }],
      });
    });
  });
});
