import { join } from 'node:path';
import type { Ports } from './ports.ts';
import { copyProvisioning } from './run-folder.ts';
import type { ServiceCommand } from './service.ts';

/** Alertmanager with the repository's configuration, alone: without a cluster it opens no second port. */
export function alertmanagerCommand(binary: string, folder: string, ports: Ports): ServiceCommand {
  const config = copyProvisioning('alertmanager', folder);
  const base = `http://127.0.0.1:${ports.alertmanager}`;
  return {
    name: 'Alertmanager',
    command: binary,
    args: [
      `--config.file=${join(config, 'alertmanager.yml')}`,
      `--storage.path=${join(folder, 'alertmanager')}`,
      `--web.listen-address=127.0.0.1:${ports.alertmanager}`,
      `--web.external-url=${base}`,
      '--cluster.listen-address=',
    ],
    environment: process.env,
    logFile: join(folder, 'logs', 'alertmanager.log'),
    readyUrl: `${base}/-/ready`,
  };
}
