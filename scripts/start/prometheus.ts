import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { AlertEngine } from './alert-engine.ts';
import type { Ports } from './ports.ts';
import { recordingRulesOf } from './recording-rules.ts';
import { copyProvisioning } from './run-folder.ts';
import type { ServiceCommand } from './service.ts';

/** Jobs of prometheus.yml whose exporters are never part of this run. */
const OPTIONAL_JOBS = [
  // The gateway of this run is in the exporter's process.
  'valtronics-gateway',
  ...['postgres-exporter', 'redis-exporter', 'mosquitto-exporter', 'jaeger', 'cadvisor'],
];

function writeTargets(folder: string, job: string, targets: readonly string[]): void {
  const groups = targets.length === 0 ? [] : [{ targets: [...targets] }];
  writeFileSync(join(folder, 'targets', `${job}.yml`), stringify(groups));
}

/** Takes the alerts out of the rules: another engine evaluates them, from the recording rules that stay. */
function leaveAlertsOut(rules: string): void {
  for (const name of readdirSync(rules)) {
    const file = join(rules, name);
    writeFileSync(file, recordingRulesOf(readFileSync(file, 'utf8')));
  }
}

/** What of the run Prometheus has to do with. */
export interface PrometheusParts {
  readonly nodeExporter: boolean;
  readonly alertmanager: boolean;
  readonly engine: AlertEngine;
}

/** Prometheus with the repository's configuration and rules, and this run's targets. */
export function prometheusCommand(
  binary: string,
  folder: string,
  ports: Ports,
  parts: PrometheusParts,
): ServiceCommand {
  const config = copyProvisioning('prometheus', folder);
  writeTargets(config, 'prometheus', [`127.0.0.1:${ports.prometheus}`]);
  writeTargets(config, 'valtronics-api', [`127.0.0.1:${ports.exporter}`]);
  writeTargets(config, 'node-exporter', parts.nodeExporter ? [`127.0.0.1:${ports.nodeExporter}`] : []);
  writeTargets(config, 'alertmanager', parts.alertmanager ? [`127.0.0.1:${ports.alertmanager}`] : []);
  for (const job of OPTIONAL_JOBS) writeTargets(config, job, []);
  if (parts.engine === 'grafana') leaveAlertsOut(join(config, 'rules'));
  return {
    name: 'Prometheus',
    command: binary,
    args: [
      `--config.file=${join(config, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'prometheus')}`,
      '--storage.tsdb.retention.time=7d',
      `--web.listen-address=127.0.0.1:${ports.prometheus}`,
      '--web.enable-lifecycle',
      // Without it the trace beside a slow request is thrown away.
      '--enable-feature=exemplar-storage',
    ],
    environment: process.env,
    logFile: join(folder, 'logs', 'prometheus.log'),
    readyUrl: `http://127.0.0.1:${ports.prometheus}/-/ready`,
  };
}

/** node-exporter on loopback. */
export function nodeExporterCommand(binary: string, folder: string, ports: Ports): ServiceCommand {
  return {
    name: 'node-exporter',
    command: binary,
    args: [`--web.listen-address=127.0.0.1:${ports.nodeExporter}`],
    environment: process.env,
    logFile: join(folder, 'logs', 'node-exporter.log'),
    readyUrl: `http://127.0.0.1:${ports.nodeExporter}/`,
  };
}
