import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startExporter, type TestExporter } from '../../../exporter/test/support/exporter.ts';
import { PROMETHEUS } from '../../../exporter/test/support/require.ts';
import {
  answersOk,
  findExecutable,
  freePort,
  startServer,
  waitFor,
} from '../../../exporter/test/support/server.ts';
import {
  runMain,
  simulatorFolder,
  startSimulatorProcess,
} from '../../../simulator/test/support/simulator-process.ts';
import { ruleFiles } from '../../generate/prometheus-rules.ts';
import { alertmanagerConfigFor } from '../../start/alertmanager-config.ts';
import { copyAlertmanager } from './alertmanager.ts';
import {
  type AlertmanagerProcess,
  type KnownAlert,
  startAlertmanagerProcess,
} from './alertmanager-process.ts';
import { startMailReceiver } from './loopback-receivers.ts';
import { type PagingReceivers, startPagingReceivers } from './paging-receivers.ts';
import { copyConfig, JOBS } from './prometheus.ts';

export const TOKEN = 'the-token-of-the-chain';
const SECRETS = ['pagerduty-routing-key', 'slack-webhook-url', 'smtp-password'] as const;

/** Milliseconds: the exporter leaves a source that failed often alone for up to 144 s, also when it is mended. */
export const PATIENCE = 200_000;

/** Words `firing` and `resolved` by receiver, as each of them got them. */
export interface Heard {
  readonly webhook: readonly string[];
  readonly pagerduty: readonly string[];
  readonly slack: readonly string[];
  readonly email: readonly string[];
  /** The keys under which PagerDuty knows it. */
  readonly keys: readonly string[];
}

/** Everything between a device and the person who is told, all of it real but for the three receivers' servers. */
export interface AlertChain {
  readonly exporter: TestExporter;
  readonly receivers: PagingReceivers;
  /** What each receiver heard of the alert since `forget`, in its own order. */
  heard(name: string): Heard;
  /** Waits until every receiver heard of the alert that it is so, at least once. */
  told(name: string, status: 'firing' | 'resolved'): Promise<void>;
  forget(): void;
  /** Waits until Prometheus has the alert firing, or has it no more. */
  evaluated(name: string, firing: boolean): Promise<void>;
  /** What Alertmanager has, inhibited alerts included. */
  known(): Promise<readonly KnownAlert[]>;
  /** Metrics of Alertmanager as text. */
  alertmanagerMetrics(): Promise<string>;
  /** The simulator's documented command, e.g. `break --what database-down`. */
  command(...args: readonly string[]): Promise<void>;
  stopAlertmanager(signal: NodeJS.Signals): Promise<void>;
  startAlertmanager(): Promise<void>;
  stop(): Promise<void>;
}

function heardOf(name: string, { pages, chats, hooks }: PagingReceivers, mails: readonly string[]): Heard {
  const keys = new Set(pages.filter(({ summary }) => summary.includes(name)).map(({ key }) => key));
  const status = (title: string): string => (title.includes('[RESOLVED]') ? 'resolved' : 'firing');
  return {
    webhook: hooks.filter((hook) => hook.name === name).map((hook) => hook.status),
    pagerduty: pages
      .filter(({ key }) => keys.has(key))
      .map(({ action }) => (action === 'resolve' ? 'resolved' : 'firing')),
    slack: chats.filter(({ title }) => title.includes(name)).map(({ title }) => status(title)),
    email: mails
      .map((mail) => /^Subject: .*$/m.exec(mail)?.[0] ?? '')
      .filter((subject) => subject.includes(name))
      .map(status),
    keys: [...keys],
  };
}

/**
 * The committed configuration of Alertmanager with every integration, pointed at loopback by the starter's own code. The
 * waits are short: routes, grouping, repetition and inhibition are the committed ones.
 */
export function chainAlertmanager(base: string, mailPort: number) {
  const folder = copyAlertmanager((text) =>
    text
      .replaceAll('localhost:25', `127.0.0.1:${mailPort}`)
      .replace('global:\n', `global:\n  pagerduty_url: ${base}/pagerduty\n`)
      .replaceAll(/group_wait: \w+/g, 'group_wait: 1s')
      .replaceAll(/group_interval: \w+/g, 'group_interval: 1s'),
  );
  const secrets = join(folder.path, 'secrets');
  folder.secret('exporter-token', TOKEN);
  folder.secret('slack-webhook-url', `${base}/slack`);
  const configFile = join(folder.path, 'alertmanager.yml');
  const text = alertmanagerConfigFor(readFileSync(configFile, 'utf8'), {
    exporterUrl: `${base}/store`,
    tokenFile: join(secrets, 'exporter-token'),
    secrets,
    given: new Set(SECRETS),
    watchdogUrl: undefined,
  });
  writeFileSync(configFile, text);
  return { configFile, path: folder.path, remove: folder.remove };
}

/**
 * The committed rules, evaluated each second; of the times that an alert has to last, a minute is a second. Of those that
 * it goes on it is ten: a scrape that a busy machine misses must not end it.
 */
