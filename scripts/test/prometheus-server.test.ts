import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { describeWith, PROMETHEUS } from '../../exporter/test/support/require.ts';
import {
  answersOk,
  findExecutable,
  freePort,
  type RunningServer,
  startServer,
  waitFor,
} from '../../exporter/test/support/server.ts';
import { readRules, ruleFiles } from '../generate/prometheus-rules.ts';
import {
  type ConfigFolder,
  copyConfig,
  type FakeExporter,
  JOBS,
  startFakeExporter,
} from './support/prometheus.ts';

/** 3 of 10 devices offline, two critical alert rows, 90 of 100 connections, and points that rise no more. */
const METRICS = `# TYPE valtronics_devices gauge
valtronics_devices{status="online"} 7
valtronics_devices{status="offline"} 3
# TYPE valtronics_alerts_active gauge
valtronics_alerts_active{severity="critical",alert_type="threshold"} 2
# TYPE valtronics_database_connections gauge
valtronics_database_connections{state="used"} 90
valtronics_database_connections{state="max"} 100
# TYPE valtronics_telemetry_points_total counter
valtronics_telemetry_points_total{device_type="sensor",metric_name="temperature"} 5
`;

const rulesSchema = z.object({
  data: z.object({
    groups: z.array(
      z.object({
        rules: z.array(z.object({ name: z.string(), health: z.string(), lastError: z.string().optional() })),
      }),
    ),
  }),
});
const targetsSchema = z.object({
  data: z.object({
    activeTargets: z.array(
      z.object({ scrapePool: z.string(), health: z.string(), labels: z.record(z.string(), z.string()) }),
    ),
  }),
});
const querySchema = z.object({
  data: z.object({
    result: z.array(
      z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) }),
    ),
  }),
});

describeWith([PROMETHEUS], 'a real Prometheus', () => {
  describe.each(['prometheus.yml', 'prometheus.remote-write.yml'])('with %s', (file) => {
    let config: ConfigFolder;
    let exporter: FakeExporter;
    let server: RunningServer;

    const get = async <T extends z.ZodType>(path: string, schema: T): Promise<z.infer<T>> => {
      const response = await fetch(`http://127.0.0.1:${server.port}/api/v1/${path}`);
      return schema.parse(await response.json());
    };
    const query = async (expression: string): Promise<z.infer<typeof querySchema>['data']['result']> =>
      (await get(`query?query=${encodeURIComponent(expression)}`, querySchema)).data.result;

    beforeAll(async () => {
      config = copyConfig();
      exporter = await startFakeExporter(METRICS);
      const port = await freePort();
      for (const job of JOBS) config.target(job);
      config.target('prometheus', `127.0.0.1:${port}`);
      config.target('valtronics-api', exporter.address);
      config.target('redis-exporter', `127.0.0.1:${await freePort()}`);
      config.edit(file, /interval: 1[05]s/g, 'interval: 1s');
      config.edit(file, /timeout: 10s/g, 'timeout: 1s');
      // Groups with an interval of their own would keep the test waiting for a minute.
      for (const rules of ruleFiles()) {
        if (config.read(rules).includes('interval: 1m')) config.edit(rules, 'interval: 1m', 'interval: 1s');
      }
      // What waits for its time is looked at while it does, however long that takes.
      config.edit('rules/devices.yml', 'for: 1m', 'for: 1h');
      if (file === 'prometheus.remote-write.yml') {
        config.edit(file, /url: https:.+/g, `url: http://${exporter.address}/write`);
        mkdirSync(join(config.path, 'secrets'));
        writeFileSync(join(config.path, 'secrets', 'remote-write-token'), 'a-token\n');
      }
      server = await startServer({
        command: findExecutable(PROMETHEUS.names) ?? '',
        args: [
          `--config.file=${join(config.path, file)}`,
          `--storage.tsdb.path=${join(config.path, 'data')}`,
          `--web.listen-address=127.0.0.1:${port}`,
        ],
        port,
        ready: () => answersOk(`http://127.0.0.1:${port}/-/ready`),
      });
    });
    afterAll(async () => {
      await server.stop();
      await exporter.stop();
      await config.remove();
    });

    it('loads every rule, evaluates it without error and scrapes the targets that are listed', async () => {
      const { alerts, records } = readRules();
      const expected = [...alerts.map(({ alert }) => alert), ...records.map(({ record }) => record)].sort();
      const rules = async (): Promise<z.infer<typeof rulesSchema>['data']['groups'][number]['rules']> =>
        (await get('rules', rulesSchema)).data.groups.flatMap((group) => group.rules);
      await waitFor('all rules were evaluated', async () => {
        const known = await rules();
        return known.length > 0 && known.every(({ health }) => health !== 'unknown');
      });
      const loaded = await rules();
      expect(loaded.map(({ name }) => name).sort()).toEqual(expected);
      expect(loaded.filter(({ health, lastError }) => health !== 'ok' || lastError)).toEqual([]);

      const expectedTargets = ['prometheus up', 'redis-exporter down', 'valtronics-api up'];
      let targets: string[] = [];
      // A first scrape may take longer than its time.
      await waitFor('all targets were scraped', async () => {
        const { activeTargets } = (await get('targets', targetsSchema)).data;
        targets = activeTargets.map(({ scrapePool, health }) => `${scrapePool} ${health}`).sort();
        return isDeepStrictEqual(targets, expectedTargets);
      }).catch(() => undefined);
      expect(targets).toEqual(expectedTargets);
    }, 300_000);

    it('sees what the exporter says: three alerts wait for their time, the idle telemetry is quiet', async () => {
      const pending = async (): Promise<string[]> =>
        (await query('ALERTS{alertstate="pending"}')).map(({ metric }) => metric['alertname'] ?? '').sort();
      const expected = ['CriticalAlertsHigh', 'DatabaseConnectionsHigh', 'DevicesOffline'];
      // Before the first scrape ExporterDown is pending, too.
      await waitFor('three alerts are pending', async () => (await pending()).join() === expected.join());
      expect((await query('job:valtronics_devices:offline_ratio')).map(({ value }) => value[1])).toEqual([
        '0.3',
      ]);
    }, 300_000);

    it('gives a target that does not answer up 0, an empty list no up, and reads a changed list again', async () => {
      await waitFor(
        'redis-exporter is down',
        async () => (await query('up{job="redis-exporter"} == 0')).length === 1,
      );
      expect(await query('up{job="postgres-exporter"}')).toEqual([]);
      config.target('postgres-exporter', exporter.address);
      await waitFor(
        'postgres-exporter is up',
        async () => (await query('up{job="postgres-exporter"} == 1')).length === 1,
      );
    }, 300_000);

    if (file === 'prometheus.remote-write.yml') {
      it('writes to the storage with the token of the file', async () => {
        await waitFor('a remote write arrived', () => exporter.writes.length > 0);
        expect(exporter.writes[0]).toBe('Bearer a-token');
      }, 300_000);
    }
  });
});
