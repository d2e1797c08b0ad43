import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appOfGrafanaEngine, contactPointsWithoutMail } from './grafana-alerting.ts';
import type { Run } from './run.ts';
import { copyProvisioning, ROOT } from './run-folder.ts';

/** Folders that Grafana looks for and complains about when they are not there. */
const FOLDERS = ['alerting', 'access-control', 'plugins'];
/** The data source of the log store, which is there only where the store is. */
const LOG_STORE = join(ROOT, 'provisioning', 'elasticsearch', 'grafana-datasource.yml');

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

/**
 * Puts the folder together that Grafana reads, from the repository's: the app's file only when the app is there, alerts
 * only when Grafana is their engine, the log store only when it has an address.
 */
export function assembleProvisioning(
  grafanaFolder: string,
  { engine, environment }: Pick<Run, 'engine' | 'environment'>,
  withApp: boolean,
): void {
  rmSync(join(grafanaFolder, 'provisioning'), { recursive: true, force: true });
  const sources = copyProvisioning('datasources', grafanaFolder);
  if (environment['VALTRONICS_ELASTICSEARCH_URL'])
    copyFileSync(LOG_STORE, join(sources, 'elasticsearch.yml'));
  copyProvisioning('dashboards', grafanaFolder);
  const app = withApp ? join(copyProvisioning('plugins', grafanaFolder), 'valtronics.yml') : undefined;
  if (engine === 'grafana') {
    const alerting = copyProvisioning('alerting', grafanaFolder);
    if (environment['GF_SMTP_ENABLED'] !== 'true')
      edit(join(alerting, 'contact-points.yml'), contactPointsWithoutMail);
    if (app !== undefined) edit(app, appOfGrafanaEngine);
  }
  for (const name of FOLDERS) mkdirSync(join(grafanaFolder, 'provisioning', name), { recursive: true });
}
