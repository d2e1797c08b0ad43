import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { createAlertmanager } from '../../src/alerts/receivers/alertmanager.ts';
import type { Notice } from '../../src/alerts/receivers/receiver.ts';
import { raise as raiseAlert, resolve } from '../../src/alerts/transitions.ts';
import { alertContent, decision } from '../support/alerts.ts';
import { startExporter, type TestExporter } from '../support/exporter.ts';
import { describeWith } from '../support/require.ts';
import {
  answersOk,
  findExecutable,
  freePort,
  type RunningServer,
  startServer,
  temporaryFolder,
  waitFor,
} from '../support/server.ts';

const NAMES = ['prometheus-alertmanager', 'alertmanager'];
const TOKEN = 'a-long-token';

const theirAlerts = z.array(
  z.object({
    fingerprint: z.string(),
    labels: z.record(z.string(), z.string()),
    status: z.object({ state: z.string() }),
  }),
);
const ourAlerts = z.object({
  items: z.array(
    z.object({ fingerprint: z.string(), name: z.string(), source: z.string(), state: z.string() }),
  ),
});

const deliveries = z.object({
  items: z.array(z.object({ kind: z.string(), state: z.string(), receiver: z.string() })),
});

describeWith(
  [{ names: NAMES, package: 'prometheus-alertmanager' }],
  'the alert store and a real Alertmanager',
  () => {
    let folder: ReturnType<typeof temporaryFolder>;
    let alertmanager: RunningServer;
    let exporter: TestExporter;
    let ports: { exporter: number; alertmanager: number };

    const amUrl = (): string => `http://127.0.0.1:${ports.alertmanager}`;

    function startAlertmanager(): Promise<RunningServer> {
      return startServer({
        command: findExecutable(NAMES) ?? '',
        args: [
          `--config.file=${join(folder.path, 'alertmanager.yml')}`,
          `--storage.path=${join(folder.path, 'data')}`,
          `--web.listen-address=127.0.0.1:${ports.alertmanager}`,
          '--cluster.listen-address=',
        ],
        port: ports.alertmanager,
        ready: () => answersOk(`${amUrl()}/-/ready`),
      });
    }

    function start(): Promise<TestExporter> {
      const settings = { VALTRONICS_ALERTMANAGER_URL: amUrl(), VALTRONICS_TOKEN: TOKEN };
      return startExporter(settings, { port: ports.exporter, stateFolder: join(folder.path, 'state') });
    }

    beforeEach(async () => {
      folder = temporaryFolder('alertmanager');
      ports = { exporter: await freePort(), alertmanager: await freePort() };
      writeFileSync(
        join(folder.path, 'alertmanager.yml'),
        `route: {receiver: web.hook, group_by: [alertname], group_wait: 0s, group_interval: 1s, repeat_interval: 1h}
receivers:
  - name: web.hook
    webhook_configs:
      - url: http://127.0.0.1:${ports.exporter}/api/v1/alerts/webhook
        http_config: {authorization: {credentials: ${TOKEN}}}
`,
      );
      alertmanager = await startAlertmanager();
      exporter = await start();
    }, 300_000);
    afterEach(async () => {
      await exporter.stop();
      await alertmanager.stop();
      await folder.remove();
    });

    async function call(path: string, body?: unknown): Promise<unknown> {
      const response = await fetch(`${exporter.url}/api/v1/alerts${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answer: unknown = await response.json();
      expect([response.status, answer]).toEqual([200, answer]);
      return answer;
    }

    const ours = async () => ourAlerts.parse(await call('')).items;
    const theirs = async () => theirAlerts.parse(await (await fetch(`${amUrl()}/api/v2/alerts`)).json());
    const outcomes = async () =>
      deliveries
        .parse(await call('/deliveries'))
        .items.map(({ kind, state, receiver }) => `${kind} ${state} ${receiver}`)
        .join(', ');
    const raise = (name: string) =>
      call('', { name, severity: 'critical', message: 'hums', labels: { device_id: 'MOCK-1000' } });

    it('agree on every alert under one key, in both directions, until it is over', async () => {
      await raise('FanStuck');
      await waitFor('our alert in Alertmanager', async () => (await theirs()).length === 1);
      const [own] = await ours();
      expect((await theirs())[0]?.fingerprint).toBe(own?.fingerprint);

      const startsAt = new Date().toISOString();
      const foreign = [
        { labels: { alertname: 'ExporterDown', severity: 'critical', cluster: 'demo' }, startsAt },
      ];
      await fetch(`${amUrl()}/api/v2/alerts`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(foreign),
      });
      await waitFor('their alert in the store', async () => (await ours()).length === 2);
      expect((await ours()).map(({ name, source }) => `${name} ${source}`)).toEqual([
        'ExporterDown alertmanager',
        'FanStuck api',
      ]);

      await call(`/${own?.fingerprint ?? ''}/resolve`, { comment: 'new fan' });
      await waitFor('the end in Alertmanager', async () =>
        (await theirs()).every(({ labels }) => labels['alertname'] !== 'FanStuck'),
      );
      // Alertmanager shows it before the exporter has noted the answer.
      await waitFor(
        'both are noted',
        async () => (await outcomes()) === 'resolved delivered alertmanager, firing delivered alertmanager',
      );
    });

    it('agree on what fires and what is over after the clock was set back', async () => {
      const began = Date.now();
      const { alert } = raiseAlert(undefined, 'f', alertContent({ name: 'SetBack', startsAt: began }), began);
      const receiver = createAlertmanager(amUrl(), () => began - 90_000);
      const tell = (notice: Notice) => receiver.send([notice], AbortSignal.timeout(10_000));
      const names = async () => (await theirs()).map(({ labels }) => labels['alertname']);
      await tell({ kind: 'firing', alert });
      expect(await names()).toEqual(['SetBack']);
      await tell({ kind: 'resolved', alert: resolve(alert, decision(began)) });
      expect(await names()).toEqual([]);
    });

    it('lose nothing while Alertmanager is away, nor by a kill of the exporter', async () => {
      await alertmanager.stop('SIGKILL');
      await raise('A');
      await waitFor('a failed attempt', async () => {
        const { items } = z
          .object({ items: z.array(z.object({ attempts: z.number() })) })
          .parse(await call('/deliveries?state=pending'));
        return (items[0]?.attempts ?? 0) > 0;
      });
      await exporter.stop('SIGKILL');
      alertmanager = await startAlertmanager();
      exporter = await start();
      await waitFor('the alert in Alertmanager', async () => (await theirs()).length === 1);
      expect(await call('/test', {})).toMatchObject({
        items: [{ receiver: 'alertmanager', delivered: true, answer: expect.stringContaining('200') }],
      });
    });
  },
);
