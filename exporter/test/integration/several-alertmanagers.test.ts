import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ALERTMANAGER, startQuietAlertmanager } from '../support/alertmanager.ts';
import { startExporter, type TestExporter } from '../support/exporter.ts';
import { describeWith } from '../support/require.ts';
import { freePort, type RunningServer, temporaryFolder, waitFor } from '../support/server.ts';

const shown = z.array(z.object({ labels: z.record(z.string(), z.string()) }));

describeWith([ALERTMANAGER], 'several Alertmanagers', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let ports: number[];
  let servers: RunningServer[];
  let exporter: TestExporter;

  const start = (index: number): Promise<RunningServer> => {
    const own = join(folder.path, `${index}`);
    mkdirSync(own, { recursive: true });
    return startQuietAlertmanager(own, ports[index] ?? 0);
  };
  const urlOf = (index: number): string => `http://127.0.0.1:${ports[index] ?? 0}`;
  const names = async (index: number): Promise<string> => {
    const response = await fetch(`${urlOf(index)}/api/v2/alerts`).catch(() => undefined);
    if (response?.ok !== true) return '';
    return shown
      .parse(await response.json())
      .map(({ labels }) => labels['alertname'])
      .sort()
      .join();
  };
  const raise = async (name: string): Promise<void> => {
    await fetch(`${exporter.url}/api/v1/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name, severity: 'info', message: '' }),
    });
  };

  beforeEach(async () => {
    folder = temporaryFolder('alertmanagers');
    ports = [await freePort(), await freePort()];
    servers = [await start(0), await start(1)];
    exporter = await startExporter({
      VALTRONICS_ALERTMANAGER_URL: urlOf(0),
      VALTRONICS_ALERTMANAGER_MORE_URLS: `${urlOf(1)}/, ${urlOf(0)}`,
    });
  });
  afterEach(async () => {
    await exporter.stop();
    for (const server of servers) await server.stop();
    await folder.remove();
  });

  it('are each told every alert, also when the other is down, and hear what they missed', async () => {
    await raise('One');
    for (const index of [0, 1]) await waitFor('the first alert', async () => (await names(index)) === 'One');
    await servers[0]?.stop('SIGKILL');
    await raise('Two');
    await waitFor('the second alert', async () => (await names(1)) === 'One,Two');
    servers[0] = await start(0);
    await waitFor('what was missed', async () => (await names(0)) === 'One,Two', 360_000);
    const metrics = await exporter.metrics();
    expect(metrics).toMatch(/valtronics_alert_notifications_total\{integration="alertmanager"\} [1-9]/);
  }, 600_000);
});
