import { join } from 'node:path';
import { freePort } from '../../../exporter/test/support/server.ts';
import { copyAlertmanager } from './alertmanager.ts';
import { type AlertmanagerProcess, startAlertmanagerProcess } from './alertmanager-process.ts';
import {
  type LoopbackHttp,
  type LoopbackMail,
  startHttpReceiver,
  startMailReceiver,
} from './loopback-receivers.ts';

export type { PostedAlert } from './alertmanager-process.ts';

/** An Alertmanager with the committed configuration and its receivers, all on loopback. */
export interface RunningAlertmanager extends Pick<AlertmanagerProcess, 'post' | 'alerts'> {
  readonly http: LoopbackHttp;
  readonly mail: LoopbackMail;
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
  const { post, alerts, stop } = await startAlertmanagerProcess({
    configFile: join(config.path, 'alertmanager.yml'),
    storage: join(config.path, 'data'),
    port: await freePort(),
  });
  return {
    http,
    mail,
    post,
    alerts,
    stop: async () => {
      await stop();
      await http.stop();
      await mail.stop();
      await config.remove();
    },
  };
}
