import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { alertContent, decision, T0 } from '../../../test/support/alerts.ts';
import { freePort } from '../../../test/support/server.ts';
import { settingsSchema } from '../../config/schema.ts';
import type { Alert } from '../alert.ts';
import { raise, resolve } from '../transitions.ts';
import { alertmanagerAlert, createAlertmanager } from './alertmanager.ts';
import { configuredReceivers } from './configured.ts';
import { createPagerDuty } from './pagerduty.ts';
import { DeliveryError, type Notice, type Receiver } from './receiver.ts';
import { createSlack, slackMessage } from './slack.ts';
import { createWebhook } from './webhook.ts';

interface Seen {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly key: string | undefined;
  readonly body: unknown;
}

let server: Server;
let url: string;
let seen: Seen[];
let answer: { status: number; body?: string; headers?: Record<string, string> };

beforeEach(async () => {
  seen = [];
  answer = { status: 202, body: '{"status":"success"}' };
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const body: unknown = JSON.parse(text);
      const [key] = request.headersDistinct['idempotency-key'] ?? [];
      seen.push({ path: request.url ?? '', authorization: request.headers.authorization, key, body });
      response.writeHead(answer.status, answer.headers ?? {}).end(answer.body);
    });
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const content = alertContent({
  severity: 'critical',
  labels: { device_id: 'MOCK-1000' },
  annotations: { summary: 'CPU is high', runbook_url: 'https://example.org/r?a=1&b=2' },
  generatorUrl: 'http://p/graph',
});
const alert: Alert = raise(undefined, 'f00dfeedf00dfeed', content, T0).alert;
const firing: Notice = { kind: 'firing', alert };
const resolved: Notice = { kind: 'resolved', alert: resolve(alert, decision(T0 + 5000)) };
const tell = (receiver: Receiver, ...notices: Notice[]): Promise<string> =>
  receiver.send(notices, AbortSignal.timeout(180_000));

/** The error of a sending that has to fail. */
async function failure(receiver: Receiver): Promise<DeliveryError> {
  const error: unknown = await tell(receiver, firing).catch((reason: unknown) => reason);
  if (!(error instanceof DeliveryError)) throw new Error(`no DeliveryError: ${String(error)}`);
  return error;
}

describe('Alertmanager', () => {
  it('gets alerts that end in four minutes unless repeated, and ends in the past', async () => {
    const receiver = createAlertmanager(`${url.replace('//', '//us%40er:pass@')}/prefix/`, () => T0 + 60_000);
    expect(await tell(receiver, firing, resolved)).toBe('202 {"status":"success"}');
    const same = {
      labels: { alertname: 'HighCPUUsage', severity: 'critical', device_id: 'MOCK-1000' },
      annotations: { description: 'CPU is at 93 %', ...content.annotations },
      startsAt: '2026-11-23T14:00:00.000Z',
      generatorURL: 'http://p/graph',
    };
    expect(seen).toEqual([
      {
        path: '/prefix/api/v2/alerts',
        authorization: `Basic ${Buffer.from('us@er:pass').toString('base64')}`,
        body: [
          { ...same, endsAt: '2026-11-23T14:05:00.000Z' },
          { ...same, endsAt: '2026-11-23T14:00:05.000Z' },
        ],
      },
    ]);
  });

  it('is told of nothing that begins after it ends, or in the future, where the clock was set back', () => {
    const back = T0 - 600_000;
    expect(alertmanagerAlert(firing, back)).toMatchObject({
      startsAt: '2026-11-23T13:50:00.000Z',
      endsAt: '2026-11-23T13:54:00.000Z',
    });
    expect(alertmanagerAlert(resolved, back)).toMatchObject({
      startsAt: '2026-11-23T13:50:00.000Z',
      endsAt: '2026-11-23T13:50:00.000Z',
    });
  });
});

describe('PagerDuty', () => {
  it('gets trigger and resolve under one key', async () => {
    await tell(createPagerDuty(`${url}/v2/enqueue`, 'key'), firing, resolved);
    expect(seen.map(({ body }) => body)).toEqual([
      {
        routing_key: 'key',
        dedup_key: 'f00dfeedf00dfeed',
        event_action: 'trigger',
        payload: {
          summary: 'HighCPUUsage: CPU is high',
          source: 'MOCK-1000',
          severity: 'critical',
          timestamp: '2026-11-23T14:00:00.000Z',
          component: 'api',
          custom_details: { message: 'CPU is at 93 %', ...content.labels },
        },
        links: [{ href: 'https://example.org/r?a=1&b=2', text: 'runbook_url' }],
      },
      { routing_key: 'key', dedup_key: 'f00dfeedf00dfeed', event_action: 'resolve' },
    ]);
  });
});