function chainPrometheus(exporterPort: number, alertmanagerPort: number): ReturnType<typeof copyConfig> {
  const config = copyConfig();
  for (const job of JOBS) config.target(job);
  config.target('valtronics-api', `127.0.0.1:${exporterPort}`);
  config.target('alertmanager', `127.0.0.1:${alertmanagerPort}`);
  config.edit('prometheus.yml', 'evaluation_interval: 15s', 'evaluation_interval: 1s');
  // A scrape that a busy machine does not answer in time would end every alert.
  config.edit('prometheus.yml', /scrape_interval: 1[05]s/g, 'scrape_interval: 4s');
  config.edit('prometheus.yml', /timeout: 10s/g, 'timeout: 4s');
  for (const file of ruleFiles()) {
    const text = config.read(file);
    if (text.includes('interval: 1m')) config.edit(file, 'interval: 1m', 'interval: 1s');
    if (/\bfor: \d+m/.test(text)) config.edit(file, /\bfor: (\d+)m/g, 'for: $1s');
    if (/keep_firing_for: \d+m/.test(text))
      config.edit(file, /keep_firing_for: (\d+)m/g, 'keep_firing_for: $10s');
  }
  // A device is stale after five seconds instead of an hour.
  config.edit('rules/devices.yml', '> 3600', '> 5');
  return config;
}

/** Starts all of it. The caller stops it. */
export async function startAlertChain(): Promise<AlertChain> {
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.toReversed()) await step();
    undo.length = 0;
  };
  try {
    const folder = simulatorFolder();
    undo.push(folder.remove);
    const simulator = await startSimulatorProcess(folder.path, { SIMULATOR_DEVICES: '30' });
    undo.push(() => simulator.end('SIGTERM'));
    const { ready } = simulator;
    const ports = {
      exporter: await freePort(),
      alertmanager: await freePort(),
      prometheus: await freePort(),
    };

    const receivers = await startPagingReceivers(() => `http://127.0.0.1:${ports.exporter}`);
    undo.push(receivers.stop);
    const mail = await startMailReceiver();
    undo.push(mail.stop);

    const alerting = chainAlertmanager(receivers.base, mail.port);
    undo.push(alerting.remove);
    let alertmanager: AlertmanagerProcess;
    const startAlertmanager = async (): Promise<void> => {
      alertmanager = await startAlertmanagerProcess({
        configFile: alerting.configFile,
        storage: join(alerting.path, 'data'),
        port: ports.alertmanager,
        args: ['--data.maintenance-interval=1s'],
      });
    };
    await startAlertmanager();
    undo.push(() => alertmanager.stop());
    const alertmanagerUrl = `http://127.0.0.1:${ports.alertmanager}`;

    const exporter = await startExporter(
      {
        VALTRONICS_API_URL: ready.apiUrl,
        VALTRONICS_MQTT_URL: ready.mqttUrl,
        ...(ready.databaseUrl === null ? {} : { VALTRONICS_DATABASE_URL: ready.databaseUrl }),
        VALTRONICS_ALERTMANAGER_URL: alertmanagerUrl,
        VALTRONICS_TOKEN: TOKEN,
        // As it is by default: a source that fails each second would soon be left alone for minutes.
        VALTRONICS_COLLECT_MIN_INTERVAL: '5s',
      },
      { port: ports.exporter },
    );
    undo.push(() => exporter.stop());

    const config = chainPrometheus(ports.exporter, ports.alertmanager);
    undo.push(config.remove);
    const prometheusUrl = `http://127.0.0.1:${ports.prometheus}`;
    const prometheus = await startServer({
      command: findExecutable(PROMETHEUS.names) ?? '',
      args: [
        `--config.file=${join(config.path, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(config.path, 'data')}`,
        `--web.listen-address=127.0.0.1:${ports.prometheus}`,
        '--rules.alert.resend-delay=2s',
      ],
      port: ports.prometheus,
      ready: () => answersOk(`${prometheusUrl}/-/ready`),
    });
    undo.push(() => prometheus.stop());

    const command = async (...args: readonly string[]): Promise<void> => {
      const { code, stderr } = await runMain(args, { SIMULATOR_API_PORT: new URL(ready.apiUrl).port });
      if (code !== 0) throw new Error(`simulator ${args.join(' ')}: ${stderr}`);
    };
    const heard = (name: string): Heard => heardOf(name, receivers, mail.mails);
    return {
      exporter,
      receivers,
      heard,
      told: (name, status) =>
        waitFor(
          `everybody heard that ${name} is ${status}`,
          () => {
            const { webhook, pagerduty, slack, email } = heard(name);
            return [webhook, pagerduty, slack, email].every((said) => said.includes(status));
          },
          PATIENCE,
        ),
      forget: () => {
        receivers.forget();
        mail.forget();
      },
      evaluated: (name, firing) =>
        waitFor(
          `Prometheus has ${name} ${firing ? 'firing' : 'no more'}`,
          async () => {
            const query = encodeURIComponent(`ALERTS{alertname="${name}",alertstate="firing"}`);
            const answer = await fetch(`${prometheusUrl}/api/v1/query?query=${query}`);
            return (await answer.text()).includes('"result":[]') !== firing;
          },
          PATIENCE,
        ),
      known: () => alertmanager.alerts(),
      alertmanagerMetrics: () => alertmanager.metrics(),
      command,
      stopAlertmanager: (signal) => alertmanager.stop(signal),
      startAlertmanager,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
