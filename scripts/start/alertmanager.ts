import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localAlertmanagerConfig } from './alertmanager-config.ts';
import type { Ports } from './ports.ts';
import { copyProvisioning } from './run-folder.ts';
import type { ServiceCommand } from './service.ts';

/** The command's words; without a cluster it opens no second port. */
export function alertmanagerArguments(configFile: string, folder: string, port: number): string[] {
  return [
    `--config.file=${configFile}`,
    `--storage.path=${join(folder, 'alertmanager')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    `--web.external-url=http://127.0.0.1:${port}`,
    '--cluster.listen-address=',
  ];
}

/** Alertmanager with the repository's configuration. */
export function alertmanagerCommand(binary: string, folder: string, ports: Ports): ServiceCommand {
  const file = join(copyProvisioning('alertmanager', folder), 'alertmanager.yml');
  const exporter = `http://127.0.0.1:${ports.exporter}`;
  writeFileSync(file, localAlertmanagerConfig(readFileSync(file, 'utf8'), exporter, join(folder, 'token')));
  return {
    name: 'Alertmanager',
    command: binary,
    args: alertmanagerArguments(file, folder, ports.alertmanager),
    environment: process.env,
    logFile: join(folder, 'logs', 'alertmanager.log'),
    readyUrl: `http://127.0.0.1:${ports.alertmanager}/-/ready`,
  };
}