describe('Slack', () => {
  it('gets what, where, since when and the runbook', async () => {
    await tell(createSlack(`${url}/services/x`), firing);
    expect(seen[0]?.body).toEqual({
      text: [
        '*FIRING critical: HighCPUUsage*',
        'CPU is at 93 %',
        'where: MOCK-1000',
        'since: 2026-11-23T14:00:00.000Z',
        '<https://example.org/r?a=1&amp;b=2|runbook>',
        'key: f00dfeedf00dfeed',
      ].join('\n'),
    });
  });

  it('cannot be made to call a whole channel by an alert’s words', () => {
    const hostile = { ...alert, message: '<!channel> & <https://evil.example|here>' };
    const { text } = slackMessage({ kind: 'firing', alert: hostile });
    expect(text).toContain('&lt;!channel&gt; &amp; &lt;https://evil.example|here&gt;');
  });
});

describe('a critical alert that nobody has acknowledged', () => {
  const escalation: Notice = { kind: 'escalation', alert };

  it('says so to people, under the same key, and fires on in Alertmanager', async () => {
    expect(slackMessage(escalation).text).toMatch(/^\*UNACKNOWLEDGED critical: HighCPUUsage\*/);
    await tell(createPagerDuty(`${url}/v2/enqueue`, 'key'), escalation);
    expect(seen[0]?.body).toMatchObject({
      ...{ dedup_key: 'f00dfeedf00dfeed', event_action: 'trigger' },
      payload: { summary: 'UNACKNOWLEDGED: HighCPUUsage: CPU is high' },
    });
    expect(alertmanagerAlert(escalation, T0).endsAt).toBe('2026-11-23T14:04:00.000Z');
  });
});

describe('any webhook', () => {
  it('gets the alert as the API shows it, with the token', async () => {
    await tell(createWebhook(`${url}/hook`, 'secret'), resolved);
    expect(seen).toMatchObject([
      {
        path: '/hook',
        authorization: 'Bearer secret',
        body: { kind: 'resolved', alert: { fingerprint: 'f00dfeedf00dfeed', resolution: { by: 'ana' } } },
      },
    ]);
  });

  it('gets several at once where that is wanted: in words for people, and each of them for a program', async () => {
    const many = Array.from({ length: 12 }, (_, index) => ({
      kind: 'firing' as const,
      alert: { ...resolved.alert, severity: 'critical', fingerprint: `f${index}` },
    }));
    const grouping = { wait: 10_000, interval: 0, rate: 0 };
    await createWebhook(url, undefined, grouping).send(many, AbortSignal.timeout(180_000));
    await tell(createWebhook(url, undefined, grouping), resolved);
    expect(seen).toMatchObject([
      {
        body: {
          kind: 'group',
          head: expect.stringMatching(/^FIRING 12 critical: /),
          count: 12,
          worst: Array(10).fill(expect.stringMatching(/^critical HighCPUUsage MOCK-1000 since /)),
          notices: many.map(({ kind, alert: { fingerprint } }) => ({ kind, alert: { fingerprint } })),
        },
      },
      { body: { kind: 'resolved' } },
    ]);
  });

  it('knows what is sent again by its key, one notice or several', async () => {
    const one = { ...resolved, key: '1' };
    const other = { ...resolved, key: '2' };
    const grouped = createWebhook(url, undefined, { wait: 10_000, interval: 0, rate: 0 });
    for (const notices of [[one], [one], [one, other], [one, other], [resolved]])
      await grouped.send(notices, AbortSignal.timeout(180_000));
    const [first, second, third, fourth, last] = seen.map(({ key }) => key);
    expect([first, second, last]).toEqual(['1', '1', undefined]);
    expect(third).toMatch(/^[\da-f]{64}$/);
    expect(fourth).toBe(third);
  });
});

