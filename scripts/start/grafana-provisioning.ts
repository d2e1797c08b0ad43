import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appOfGrafanaEngine, contactPointsWithoutMail } from './grafana-alerting.ts';
import type { Run } from './run.ts';
import { copyProvisioning, ROOT } from './run-folder.ts';

/** Folders that Grafana looks for and complains about when they are not there. */
const FOLDERS = ['alerting', 'access-control', 'plugins'];
/** The data source of the log store, which is there only where the store is. */
const LOG_STORE = join(ROOT, 'provisioning', 'elasticsearch', 'grafana-datasource.yml');
/** Likewise Jaeger's. */
const JAEGER = join(ROOT, 'provisioning', 'jaeger', 'grafana-datasource.yml');
/** Marks what the log store's data source has of Jaeger. */
const OF_JAEGER = '#jaeger ';

/** The data sources that are there only where they have an address, and what joins them where both are. */
function addOptionalSources(folder: string, environment: NodeJS.ProcessEnv): void {
  const withJaeger = Boolean(environment['VALTRONICS_JAEGER_URL']);
  if (environment['VALTRONICS_ELASTICSEARCH_URL']) {
    const text = readFileSync(LOG_STORE, 'utf8');
    writeFileSync(join(folder, 'elasticsearch.yml'), withJaeger ? text.replaceAll(OF_JAEGER, '') : text);
  }
  if (withJaeger) copyFileSync(JAEGER, join(folder, 'jaeger.yml'));
}

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

/**
 * Puts the folder together that Grafana reads, from the repository's: the app's file only when the app is there, alerts
 * only when Grafana is their engine, log store and Jaeger only when they have an address.
 */
export function assembleProvisioning(
  grafanaFolder: string,
  { engine, environment }: Pick<Run, 'engine' | 'environment'>,
  withApp: boolean,
): void {
  rmSync(join(grafanaFolder, 'provisioning'), { recursive: true, force: true });
  addOptionalSources(copyProvisioning('datasources', grafanaFolder), environment);
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
