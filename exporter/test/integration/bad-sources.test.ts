import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type BadLink, type LinkMode, openBadLink } from '../support/bad-link.ts';
import { startExporter, type TestExporter, valueOf } from '../support/exporter.ts';
import { startFakeApi } from '../support/fake-api.ts';
import { startMosquitto } from '../support/mosquitto.ts';
import { createPlatformSchema } from '../support/platform-schema.ts';
import { startPostgres } from '../support/postgres.ts';
import { startRedis } from '../support/redis.ts';
import { describeWith, MOSQUITTO, POSTGRES, REDIS } from '../support/require.ts';
import { waitFor } from '../support/server.ts';

/** What the exporter depends on: four sources, and the alert store that two exporters may share. */
const SOURCES = ['api', 'postgres', 'mqtt', 'redis', 'alert store'] as const;
type Source = (typeof SOURCES)[number];
const MODES: readonly LinkMode[] = ['hanging', 'slow', 'refusing', 'lying'];

/** Seconds that Prometheus says it waits: the exporter's budget comes from it. */
const SCRAPE_TIMEOUT = 4;
/** Milliseconds after which a scrape hangs; far more than the budget, so that a busy machine fails no test. */
const HANGS = 30_000;

describeWith([POSTGRES, MOSQUITTO, REDIS], 'sources that misbehave', () => {
  const undo: (() => Promise<unknown>)[] = [];
  const links = new Map<Source, BadLink>();
  let exporter: TestExporter;

  function link(source: Source): BadLink {
    const found = links.get(source);
    if (found === undefined) throw new Error(`no link to ${source}`);
    return found;
  }

  /** A scrape as Prometheus makes it; rejects when it hangs. */
  async function scrape(): Promise<string> {
    const response = await fetch(`${exporter.url}/metrics`, {
      headers: { 'X-Prometheus-Scrape-Timeout-Seconds': String(SCRAPE_TIMEOUT) },
      signal: AbortSignal.timeout(HANGS),
    });
    expect(response.status).toBe(200);
    return response.text();
  }

  const successOf = (text: string, source: Source): number | undefined =>
    valueOf(
      text,
      source === 'alert store'
        ? 'valtronics_alert_store_up'
        : `valtronics_collector_success{collector="${source}"}`,
    );

  beforeAll(async () => {
    const api = await startFakeApi();
    undo.push(() => api.stop());
    const postgres = await startPostgres();
    undo.push(() => postgres.stop());
    await postgres.createDatabase('valtronics_db');
    const client = await postgres.connect('valtronics_db');
    await createPlatformSchema(client);
    await client.end();
    await postgres.createDatabase('alerts');
    const broker = await startMosquitto();
    undo.push(() => broker.stop());
    const redis = await startRedis();
    undo.push(() => redis.stop());
    const ports = {
      api: api.port,
      postgres: postgres.port,
      mqtt: broker.port,
      redis: redis.port,
      'alert store': postgres.port,
    };
    for (const source of SOURCES) {
      const opened = await openBadLink(ports[source]);
      links.set(source, opened);
      undo.push(() => opened.stop());
    }
    exporter = await startExporter({
      VALTRONICS_API_URL: `http://127.0.0.1:${link('api').port}`,
      VALTRONICS_DATABASE_URL: `postgres://postgres@127.0.0.1:${link('postgres').port}/valtronics_db`,
      VALTRONICS_MQTT_URL: `mqtt://127.0.0.1:${link('mqtt').port}`,
      VALTRONICS_REDIS_URL: `redis://127.0.0.1:${link('redis').port}`,
      VALTRONICS_STORE_URL: `postgres://postgres@127.0.0.1:${link('alert store').port}/alerts`,
      VALTRONICS_COLLECT_TIMEOUT: '2s',
      VALTRONICS_COLLECT_KEEP_AFTER_FAILURE: '1h',
    });
    undo.push(() => exporter.stop());
  });

  afterAll(async () => {
    for (const step of undo.reverse()) await step();
  });

  async function allSucceed(): Promise<void> {
    await waitFor('every source to work', async () => {
      const text = await scrape();
      return SOURCES.every((source) => successOf(text, source) === 1);
    });
  }

  describe.each(SOURCES)('%s', (source) => {
    afterEach(() => link(source).set('healthy'));

    it.each(MODES)('%s: the scrape ends, the others go on, and it comes back', async (mode) => {
      await allSucceed();
      await link(source).set(mode);
      // On a busy machine one of the others may be late once; that it works beside the broken one is what counts.
      await waitFor('this source alone to fail, and the devices to stay', async () => {
        const text = await scrape();
        const isRight = (other: Source): boolean => successOf(text, other) === (other === source ? 0 : 1);
        return SOURCES.every(isRight) && valueOf(text, 'valtronics_devices{status="online"}') !== undefined;
      });
      await link(source).set('healthy');
      await allSucceed();
    });
  });
});
