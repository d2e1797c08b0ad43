import { join } from 'node:path';
import { z } from 'zod';
import { ALERTMANAGER } from '../../../exporter/test/support/require.ts';
import { findExecutable, freePort, startServer } from '../../../exporter/test/support/server.ts';
import { copyAlertmanager } from './alertmanager.ts';
import {
  type LoopbackHttp,
  type LoopbackMail,
  startHttpReceiver,
  startMailReceiver,
} from './loopback-receivers.ts';

export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly startsAt?: string;
  readonly endsAt?: string;
}

const alertsSchema = z.array(
  z.object({
    labels: z.record(z.string(), z.string()),
    status: z.object({ state: z.string(), inhibitedBy: z.array(z.string()) }),
  }),
);
export type KnownAlert = z.infer<typeof alertsSchema>[number];

/** An Alertmanager with the committed configuration and its receivers, all on loopback. */
export interface RunningAlertmanager {
  readonly http: LoopbackHttp;
  readonly mail: LoopbackMail;
  post(...alerts: readonly PostedAlert[]): Promise<void>;
  alerts(): Promise<readonly KnownAlert[]>;
  stop(): Promise<void>;
}

/**
 * Starts it. From the committed configuration differ only addresses, the folder of the secrets and the waits, which are
 * short.
 */
export async function startAlertmanager(): Promise<RunningAlertmanager> {
  const http = await startHttpReceiver();
  const mail = await startMailReceiver();
  const config = copyAlertmanager((text) =>
    text
      .replaceAll('http://exporter:8001', `${http.base}/store`)
      .replaceAll('localhost:25', `127.0.0.1:${mail.port}`)
      .replace('global:\n', `global:\n  pagerduty_url: ${http.base}/pagerduty\n`)
      .replace(
        '- name: watchdog\n',
        `- name: watchdog\n    webhook_configs:\n      - url: ${http.base}/watchdog\n`,
      )
      .replaceAll(/group_wait: \w+/g, 'group_wait: 300ms')
      .replaceAll(/group_interval: \w+/g, 'group_interval: 500ms'),
  );
  config.secret('slack-webhook-url', `${http.base}/slack`);
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const server = await startServer({
    command: findExecutable(ALERTMANAGER.names) ?? '',
    args: [
      `--config.file=${join(config.path, 'alertmanager.yml')}`,
      `--storage.path=${join(config.path, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    port,
    ready: async () => (await fetch(`${base}/-/ready`).catch(() => undefined))?.ok === true,
  });
  return {
    http,
    mail,
    post: async (...alerts) => {
      const headers = { 'Content-Type': 'application/json' };
      const body = JSON.stringify(alerts);
      const answer = await fetch(`${base}/api/v2/alerts`, { method: 'POST', headers, body });
      if (!answer.ok) throw new Error(`Alertmanager answered ${answer.status}: ${await answer.text()}`);
    },
    alerts: async () => alertsSchema.parse(await (await fetch(`${base}/api/v2/alerts`)).json()),
    stop: async () => {
      await server.stop();
      await http.stop();
      await mail.stop();
      await config.remove();
    },
  };
}
