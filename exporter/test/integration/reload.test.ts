import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startApplication, type RunningApplication } from '../../src/application.ts';
import { loadSettings } from '../../src/config/load.ts';
import { createLogger } from '../../src/log/logger.ts';
import { CATALOGUE } from '../../src/metrics/catalogue/index.ts';
import { valueOf } from '../support/exporter.ts';
import { startFakeApi, type FakeApi } from '../support/fake-api.ts';
import { REDIS, describeWith } from '../support/require.ts';
import { startRedis, type TestRedis } from '../support/redis.ts';
import { freePort, temporaryFolder, waitFor } from '../support/server.ts';

const LINE =
  '192.0.2.1 - - [31/Jan/2026:12:00:00 +0000] "GET /api/v1/devices/ HTTP/1.1" 200 12 "-" "-" 0.010\n';

let folder: ReturnType<typeof temporaryFolder>;
let application: RunningApplication | undefined;
let settings: Record<string, string>;
let api: FakeApi;
let redis: TestRedis;
let deadPort: number;
let lines: string[];

beforeEach(async () => {
  folder = temporaryFolder('reload');
  [api, redis, deadPort] = [await startFakeApi(), await startRedis(), await freePort()];
  writeFileSync(join(folder.path, 'access.log'), LINE);
  lines = [];
  settings = {
    VALTRONICS_LISTEN: '127.0.0.1:0',
    VALTRONICS_STATE_DIR: join(folder.path, 'state'),
    VALTRONICS_COLLECT_MIN_INTERVAL: '0s',
  };
});
afterEach(async () => {
  await application?.stop();
  application = undefined;
  await Promise.all([api.stop(), redis.stop(), folder.remove()]);
});

async function start(): Promise<RunningApplication> {
  const logger = createLogger('info', (line) => lines.push(line));
  application = await startApplication({ load: () => loadSettings(settings), logger });
  const ready = `${application.server.url}/-/ready`;
  await waitFor('the first attempts', async () => (await fetch(ready)).ok);
  return application;
}

function without(option: string): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name !== option));
}

async function scrape(): Promise<string> {
  const response = await fetch(`${application?.server.url ?? ''}/metrics`);
  return await response.text();
}

/** Names of the families that show values of the source now; what was counted stays, as a counter must. */
function shown(text: string, owner: string): string[] {
  const gauges = CATALOGUE.filter(
    (family) => family.owner === owner && family.type !== 'counter' && family.type !== 'histogram',
  );
  return gauges.map(({ name }) => name).filter((name) => text.includes(`\n# TYPE ${name} `));
}

interface Case {
  readonly owner: string;
  readonly option: string;
  readonly good: () => string;
  readonly failing: () => string;
  readonly wrong: string;
  /** A component of the health score that only this source measures. */
  readonly component: string;
}

const CASES: readonly Case[] = [
  {
    owner: 'api',
    option: 'VALTRONICS_API_URL',
    good: () => api.url,
    failing: () => `http://127.0.0.1:${deadPort}`,
    wrong: 'http://e:50%off@h',
    component: 'api',
  },
  {
    owner: 'redis',
    option: 'VALTRONICS_REDIS_URL',
    good: () => redis.url,
    failing: () => `redis://127.0.0.1:${deadPort}`,
    wrong: 'redis://h1,h2',
    component: 'redis',
  },
];

describeWith([REDIS], 'a reload', () => {
  describe.each(CASES)('of $option', ({ owner, option, good, failing, wrong, component }) => {
    const success = `valtronics_collector_success{collector="${owner}"}`;
    const score = `valtronics_system_health_score{component="${component}"}`;

    it('that removes it leaves nothing of it, running or failing', async () => {
      for (const [address, worked] of [
        [good(), 1],
        [failing(), 0],
      ] as const) {
        settings = { ...settings, [option]: address };
        await start();
        expect(valueOf(await scrape(), success)).toBe(worked);
        settings = without(option);
        await application?.reload();
        const text = await scrape();
        expect(shown(text, owner)).toEqual([]);
        expect(valueOf(text, success)).toBeUndefined();
        expect(valueOf(text, score)).toBeUndefined();
        expect(text).not.toContain('\n# TYPE valtronics_device_info ');
        await application?.stop();
      }
    });

    it('that changes it to one that fails shows no value of the old one', async () => {
      settings = { ...settings, [option]: good() };
      await start();
      const before = shown(await scrape(), owner);
      expect(before).not.toEqual([]);
      settings = { ...settings, [option]: failing() };
      await application?.reload();
      const text = await scrape();
      expect(valueOf(text, success)).toBe(0);
      // That it does not work is all that is shown.
      const values = shown(text, owner).flatMap((name) => [
        ...text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (.*)$`, 'gm')),
      ]);
      expect(values.map(([, value]) => value).filter((value) => value !== '0')).toEqual([]);
      settings = { ...settings, [option]: good() };
      await application?.reload();
      expect(shown(await scrape(), owner)).toEqual(before);
    });

    it('that makes it wrong changes nothing, running or failing', async () => {
      for (const [address, worked] of [
        [good(), 1],
        [failing(), 0],
      ] as const) {
        settings = { ...settings, [option]: address };
        await start();
        const before = shown(await scrape(), owner);
        settings = { ...settings, [option]: wrong };
        await expect(application?.reload()).rejects.toThrow(`${option}: the value (secret, not shown)`);
        const text = await scrape();
        expect(valueOf(text, success)).toBe(worked);
        expect(shown(text, owner)).toEqual(before);
        expect(valueOf(text, 'valtronics_exporter_config_last_reload_successful')).toBe(0);
        await application?.stop();
      }
    });
  });

  it.each([
    ['VALTRONICS_API_CA_FILE', '/no/ca.pem'],
    ['VALTRONICS_MQTT_CA_FILE', '/no/ca.pem'],
    ['VALTRONICS_WEB_CONFIG_FILE', '/no/web.yml'],
    ['VALTRONICS_RULES_FILES', '/no/rules.yml'],
    ['VALTRONICS_RULES_OWN', '[{"name":"R","expression":"up =="}]'],
    ['VALTRONICS_RECEIVERS_EMAIL_CA_FILE', '/no/ca.pem'],
  ])('with %s=%s is refused before anything is stopped', async (option, value) => {
    settings = { ...settings, VALTRONICS_API_URL: api.url };
    await start();
    const { size } = api.sockets;
    const asked = api.requests.length;
    // The history would lose what the refused settings keep no longer.
    settings = { ...settings, [option]: value, VALTRONICS_ALERTS_HISTORY_AGE: '1d' };
    lines = [];
    await expect(application?.reload()).rejects.toThrow(option);
    expect(lines.map((line) => /"msg":"([^"]*)"/.exec(line)?.[1])).toEqual([
      'settings not reloaded: the old ones stay',
    ]);
    // The same collectors with the same connections: nobody was asked anew.
    expect(api.requests).toHaveLength(asked);
    expect(api.sockets.size).toBe(size);
  });

  it('begins and ends the access log with its setting', async () => {
    await start();
    settings = { ...settings, VALTRONICS_LOG_PATHS: join(folder.path, 'access.log') };
    await application?.reload();
    expect(valueOf(await scrape(), 'valtronics_collector_success{collector="access_log"}')).toBe(1);
    settings = without('VALTRONICS_LOG_PATHS');
    await application?.reload();
    expect(shown(await scrape(), 'access_log')).toEqual([]);
  });
});
