import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alertmanagerConfigFor } from './alertmanager-config.ts';
import { alertmanagerSecrets } from './alertmanager-secrets.ts';
import type { Ports } from './ports.ts';
import { copyProvisioning, ROOT } from './run-folder.ts';
import type { ServiceCommand } from './service.ts';

/** The command's words; without a cluster it opens no second port. */
export function alertmanagerArguments(configFile: string, folder: string, port: number): string[] {
  return [
    `--config.file=${configFile}`,
    `--storage.path=${join(folder, 'alertmanager')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    `--web.external-url=http://127.0.0.1:${port}`,
    '--cluster.listen-address=',
    // Whom it told is written down this often: what a kill makes it forget is told twice or stays open.
    '--data.maintenance-interval=1m',
  ];
}

/** Where the secrets of a run are: kept out of the repository, read where they lie and never copied. */
export const SECRETS_FOLDER = join(ROOT, 'provisioning', 'alertmanager', 'secrets');

/** Alertmanager with the repository's configuration. */
export function alertmanagerCommand(
  binary: string,
  folder: string,
  ports: Ports,
  secrets = SECRETS_FOLDER,
): ServiceCommand {
  const file = join(copyProvisioning('alertmanager', folder), 'alertmanager.yml');
  const place = {
    exporterUrl: `http://127.0.0.1:${ports.exporter}`,
    tokenFile: join(folder, 'token'),
    secrets,
    ...alertmanagerSecrets(secrets),
  };
  writeFileSync(file, alertmanagerConfigFor(readFileSync(file, 'utf8'), place));
  return {
    name: 'Alertmanager',
    command: binary,
    args: alertmanagerArguments(file, folder, ports.alertmanager),
    environment: process.env,
    logFile: join(folder, 'logs', 'alertmanager.log'),
    readyUrl: `http://127.0.0.1:${ports.alertmanager}/-/ready`,
  };
}