describe('a sending that fails', () => {
  it.each([
    [400, true],
    [401, true],
    [404, true],
    [408, false],
    [429, false],
    [500, false],
    [503, false],
  ])('with %i is final: %s', async (status, permanent) => {
    answer = { status, body: 'no  ' };
    expect(await failure(createWebhook(url, undefined))).toMatchObject({
      message: `the webhook answered ${status} no`,
      permanent,
    });
  });

  it('says how long the receiver wants to be left alone', async () => {
    answer = { status: 429, headers: { 'Retry-After': '7' } };
    expect((await failure(createSlack(url))).retryAfter).toBe(7000);
  });

  it('never shows the address, which may hold a secret', async () => {
    const port = await freePort();
    const error = await failure(createSlack(`http://127.0.0.1:${port}/services/SECRET`));
    expect(error.permanent).toBe(false);
    expect(error.message).toMatch(/^Slack cannot be reached: .*ECONNREFUSED/);
    expect(error.message).not.toContain('SECRET');
  });

  it.each([
    ['http://user:secret@127.0.0.1:1/sign-in?token=SECRET', 'http://127.0.0.1:1/sign-in'],
    ['https://elsewhere.example/services/SECRET', 'https://elsewhere.example/…'],
    ['/login', 'http://127.0.0.1:PORT/login'],
    ['http://[', 'nowhere'],
  ])('by a redirect to %s is final and says where to', async (location, shown) => {
    answer = { status: 302, headers: { Location: location } };
    const error = await failure(createSlack(`${url}/services/SECRET`));
    expect(error.permanent).toBe(true);
    expect(error.message.replace(/127\.0\.0\.1:\d{2,}/, '127.0.0.1:PORT')).toBe(
      `Slack answered 302, a redirect to ${shown}: set receivers.slack_url to the address itself`,
    );
    expect(seen).toHaveLength(1);
  });

  it('is one when a page to sign in on answers with 200', async () => {
    for (const page of [
      { status: 200, body: 'Sign in', headers: { 'Content-Type': 'text/html; charset=utf-8' } },
      { status: 200, body: '  <!DOCTYPE html><title>Sign in</title>' },
    ]) {
      answer = page;
      const senders = [createSlack(url), createPagerDuty(url, 'k'), createAlertmanager(url, () => T0)];
      for (const sender of senders)
        expect(await failure(sender)).toMatchObject({
          permanent: false,
          message: expect.stringMatching(/answered 200 with a web page.*check (?:receivers|alertmanager)\./),
        });
      expect(await tell(createWebhook(url, undefined), firing)).toMatch(/^200/);
    }
  });

  it('or not, reads no more of an answer than is shown', async () => {
    let sent = 0;
    const endless = createServer((_request, response) => {
      response.writeHead(200);
      const chunk = 'x'.repeat(65_536);
      const more = (): void => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
        sent += chunk.length;
      };
      response.on('drain', more);
      more();
    });
    await new Promise<void>((done) => endless.listen(0, '127.0.0.1', done));
    const address = endless.address();
    const port = typeof address === 'object' ? address?.port : 0;
    try {
      const said = await tell(createWebhook(`http://127.0.0.1:${port}`, undefined), firing);
      expect(said).toBe(`200 ${'x'.repeat(200)}`);
      expect(sent).toBeLessThan(50e6);
    } finally {
      endless.closeAllConnections();
      await new Promise((done) => endless.close(done));
    }
  });

  it('never shows user and password of an address, which log in', async () => {
    const receiver = createWebhook(url.replace('//', '//ana:p%40ss@'), undefined);
    await tell(receiver, firing);
    expect(seen[0]?.authorization).toBe(`Basic ${Buffer.from('ana:p@ss').toString('base64')}`);
    answer = { status: 500 };
    expect((await failure(receiver)).message).not.toMatch(/ana|ss@/);
  });
});

describe('configuredReceivers', () => {
  const all = {
    webhook_url: 'http://a/',
    pagerduty_routing_key: 'k',
    slack_url: 'http://c/',
    email_url: 'smtp://mail.example.org',
    email_from: 'alerts@example.org',
    email_to: 'ana@example.org',
  };
  const names = (receivers: object, alertmanager: object = {}): string[] =>
    configuredReceivers(settingsSchema.parse({ receivers, alertmanager }), Date.now).map(({ name }) => name);

  it('are those of the settings, and Alertmanager alone where there is one', () => {
    expect(names(all)).toEqual(['webhook', 'pagerduty', 'slack', 'email']);
    expect(names({ pagerduty_routing_key: 'k' })).toEqual(['pagerduty']);
    expect(names({})).toEqual([]);
    expect(names(all, { url: 'http://am/' })).toEqual(['alertmanager']);
  });
});
