import { z } from 'zod';
import { ALERTMANAGER } from '../../../exporter/test/support/programs.ts';
import {
  answersOk,
  findExecutable,
  type RunningServer,
  startServer,
} from '../../../exporter/test/support/server.ts';

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

/** A process of Debian's Alertmanager. */
export interface AlertmanagerProcess extends Pick<RunningServer, 'stop' | 'output' | 'process'> {
  readonly url: string;
  post(...alerts: readonly PostedAlert[]): Promise<void>;
  alerts(): Promise<readonly KnownAlert[]>;
  /** Its metrics as text. */
  metrics(): Promise<string>;
}

/** Starts Alertmanager and waits until it is ready. Without `cluster` it opens no second port. */
export async function startAlertmanagerProcess(options: {
  readonly configFile: string;
  readonly storage: string;
  readonly port: number;
  readonly cluster?: readonly string[];
  readonly args?: readonly string[];
}): Promise<AlertmanagerProcess> {
  const url = `http://127.0.0.1:${options.port}`;
  const server = await startServer({
    command: findExecutable(ALERTMANAGER.names) ?? '',
    args: [
      `--config.file=${options.configFile}`,
      `--storage.path=${options.storage}`,
      `--web.listen-address=127.0.0.1:${options.port}`,
      ...(options.cluster ?? ['--cluster.listen-address=']),
      ...(options.args ?? []),
    ],
    port: options.port,
    ready: () => answersOk(`${url}/-/ready`),
  });
  return {
    url,
    stop: server.stop,
    process: server.process,
    output: server.output,
    post: async (...alerts) => {
      const headers = { 'Content-Type': 'application/json' };
      const body = JSON.stringify(alerts);
      const answer = await fetch(`${url}/api/v2/alerts`, { method: 'POST', headers, body });
      if (!answer.ok) throw new Error(`Alertmanager answered ${answer.status}: ${await answer.text()}`);
    },
    alerts: async () => alertsSchema.parse(await (await fetch(`${url}/api/v2/alerts`)).json()),
    metrics: async () => (await fetch(`${url}/metrics`)).text(),
  };
}
