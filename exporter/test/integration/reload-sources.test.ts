import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import mqtt from 'mqtt';
import { writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { valueOf } from '../support/exporter.ts';
import { startFakeApi, type FakeApi } from '../support/fake-api.ts';
import { startMosquitto } from '../support/mosquitto.ts';
import { createPlatformSchema } from '../support/platform-schema.ts';
import { startPostgres } from '../support/postgres.ts';
import { startRedis } from '../support/redis.ts';
import { type Changes, type Reloadable, reloadable, shown } from '../support/reloadable.ts';
import { MOSQUITTO, POSTGRES, REDIS, describeWith } from '../support/require.ts';
import { freePort, waitFor } from '../support/server.ts';

const LINE =
  '192.0.2.1 - - [31/Jan/2026:12:00:00 +0000] "GET /api/v1/devices/ HTTP/1.1" 200 12 "-" "-" 0.010\n';

/** A source that a setting adds. */
interface Source {
  readonly owner: string;
  readonly option: string;
  /** An address that fails, given a port where nobody listens. */
  readonly failing: (port: number) => string;
  /** A value that no start would work with; undefined where every text is a good one. */
  readonly wrong?: string;
  /** A component of the health score that only this source measures. */
  readonly component?: string;
}

const SOURCES: readonly Source[] = [
  {
    owner: 'api',
    option: 'VALTRONICS_API_URL',
    failing: (port) => `http://127.0.0.1:${port}`,
    wrong: 'http://e:50%off@h',
    component: 'api',
  },
  {
    owner: 'mqtt',
    option: 'VALTRONICS_MQTT_URL',
    failing: (port) => `mqtt://127.0.0.1:${port}`,
    wrong: 'mqtt://e:50%off@h',
    component: 'mqtt',
  },
  {
    owner: 'broker',
    option: 'VALTRONICS_MQTT_URL',
    failing: (port) => `mqtt://127.0.0.1:${port}`,
    wrong: 'http://h',
  },
  {
    owner: 'postgres',
    option: 'VALTRONICS_DATABASE_URL',
    failing: (port) => `postgresql://u@127.0.0.1:${port}/d`,
    wrong: 'postgresql://u@h/d?sslmode=required',
    component: 'database',
  },
  {
    owner: 'redis',
    option: 'VALTRONICS_REDIS_URL',
    failing: (port) => `redis://127.0.0.1:${port}`,
    wrong: 'redis://h1,h2',
    component: 'redis',
  },
  { owner: 'access_log', option: 'VALTRONICS_LOG_PATHS', failing: (port) => `/nowhere/${port}.log` },
];

/** What the source does: it works, nobody listens, or it takes connections and never answers. */
const STATES = ['running', 'failing', 'hanging'] as const;
type State = (typeof STATES)[number];

describeWith([MOSQUITTO, POSTGRES, REDIS], 'a reload', () => {
  const good = new Map<string, string>();
  const undo: (() => Promise<unknown>)[] = [];
  let exporter: Reloadable;
  let api: FakeApi;
  let deadPort: number;
  let silentPort: number;

  beforeAll(async () => {
    api = await startFakeApi();
    const broker = await startMosquitto();
    const postgres = await startPostgres();
    const redis = await startRedis();
    undo.push(api.stop, () => broker.stop(), postgres.stop, redis.stop);
    deadPort = await freePort();
    silentPort = await freePort();
    const sockets = new Set<Socket>();
    const silent = createServer((socket) => sockets.add(socket)).listen(silentPort, '127.0.0.1');
    undo.push(() => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => silent.close(resolve));
    });
    good.set('VALTRONICS_API_URL', api.url);
    good.set('VALTRONICS_MQTT_URL', `mqtt://127.0.0.1:${broker.port}`);
    good.set('VALTRONICS_DATABASE_URL', await postgres.createDatabase('valtronics_db'));
    good.set('VALTRONICS_REDIS_URL', redis.url);
    const database = await postgres.connect('valtronics_db');
    await createPlatformSchema(database);
    await database.query(
      `insert into devices (name, device_id, device_type, status, is_active) values ('One', 'SQL-1', 'sensor', 'online', true)`,
    );
    await database.end();
    const device = await mqtt.connectAsync(`mqtt://127.0.0.1:${broker.port}`);
    await device.publishAsync('valtronics/MQTT-1/status', '{"status":"online"}', { qos: 1, retain: true });
    await device.endAsync();
  }, 300_000);
  afterAll(async () => {
    for (const step of undo.reverse()) await step();
  }, 300_000);

  beforeEach(() => {
    exporter = reloadable();
    const log = join(exporter.folder, 'access.log');
    writeFileSync(log, LINE);
    good.set('VALTRONICS_LOG_PATHS', log);
  });
  afterEach(() => exporter.remove());

  /** The families that the owner shows, once two looks in turn agree: a broker's statistics come one by one. */
  async function settled(owner: string): Promise<string[]> {
    let names = shown(await exporter.scrape(), owner);
    await waitFor(
      'all that it shows',
      async () => {
        const before = names;
        names = shown(await exporter.scrape(), owner);
        return isDeepStrictEqual(names, before);
      },
      undefined,
      250,
    );
    return names;
  }

  describe.each(SOURCES)('of $option for $owner', ({ owner, option, failing, wrong, component }) => {
    const success = `valtronics_collector_success{collector="${owner}"}`;
    const score = `valtronics_system_health_score{component="${component ?? ''}"}`;
    const address = (state: State): string =>
      state === 'running' ? (good.get(option) ?? '') : failing(state === 'failing' ? deadPort : silentPort);
    const settings = (state: State): Changes => ({
      [option]: address(state),
      ...(state === 'hanging' ? { VALTRONICS_COLLECT_TIMEOUT: '300ms' } : {}),
    });
    const worked = (state: State): number => (state === 'running' ? 1 : 0);

    it.each(STATES)('that removes it leaves nothing of it, %s', async (state) => {
      await exporter.start(settings(state));
      expect(valueOf(await exporter.scrape(), success)).toBe(worked(state));
      await exporter.reload({ [option]: undefined });
      const text = await exporter.scrape();
      expect(shown(text, owner)).toEqual([]);
      expect(valueOf(text, success)).toBeUndefined();
      expect(valueOf(text, score)).toBeUndefined();
      expect(text).not.toContain('\n# TYPE valtronics_device_info ');
    });

    it('that changes it to one that fails shows no value of the old one, until it is back', async () => {
      await exporter.start({ [option]: address('running') });
      const before = await settled(owner);
      expect(before).not.toEqual([]);
      await exporter.reload({ [option]: address('failing') });
      const text = await exporter.scrape();
      expect(valueOf(text, success)).toBe(0);
      // That it does not work is all that is shown.
      const values = shown(text, owner).flatMap((name) => [
        ...text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (.*)$`, 'gm')),
      ]);
      expect(values.map(([, value]) => value).filter((value) => value !== '0')).toEqual([]);
      await exporter.reload({ [option]: address('running') });
      const after = await settled(owner);
      expect([valueOf(await exporter.scrape(), success), after]).toEqual([1, before]);
    });

    // Every text is a pattern of file names.
    if (wrong === undefined) return;
    it.each(STATES)('that makes it wrong changes nothing, %s', async (state) => {
      await exporter.start(settings(state));
      const before = await settled(owner);
      await expect(exporter.reload({ [option]: wrong })).rejects.toThrow(option);
      const text = await exporter.scrape();
      expect(valueOf(text, success)).toBe(worked(state));
      expect(shown(text, owner)).toEqual(before);
      expect(valueOf(text, 'valtronics_exporter_config_last_reload_successful')).toBe(0);
      await exporter.reload({});
      expect(valueOf(await exporter.scrape(), 'valtronics_exporter_config_last_reload_successful')).toBe(1);
    });
  });

  it.each([
    ['VALTRONICS_API_CA_FILE', '/no/ca.pem'],
    ['VALTRONICS_MQTT_CA_FILE', '/no/ca.pem'],
    ['VALTRONICS_WEB_CONFIG_FILE', '/no/web.yml'],
    ['VALTRONICS_RULES_FILES', '/no/rules.yml'],
    ['VALTRONICS_RULES_OWN', '[{"name":"R","expression":"up =="}]'],
    ['VALTRONICS_RECEIVERS_EMAIL_CA_FILE', '/no/ca.pem'],
    ['VALTRONICS_DATABASE_URL', 'postgresql://u@h/d?sslrootcert=/no/ca.pem'],
    ['VALTRONICS_STATE_DIR', '/dev/null/state'],
  ])('with %s=%s is refused before anything is stopped', async (option, value) => {
    await exporter.start({ VALTRONICS_API_URL: api.url });
    const { size } = api.sockets;
    const asked = api.requests.length;
    exporter.lines.splice(0);
    // The history would lose what the refused settings keep no longer.
    const changes = { [option]: value, VALTRONICS_ALERTS_HISTORY_AGE: '1d' };
    await expect(exporter.reload(changes)).rejects.toThrow(option);
    expect(exporter.lines.map((line) => /"msg":"([^"]*)"/.exec(line)?.[1])).toEqual([
      'settings not reloaded: the old ones stay',
    ]);
    // The same collectors with the same connections: nobody was asked anew.
    expect(api.requests).toHaveLength(asked);
    expect(api.sockets.size).toBe(size);
  });
});
