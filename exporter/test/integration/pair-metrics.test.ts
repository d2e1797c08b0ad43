import { afterEach, expect, it } from '@jest/globals';
import { CATALOGUE } from '../../src/metrics/catalogue/index.ts';
import { startExporter, subscribed, type TestExporter } from '../support/exporter.ts';
import { json, startFakeApi } from '../support/fake-api.ts';
import { startMosquitto } from '../support/mosquitto.ts';
import { startPostgres } from '../support/postgres.ts';
import { describeWith, MOSQUITTO, POSTGRES } from '../support/require.ts';
import { temporaryFolder, waitFor } from '../support/server.ts';
import { devicesIn, pointsIn, publishReadings, samplesOf, summed } from '../support/shards.ts';

const IDS = Array.from({ length: 20 }, (_, index) => `SENSOR-${1000 + index}`);
/** What each says of its own connections; and times, which differ from one to the next. */
const OF_EACH =
  /^valtronics_(?:mqtt_(?:connected|reconnects|last_message)|api_(?:healthy|endpoint_success|probe_duration)|device_(?:last_seen|status_since)_|broker_)/;
const COMPARED = new Set(
  CATALOGUE.filter(({ owner, alike }) => owner !== 'exporter' || alike).map(({ name }) => name),
);

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const metricsOf = (exporters: readonly TestExporter[]): Promise<string[]> =>
  Promise.all(exporters.map(({ metrics }) => metrics()));
const leads = async ({ value }: TestExporter): Promise<boolean> =>
  (await value('valtronics_alert_leader')) === 1;

describeWith([MOSQUITTO, POSTGRES], 'two exporters that share an alert store', () => {
  it('expose together what one alone does, whichever of them is there', async () => {
    const broker = await startMosquitto();
    undo.push(() => broker.stop());
    const server = await startPostgres();
    undo.push(() => server.stop());
    const api = await startFakeApi();
    undo.push(() => api.stop());
    const registered = IDS.map((device_id, index) => ({
      ...{ id: index + 1, device_id, name: `Device ${device_id}`, device_type: 'sensor' },
      ...{ location: 'Hall 1', status: 'offline', is_active: true },
    }));
    api.set('/api/v1/devices/', json(registered));
    const url = `mqtt://127.0.0.1:${broker.port}`;
    const settings = { VALTRONICS_MQTT_URL: url, VALTRONICS_API_URL: api.url };
    const alone = await startExporter(settings);
    undo.push(() => alone.stop());
    const folders = [temporaryFolder('pair-a'), temporaryFolder('pair-b')];
    undo.push(async () => Promise.all(folders.map((folder) => folder.remove())));
    const start = (stateFolder: string): Promise<TestExporter> =>
      startExporter({ ...settings, VALTRONICS_STORE_URL: server.url() }, { stateFolder });
    const pair = await Promise.all(folders.map(({ path }) => start(path)));
    undo.push(() => Promise.all(pair.map((exporter) => exporter.stop())));
    await Promise.all([alone, ...pair].map(subscribed));
    await waitFor('one to lead', async () => (await Promise.all(pair.map(leads))).includes(true));
    const [leader, follower] = (await leads(pair[0] ?? alone)) ? pair : [...pair].reverse();
    if (leader === undefined || follower === undefined) throw new Error('there are not two');
    await waitFor('the other one to follow', async () => devicesIn([await follower.metrics()]).length === 0);

    for (const exporter of [alone, follower])
      await fetch(`${exporter.url}/api/v1/alerts`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ name: 'FanStuck', severity: 'critical', message: 'It hums' }),
      });
    await publishReadings(url, IDS, 21);
    await waitFor('all points', async () => pointsIn([await alone.metrics()]) === IDS.length);
    await waitFor('all points', async () => pointsIn(await metricsOf(pair)) === IDS.length);
    const compared = [...samplesOf(await alone.metrics())].filter(([series]) => {
      const name = /^\w+/.exec(series)?.[0] ?? '';
      return COMPARED.has(name.replace(/_(?:bucket|sum|count)$/, '')) && !OF_EACH.test(name);
    });
    const sums = summed(await metricsOf(pair));
    expect(compared.map(([series]) => [series, sums.get(series)])).toEqual(compared);
    expect(compared.map(([series]) => series)).toEqual(
      expect.arrayContaining([
        'valtronics_devices{status="online"}',
        'valtronics_store_alerts{source="api",state="active",severity="critical"}',
      ]),
    );

    await leader.stop('SIGKILL');
    await waitFor('the other one to lead', () => leads(follower));
    const left = await follower.metrics();
    expect(devicesIn([left])).toEqual(IDS);
    expect(pointsIn([left])).toBe(IDS.length);
    const again = await start(leader.stateFolder);
    undo.push(() => again.stop());
    await waitFor('it to follow', async () => devicesIn([await again.metrics()]).length === 0);
    expect((await again.metrics()).includes('valtronics_collector_success{collector="mqtt"} 1')).toBe(true);
    expect((await (await fetch(`${again.url}/api/v1/devices`)).text()).includes('SENSOR-1000')).toBe(true);
  }, 300_000);

  it('have it exposed by who led last while the database is away', async () => {
    const server = await startPostgres();
    undo.push(() => server.stop());
    const broker = await startMosquitto();
    undo.push(() => broker.stop());
    const url = `mqtt://127.0.0.1:${broker.port}`;
    const settings = { VALTRONICS_MQTT_URL: url, VALTRONICS_STORE_URL: server.url() };
    const pair = [await startExporter(settings), await startExporter(settings)];
    undo.push(() => Promise.all(pair.map((exporter) => exporter.stop())));
    await Promise.all(pair.map(subscribed));
    await publishReadings(url, IDS, 21);
    const once = (): Promise<void> =>
      waitFor('each device once', async () => devicesIn(await metricsOf(pair)).length === IDS.length);
    await once();
    await server.halt();
    await waitFor('nobody to lead', async () => {
      const led = await Promise.all(pair.map(leads));
      return !led.includes(true);
    });
    expect(devicesIn(await metricsOf(pair))).toEqual(IDS);
    await server.resume();
    await waitFor('one to lead', async () => {
      const led = await Promise.all(pair.map(leads));
      return led.includes(true);
    });
    await once();
  }, 300_000);
});
