import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answersOk, findExecutable, type RunningServer, startServer } from './server.ts';

/** Upstream's and Debian's name of the program, for `describeWith`. */
export const ALERTMANAGER = {
  names: ['prometheus-alertmanager', 'alertmanager'],
  package: 'prometheus-alertmanager',
};

/** Starts a real Alertmanager in the folder that tells nobody. */
export function startQuietAlertmanager(folder: string, port: number): Promise<RunningServer> {
  const config = join(folder, 'alertmanager.yml');
  writeFileSync(config, 'route: {receiver: nobody}\nreceivers: [{name: nobody}]\n');
  return startServer({
    command: findExecutable(ALERTMANAGER.names) ?? '',
    args: [
      `--config.file=${config}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
    ],
    port,
    ready: () => answersOk(`http://127.0.0.1:${port}/-/ready`),
  });
}
