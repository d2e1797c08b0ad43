import { alertEngineFrom, partsFor } from './alert-engine.ts';
import { startGrafana } from './grafana.ts';
import { findInstalled, type Installed, requireFreePorts } from './installed.ts';
import { startMonitoring } from './monitoring.ts';
import { portsFrom } from './ports.ts';
import type { Run } from './run.ts';
import { runFolder, runToken } from './run-folder.ts';
import { stopService } from './service.ts';
import { hasOwnSources } from './sources.ts';
import { startExporter, startSimulator } from './stack.ts';
import { renderTable } from './table.ts';
import { tracingSettings } from './tracing-settings.ts';

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function complain(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}

/** Resolves when a signal asks the stack to end. */
function untilAsked(): Promise<'asked'> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve('asked'));
  });
}

async function bringUp(run: Run, installed: Installed): Promise<'up'> {
  const own = hasOwnSources(run.environment);
  say(
    own
      ? 'Starting the exporter with the sources of the environment …'
      : 'Starting a simulated Valtronics and the exporter …',
  );
  const sources = own ? {} : await startSimulator(run);
  await startExporter(run, installed, sources);
  say(`The exporter answers at http://127.0.0.1:${run.ports.exporter}`);
  await startMonitoring(run, installed);
  await startGrafana(run, installed.grafana, say);
  return 'up';
}

/** Reports every part that ends by itself; resolves when that part is the exporter, the main job. */
function untilExporterEnds(run: Run): Promise<'ended'> {
  return new Promise((resolve) => {
    for (const service of run.services) {
      void service.gone.then((reason) => {
        if (run.stopping.signal.aborted) return;
        complain(`${service.name} ended by itself (${reason}); its log: ${service.logFile}`);
        if (service.name === 'exporter') resolve('ended');
      });
    }
  });
}

async function runUntilStopped(run: Run, installed: Installed, tokenFile: string): Promise<number> {
  const asked = untilAsked();
  const up = bringUp(run, installed);
  try {
    if ((await Promise.race([up, asked])) === 'asked') return 0;
    say(
      `\n${renderTable(run.rows)}\n\n  Logs: ${run.folder}/logs   API token: ${tokenFile}   Stop: Ctrl-C\n`,
    );
    return (await Promise.race([asked, untilExporterEnds(run)])) === 'ended' ? 1 : 0;
  } finally {
    run.stopping.abort();
    await Promise.all(run.services.map(stopService));
    await up.catch(() => undefined);
  }
}

try {
  const ports = portsFrom(process.env);
  // First of all: a second run on the same port must not touch the files of the first.
  const engine = alertEngineFrom(process.env);
  const installed = partsFor(engine, findInstalled(process.env));
  await requireFreePorts(ports, installed, !hasOwnSources(process.env));
  const folder = runFolder(ports.exporter);
  const { token, file } = runToken(folder, process.env);
  const run: Run = {
    environment: { ...process.env, ...tracingSettings({ environment: process.env, ports }, installed) },
    engine,
    ports,
    folder,
    token,
    services: [],
    rows: [],
    stopping: new AbortController(),
  };
  // At once: a process that ends by itself lets go of its signal handlers first, and one Ctrl-C more would be its end.
  process.exit(await runUntilStopped(run, installed, file));
} catch (error) {
  complain(error);
  process.exitCode = 1;
}
