import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { z } from 'zod';
import { valueOf } from '../support/exporter.ts';
import { startFakeApi } from '../support/fake-api.ts';
import {
  type Changes,
  expectTakenOver,
  type Reloadable,
  reloadable,
  type SettingRow,
} from '../support/reloadable.ts';
import { freePort, waitFor } from '../support/server.ts';
import { startSmtpServer, type TestSmtpServer } from '../support/smtp.ts';

/** What somebody was sent. */
interface Told {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

const RULE = (name: string): string => `groups: [{name: g, rules: [{alert: ${name}, expr: vector(1)}]}]`;
const rulesSchema = z.array(
  z.object({
    name: z.string(),
    lastError: z.string().nullable(),
    instances: z.array(z.object({ labels: z.record(z.string(), z.string()) })),
  }),
);
const alertsSchema = z.array(z.object({ name: z.string(), state: z.string(), source: z.string() }));

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

describe('a reload of alerts, receivers and rules', () => {
  const undo: (() => Promise<unknown>)[] = [];
  const told: Told[] = [];
  let sink: string;
  let dead: string;
  let mails: readonly TestSmtpServer[];
  let exporter: Reloadable;

  beforeAll(async () => {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method, url: path = '', headers } = request;
        if (method === 'POST')
          told.push({ path, authorization: headers.authorization, body: Buffer.concat(chunks).toString() });
        response.end(method === 'POST' ? 'ok' : '[]');
      });
    });
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    sink = `http://127.0.0.1:${port}`;
    dead = `http://127.0.0.1:${await freePort()}`;
    mails = [await startSmtpServer(), await startSmtpServer()];
    undo.push(
      ...mails.map((mail) => () => mail.stop()),
      () => new Promise((resolve) => server.close(resolve)),
    );
  }, 300_000);
  afterAll(async () => {
    for (const step of undo) await step();
  }, 300_000);

  beforeEach(() => {
    exporter = reloadable();
    for (const name of ['One', 'Two']) writeFileSync(join(exporter.folder, `${name}.yml`), RULE(name));
  });
  afterEach(() => exporter.remove());

  const sent = async (): Promise<readonly Told[]> => {
    told.splice(0);
    await exporter.ask('/api/v1/alerts/test', { method: 'POST', body: {} });
    return told;
  };
  const paths = async (): Promise<string[]> => unique((await sent()).map(({ path }) => path));
  const rules = async () => rulesSchema.parse((await exporter.ask('/api/v1/alerts/rules')).body['items']);
  const labels = async () => (await rules())[0]?.instances[0]?.labels;
  const file = (name: string) => (): string => join(exporter.folder, `${name}.yml`);
  const alerts = async () => alertsSchema.parse((await exporter.ask('/api/v1/alerts')).body['items']);
  const raise = (name: string): Promise<unknown> =>
    exporter.ask('/api/v1/alerts', { method: 'POST', body: { name, severity: 'info', message: '' } });

  const withMail = (): Changes => ({
    VALTRONICS_RECEIVERS_EMAIL_URL: `smtp://127.0.0.1:${mails[0]?.port ?? 0}`,
    VALTRONICS_RECEIVERS_EMAIL_TLS: 'off',
    VALTRONICS_RECEIVERS_EMAIL_FROM: 'one@example.org',
    VALTRONICS_RECEIVERS_EMAIL_TO: 'one@example.org',
  });
  const mailed = async (): Promise<unknown> => {
    for (const { mails: all } of mails) all.splice(0);
    await sent();
    return mails.map(({ mails: all }) => unique(all.map(({ from, to }) => [from, ...to].join(' '))));
  };
  const buildRule = (): Changes => ({
    VALTRONICS_RULES_OWN: '[{"name":"R","expression":"valtronics_exporter_build_info"}]',
  });

  const ROWS: readonly SettingRow[] = [
    {
      option: 'VALTRONICS_ALERTS_ENABLED',
      ...{ first: [undefined, [200, 1]], second: ['false', [503, undefined]], wrong: 'maybe' },
      see: async () => [
        (await exporter.ask('/api/v1/alerts')).status,
        valueOf(await exporter.scrape(), 'valtronics_alert_store_up'),
      ],
    },
    {
      option: 'VALTRONICS_ALERTMANAGER_URL',
      first: [() => `${sink}/one`, ['/one/api/v2/alerts']],
      second: [() => `${sink}/two`, ['/two/api/v2/alerts']],
      ...{ wrong: 'ftp://h', see: paths },
    },
    {
      option: 'VALTRONICS_RECEIVERS_WEBHOOK_URL',
      first: [() => `${sink}/one`, ['/one']],
      second: [() => `${sink}/two`, ['/two']],
      ...{ wrong: 'ftp://h', see: paths },
    },
    {
      option: 'VALTRONICS_RECEIVERS_WEBHOOK_TOKEN',
      besides: () => ({ VALTRONICS_RECEIVERS_WEBHOOK_URL: sink }),
      ...{ first: [undefined, [undefined]], second: ['t', ['Bearer t']] },
      see: async () => unique((await sent()).map(({ authorization }) => authorization)),
    },
    {
      option: 'VALTRONICS_RECEIVERS_PAGERDUTY_ROUTING_KEY',
      besides: () => ({ VALTRONICS_RECEIVERS_PAGERDUTY_URL: sink }),
      ...{ first: ['k1', ['k1']], second: ['k2', ['k2']] },
      see: async () => unique((await sent()).map(({ body }) => /"routing_key":"(\w+)"/.exec(body)?.[1])),
    },
    {
      option: 'VALTRONICS_RECEIVERS_PAGERDUTY_URL',
      besides: () => ({ VALTRONICS_RECEIVERS_PAGERDUTY_ROUTING_KEY: 'k' }),
      first: [() => `${sink}/one`, ['/one']],
      second: [() => `${sink}/two`, ['/two']],
      ...{ wrong: 'ftp://h', see: paths },
    },
    {
      option: 'VALTRONICS_RECEIVERS_SLACK_URL',
      first: [() => `${sink}/one`, ['/one']],
      second: [() => `${sink}/two`, ['/two']],
      ...{ wrong: 'ftp://h', see: paths },
    },
    {
      option: 'VALTRONICS_RECEIVERS_EMAIL_URL',
      besides: withMail,
      first: [() => `smtp://127.0.0.1:${mails[0]?.port ?? 0}`, [['one@example.org one@example.org'], []]],
      second: [() => `smtp://127.0.0.1:${mails[1]?.port ?? 0}`, [[], ['one@example.org one@example.org']]],
      ...{ wrong: 'http://h', see: mailed },
    },
    {
      option: 'VALTRONICS_RECEIVERS_EMAIL_TLS',
      besides: withMail,
      first: ['off', [['one@example.org one@example.org'], []]],
      second: ['required', [[], []]],
      ...{ wrong: 'maybe', see: mailed },
    },
    {
      option: 'VALTRONICS_RECEIVERS_EMAIL_FROM',
      besides: withMail,
      first: ['one@example.org', [['one@example.org one@example.org'], []]],
      second: ['two@example.org', [['two@example.org one@example.org'], []]],
      ...{ wrong: 'nobody', see: mailed },
    },
    {
      option: 'VALTRONICS_RECEIVERS_EMAIL_TO',
      besides: withMail,
      first: ['one@example.org', [['one@example.org one@example.org'], []]],
      second: ['two@example.org', [['one@example.org two@example.org'], []]],
      ...{ wrong: 'nobody', see: mailed },
    },
    {
      option: 'VALTRONICS_RULES_FILES',
      ...{ first: [file('One'), ['One']], second: [file('Two'), ['Two']], wrong: '/no/*.yml' },
      see: async () => (await rules()).map(({ name }) => name),
    },
    {
      option: 'VALTRONICS_RULES_OWN',
      first: [undefined, []],
      second: ['[{"name":"R","expression":"up == 0"}]', ['R']],
      wrong: '[{"name":"R","expression":"up =="}]',
      see: async () => (await rules()).map(({ name }) => name),
    },
    {
      option: 'VALTRONICS_RULES_HISTORY',
      besides: () => ({ VALTRONICS_RULES_OWN: '[{"name":"R","expression":"rate(up[1h]) > 0"}]' }),
      ...{ first: [undefined, true], second: ['10m', false], wrong: '1m' },
      see: async () => (await rules())[0]?.lastError === null,
    },
    {
      option: 'VALTRONICS_RULES_JOB',
      besides: buildRule,
      ...{ first: [undefined, 'valtronics-api'], second: ['j', 'j'] },
      see: async () => (await labels())?.['job'],
    },
    {
      option: 'VALTRONICS_RULES_INSTANCE',
      besides: buildRule,
      ...{ first: ['one:1', 'one:1'], second: ['two:2', 'two:2'] },
      see: async () => (await labels())?.['instance'],
    },
  ];

  it.each(ROWS)('takes $option over, back again, and nothing of a wrong one', (row) =>
    expectTakenOver(exporter, row),
  );

  const RECEIVERS = [
    ['webhook', 'VALTRONICS_RECEIVERS_WEBHOOK_URL'],
    ['slack', 'VALTRONICS_RECEIVERS_SLACK_URL'],
    ['alertmanager', 'VALTRONICS_ALERTMANAGER_URL'],
  ] as const;
  describe.each(RECEIVERS)('that removes %s (%s)', (integration, option) => {
    it.each(['running', 'failing'])('leaves nothing of it, and the alerts, %s', async (state) => {
      await exporter.start({ [option]: state === 'running' ? sink : dead });
      await raise('Kept');
      const series = `valtronics_alert_deliveries{integration="${integration}",state="pending"}`;
      const settled = state === 'running' ? 0 : 1;
      await waitFor('the sending', async () => valueOf(await exporter.scrape(), series) === settled);
      const before = await alerts();
      await expect(exporter.reload({ [option]: 'ftp://h' })).rejects.toThrow(option);
      expect([valueOf(await exporter.scrape(), series), await alerts()]).toEqual([settled, before]);
      await exporter.reload({ [option]: undefined });
      expect(await exporter.scrape()).not.toContain(`{integration="${integration}",state=`);
      expect(await alerts()).toEqual(before);
    });
  });

  it('that switches the store off and on keeps what it holds', async () => {
    await exporter.start();
    await raise('Kept');
    await exporter.reload({ VALTRONICS_ALERTS_ENABLED: 'false' });
    expect(await exporter.scrape()).not.toMatch(/^valtronics_(store_alerts|alert_store_up|alert_loop_up)/m);
    await exporter.reload({ VALTRONICS_ALERTS_ENABLED: undefined });
    expect(await alerts()).toMatchObject([{ name: 'Kept', state: 'active' }]);
  });

  it('takes over what the rule files say now, and refuses a wrong one', async () => {
    const names = async () => (await rules()).map(({ name }) => name);
    const path = file('One')();
    await exporter.start({ VALTRONICS_RULES_FILES: path });
    expect(await names()).toEqual(['One']);
    writeFileSync(path, RULE('Other'));
    await exporter.reload({});
    expect(await names()).toEqual(['Other']);
    for (const wrong of ['group: []', 'groups: [{ name: g, rules: [{ alert: A }] }]', '']) {
      writeFileSync(path, wrong);
      await expect(exporter.reload({})).rejects.toThrow('VALTRONICS_RULES_FILES');
      expect(await names()).toEqual(['Other']);
    }
  });

  it('that takes a rule away, or all of them, ends what it fired', async () => {
    const open = async () =>
      (await alerts()).filter(({ state }) => state !== 'resolved').map(({ name }) => name);
    const rule = (name: string): string => `{"name":"${name}","expression":"vector(1)"}`;
    await exporter.start({ VALTRONICS_RULES_OWN: `[${rule('A')},${rule('B')}]` });
    await waitFor('both alerts', async () => (await open()).length === 2);
    await exporter.reload({ VALTRONICS_RULES_OWN: `[${rule('B')}]` });
    await waitFor('the end of one', async () => (await open()).join() === 'B');
    await exporter.reload({ VALTRONICS_RULES_OWN: undefined });
    await raise('Kept');
    await waitFor('the end of the other', async () => (await open()).join() === 'Kept');
    expect(await exporter.scrape()).not.toContain('valtronics_rules_series');
  });

  it('that takes the platform away ends what it raised', async () => {
    const api = await startFakeApi();
    undo.push(api.stop);
    const sources = async () =>
      unique((await alerts()).filter(({ state }) => state !== 'resolved').map(({ source }) => source));
    await exporter.start({ VALTRONICS_API_URL: api.url });
    await waitFor('the platform’s alerts', async () => (await sources()).includes('platform'));
    await raise('Kept');
    await exporter.reload({ VALTRONICS_API_URL: undefined });
    await waitFor('the end of them', async () => (await sources()).join() === 'api');
  });
});
