import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { describeWith, PROMETHEUS, VICTORIA_METRICS } from '../../exporter/test/support/require.ts';
import {
  answersOk,
  findExecutable,
  freePort,
  type RunningServer,
  startServer,
  waitFor,
} from '../../exporter/test/support/server.ts';
import {
  type ConfigFolder,
  copyConfig,
  type FakeExporter,
  JOBS,
  startFakeExporter,
} from './support/prometheus.ts';

const FILE = 'prometheus.remote-write.yml';
const METRICS = '# TYPE valtronics_devices gauge\nvaltronics_devices{status="online"} 7\n';
const SERIES = 'valtronics_devices{status="online"}';

const matrix = z.object({
  data: z.object({ result: z.array(z.object({ values: z.array(z.tuple([z.number(), z.string()])) })) }),
});
const exported = z.object({
  metric: z.record(z.string(), z.string()),
  timestamps: z.array(z.number()),
});

describeWith([PROMETHEUS, VICTORIA_METRICS], 'remote write to a real VictoriaMetrics', () => {
  let config: ConfigFolder;
  let exporter: FakeExporter;
  let prometheus: RunningServer;
  let storage: RunningServer;
  let storagePort: number;

  const startStorage = (): Promise<RunningServer> =>
    startServer({
      command: findExecutable(VICTORIA_METRICS.names) ?? '',
      args: [`-storageDataPath=${join(config.path, 'storage')}`, `-httpListenAddr=127.0.0.1:${storagePort}`],
      port: storagePort,
      ready: () => answersOk(`http://127.0.0.1:${storagePort}/health`),
    });
  /** Times of the series' samples that Prometheus has itself, milliseconds. */
  const scraped = async (): Promise<number[]> => {
    const query = encodeURIComponent(`${SERIES}[10m]`);
    const answer = await fetch(`http://127.0.0.1:${prometheus.port}/api/v1/query?query=${query}`);
    const [series] = matrix.parse(await answer.json()).data.result;
    return (series?.values ?? []).map(([seconds]) => Math.round(seconds * 1000));
  };
  const stored = async (): Promise<z.infer<typeof exported>> => {
    const match = encodeURIComponent(SERIES);
    const answer = await fetch(`http://127.0.0.1:${storagePort}/api/v1/export?match[]=${match}`);
    const [line = ''] = (await answer.text()).split('\n');
    return line === '' ? { metric: {}, timestamps: [] } : exported.parse(JSON.parse(line));
  };
  const scrapesAgain = async (times: number): Promise<void> => {
    const before = (await scraped()).length;
    await waitFor(`${times} more scrapes`, async () => (await scraped()).length >= before + times);
  };

  beforeAll(async () => {
    config = copyConfig();
    exporter = await startFakeExporter(METRICS);
    storagePort = await freePort();
    for (const job of JOBS) config.target(job);
    config.target('valtronics-api', exporter.address);
    config.edit(FILE, /interval: 1[05]s/g, 'interval: 1s');
    config.edit(FILE, /timeout: 10s/g, 'timeout: 1s');
    config.edit(FILE, /url: https:.+/g, `url: http://127.0.0.1:${storagePort}/api/v1/write`);
    mkdirSync(join(config.path, 'secrets'));
    writeFileSync(join(config.path, 'secrets', 'remote-write-token'), 'a-token\n');
    storage = await startStorage();
    const port = await freePort();
    prometheus = await startServer({
      command: findExecutable(PROMETHEUS.names) ?? '',
      args: [
        `--config.file=${join(config.path, FILE)}`,
        `--storage.tsdb.path=${join(config.path, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      port,
      ready: () => answersOk(`http://127.0.0.1:${port}/-/ready`),
    });
  });
  afterAll(async () => {
    await prometheus.stop();
    await storage.stop();
    await exporter.stop();
    await config.remove();
  });

  it('arrives, with the labels of this Prometheus', async () => {
    await waitFor('the series is stored', async () => (await stored()).timestamps.length > 0);
    expect((await stored()).metric).toMatchObject({
      cluster: 'valtronics-prod',
      region: 'us-east-1',
      job: 'valtronics-api',
      instance: exporter.address,
    });
  });

  it('brings what waited while the storage was away, each sample once', async () => {
    await storage.stop();
    const away = Date.now();
    await scrapesAgain(5);
    storage = await startStorage();
    const back = Date.now();
    await scrapesAgain(1);
    const expected = (await scraped()).filter((time) => time < back);
    expect(expected.filter((time) => time > away).length).toBeGreaterThanOrEqual(5);
    const missing = async (): Promise<number[]> => {
      const { timestamps } = await stored();
      return expected.filter((time) => !timestamps.includes(time));
    };
    await waitFor('the backlog is stored', async () => (await missing()).length === 0).catch(() => undefined);
    expect(await missing()).toEqual([]);
    const { timestamps } = await stored();
    expect(new Set(timestamps).size).toBe(timestamps.length);
  });
});
