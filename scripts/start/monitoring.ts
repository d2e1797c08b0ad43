import { alertmanagerCommand } from './alertmanager.ts';
import { hasAlertmanagerConfig, type Installed } from './installed.ts';
import { JAEGER_BASE_PATH, jaegerCommand } from './jaeger.ts';
import { ALERTMANAGER, JAEGER, NODE_EXPORTER, type Program, PROMETHEUS } from './programs.ts';
import { nodeExporterCommand, prometheusCommand } from './prometheus.ts';
import { launch, type Run } from './run.ts';
import type { ServiceCommand } from './service.ts';

/** Starts the program where it is installed, and puts it into the table either way. */
async function startIfInstalled(
  run: Run,
  program: Program,
  binary: string | undefined,
  command: (binary: string) => ServiceCommand,
  where: string,
  note: string,
): Promise<void> {
  if (binary === undefined) {
    run.rows.push({ part: program.name, state: 'missing', where: '', note: program.hint });
    return;
  }
  await launch(run, command(binary));
  run.rows.push({ part: program.name, state: 'runs', where, note });
}

/** Starts node-exporter, Jaeger, Alertmanager and Prometheus where they are installed. */
export async function startMonitoring(run: Run, installed: Installed): Promise<void> {
  const { ports, folder } = run;
  const base = (port: number): string => `http://127.0.0.1:${port}`;
  await startIfInstalled(
    run,
    NODE_EXPORTER,
    installed.nodeExporter,
    (binary) => nodeExporterCommand(binary, folder, ports),
    base(ports.nodeExporter),
    'metrics of this machine',
  );
  await startIfInstalled(
    run,
    JAEGER,
    installed.jaeger,
    (binary) => jaegerCommand(binary, folder, ports),
    `${base(ports.jaeger)}${JAEGER_BASE_PATH}`,
    'traces, kept in memory',
  );
  if (run.engine === 'grafana') {
    run.rows.push({ part: ALERTMANAGER.name, state: 'off', where: '', note: 'Grafana tells people instead' });
  } else if (hasAlertmanagerConfig()) {
    await startIfInstalled(
      run,
      ALERTMANAGER,
      installed.alertmanager,
      (binary) => alertmanagerCommand(binary, folder, ports),
      base(ports.alertmanager),
      'alerts of Prometheus, routed',
    );
  }
  const parts = {
    nodeExporter: installed.nodeExporter !== undefined,
    alertmanager: installed.alertmanager !== undefined,
    engine: run.engine,
  };
  await startIfInstalled(
    run,
    PROMETHEUS,
    installed.prometheus,
    (binary) => prometheusCommand(binary, folder, ports, parts),
    base(ports.prometheus),
    run.engine === 'grafana'
      ? 'targets: /targets; its recording rules only, Grafana evaluates the alerts'
      : 'targets: /targets, rules: /alerts',
  );
}
