import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import { z } from 'zod';
import { valueOf } from '../support/exporter.ts';
import { expectTakenOver, type Reloadable, reloadable, type SettingRow } from '../support/reloadable.ts';
import { freePort } from '../support/server.ts';

const fingerprintSchema = z.array(z.object({ fingerprint: z.string() }));
const HELD = /valtronics_alert_deliveries\{integration="webhook",state="held"\} (\d+)/;
const ALWAYS = 'Sun-Sat 00:00-24:00';

describe('a reload of what tires people', () => {
  const server = createServer((request, response) => {
    if (request.method === 'POST') told.add(request.url ?? '');
    response.end(request.method === 'POST' ? 'ok' : '[]');
  });
  const told = new Set<string>();
  let sink: string;
  let dead: string;
  let exporter: Reloadable;
  let raised = 0;

  beforeAll(async () => {
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    sink = `http://127.0.0.1:${port}`;
    dead = `http://127.0.0.1:${await freePort()}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    exporter = reloadable();
  });
  afterEach(() => exporter.remove());

  const raise = (name: string): Promise<unknown> =>
    exporter.ask('/api/v1/alerts', { method: 'POST', body: { name, severity: 'info', message: '' } });

  async function paths(): Promise<string[]> {
    told.clear();
    await exporter.ask('/api/v1/alerts/test', { method: 'POST', body: {} });
    return [...told].sort();
  }
  /** Whether receivers wait for what is raised now. */
  async function isHeld(): Promise<boolean> {
    await raise(`Held${(raised += 1)}`);
    return Number(HELD.exec(await exporter.scrape())?.[1]) > 0;
  }
  /** Whether what began twice counts as flapping. */
  async function flaps(): Promise<boolean> {
    const name = `Flaps${(raised += 1)}`;
    const found = async () => (await exporter.ask(`/api/v1/alerts?name=${name}`)).body;
    for (let time = 0; time < 2; time += 1) {
      await raise(name);
      const [alert] = fingerprintSchema.parse((await found())['items']);
      await exporter.ask(`/api/v1/alerts/${alert?.fingerprint ?? ''}/resolve`, { method: 'POST', body: {} });
    }
    return JSON.stringify(await found()).includes('"flappingSince":"');
  }
  const writesDigest = async (): Promise<number | undefined> =>
    valueOf(await exporter.scrape(), 'valtronics_alert_loop_up{loop="daily digest"}');

  const ROWS: readonly SettingRow[] = [
    {
      option: 'VALTRONICS_ALERTMANAGER_MORE_URLS',
      besides: () => ({ VALTRONICS_ALERTMANAGER_URL: `${sink}/zero` }),
      first: [() => `${sink}/one`, ['/one/api/v2/alerts', '/zero/api/v2/alerts']],
      second: [() => `${sink}/two`, ['/two/api/v2/alerts', '/zero/api/v2/alerts']],
      ...{ wrong: 'ftp://h', see: paths },
    },
    {
      option: 'VALTRONICS_ALERTS_QUIET_HOURS',
      besides: () => ({ VALTRONICS_RECEIVERS_WEBHOOK_URL: dead }),
      ...{ first: [undefined, false], second: [ALWAYS, true], wrong: '22-06', see: isHeld },
    },
    {
      option: 'VALTRONICS_ALERTS_QUIET_EXCEPT',
      besides: () => ({ VALTRONICS_RECEIVERS_WEBHOOK_URL: dead, VALTRONICS_ALERTS_QUIET_HOURS: ALWAYS }),
      ...{ first: [undefined, true], second: ['critical,info', false], wrong: 'loud', see: isHeld },
    },
    {
      option: 'VALTRONICS_ALERTS_FLAPPING_TIMES',
      ...{ first: [undefined, false], second: ['2', true], wrong: 'often', see: flaps },
    },
    {
      option: 'VALTRONICS_ALERTS_DIGEST_AT',
      besides: () => ({ VALTRONICS_RECEIVERS_SLACK_URL: sink }),
      ...{ first: [undefined, undefined], second: ['08:00', 1], wrong: '25:00', see: writesDigest },
    },
    {
      option: 'VALTRONICS_ALERTS_DIGEST_TO',
      besides: () => ({ VALTRONICS_RECEIVERS_SLACK_URL: sink, VALTRONICS_ALERTS_DIGEST_AT: '08:00' }),
      ...{ first: [undefined, 1], second: ['email', undefined], wrong: 'pagerduty', see: writesDigest },
    },
  ];

  it.each(ROWS)('takes $option over, back again, and nothing of a wrong one', (row) =>
    expectTakenOver(exporter, row),
  );

  it('refuses further Alertmanagers without the first', async () => {
    await exporter.start();
    await expect(exporter.reload({ VALTRONICS_ALERTMANAGER_MORE_URLS: sink })).rejects.toThrow(
      'VALTRONICS_ALERTMANAGER_MORE_URLS',
    );
  });
});
