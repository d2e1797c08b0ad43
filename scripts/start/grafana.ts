import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { grafanaHome, serverArguments } from './grafana-home.ts';
import { assembleProvisioning } from './grafana-provisioning.ts';
import { demoSettings, provisioningVariables } from './grafana-settings.ts';
import { buildPlugin, isStale } from './plugin-build.ts';
import { GRAFANA } from './programs.ts';
import { launch, type Run } from './run.ts';
import { ROOT } from './run-folder.ts';

const PLUGIN = join(ROOT, 'plugin');
const DASHBOARDS = join(ROOT, 'dashboards', 'generated');

/** The plugins folder of this run holds our app and nothing else. */
function linkPlugin(grafanaFolder: string, withApp: boolean): void {
  const plugins = join(grafanaFolder, 'plugins');
  rmSync(plugins, { recursive: true, force: true });
  mkdirSync(plugins, { recursive: true });
  if (withApp) symlinkSync(join(PLUGIN, 'dist'), join(plugins, 'valtronics-monitoring-app'), 'dir');
}

/** Builds the app where that is due; resolves with whether there is one to load. */
async function requirePlugin(run: Run, say: (text: string) => void): Promise<boolean> {
  if (!isStale(PLUGIN)) return true;
  say('Building the Grafana app, once …');
  const log = join(run.folder, 'logs', 'plugin-build.log');
  const built = await buildPlugin(PLUGIN, log, run.stopping.signal);
  run.stopping.signal.throwIfAborted();
  if (!built) {
    run.rows.push({ part: 'Grafana app', state: 'missing', where: '', note: `could not be built: ${log}` });
  }
  return built;
}

/** Starts the server with the app, data sources and dashboards in place, and puts it into the table. */
async function serve(run: Run, binary: string, say: (text: string) => void): Promise<void> {
  const home = grafanaHome(binary, run.environment);
  const folder = join(run.folder, 'grafana');
  const withApp = await requirePlugin(run, say);
  assembleProvisioning(folder, run, withApp);
  linkPlugin(folder, withApp);
  const base = `http://127.0.0.1:${run.ports.grafana}`;
  await launch(run, {
    name: 'Grafana',
    command: binary,
    args: serverArguments(binary, home),
    environment: {
      ...demoSettings(folder, DASHBOARDS, run.ports),
      // A GF_ variable of the user's own wins.
      ...run.environment,
      ...provisioningVariables(DASHBOARDS, run.token, run.ports),
    },
    logFile: join(run.folder, 'logs', 'grafana.log'),
    readyUrl: `${base}/api/health`,
  });
  run.rows.push({
    part: GRAFANA.name,
    state: 'runs',
    where: withApp ? `${base}/a/valtronics-monitoring-app/fleet` : base,
    note: `dashboards: ${base}/dashboards; to change something: admin, admin`,
  });
}

/**
 * Starts Grafana where it is installed. A Grafana that does not start is a row of the table, not the end of
 * the run: the exporter is the main job.
 */
export async function startGrafana(
  run: Run,
  binary: string | undefined,
  say: (text: string) => void,
): Promise<void> {
  if (binary === undefined) {
    run.rows.push({ part: GRAFANA.name, state: 'missing', where: '', note: GRAFANA.hint });
    return;
  }
  try {
    await serve(run, binary, say);
  } catch (error) {
    run.stopping.signal.throwIfAborted();
    say(`Grafana could not be started: ${error instanceof Error ? error.message : String(error)}`);
    run.rows.push({
      part: GRAFANA.name,
      state: 'missing',
      where: '',
      note: 'could not be started, see above',
    });
  }
}
