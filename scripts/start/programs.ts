import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program of other people that the stack uses when it is installed. */
export interface Program {
  readonly name: string;
  /** Names on PATH, upstream's and Debian's. */
  readonly commands: readonly string[];
  /** Variable that names the binary, wherever it is. */
  readonly variable: string;
  /** How to get it, for the table. */
  readonly hint: string;
}

export const PROMETHEUS: Program = {
  name: 'Prometheus',
  commands: ['prometheus'],
  variable: 'PROMETHEUS_BIN',
  hint: 'apt-get install prometheus, or https://prometheus.io/download and PROMETHEUS_BIN',
};

export const NODE_EXPORTER: Program = {
  name: 'node-exporter',
  commands: ['node_exporter', 'prometheus-node-exporter'],
  variable: 'NODE_EXPORTER_BIN',
  hint: 'apt-get install prometheus-node-exporter, or https://prometheus.io/download and NODE_EXPORTER_BIN',
};

export const ALERTMANAGER: Program = {
  name: 'Alertmanager',
  commands: ['alertmanager', 'prometheus-alertmanager'],
  variable: 'ALERTMANAGER_BIN',
  hint: 'apt-get install prometheus-alertmanager, or https://prometheus.io/download and ALERTMANAGER_BIN',
};

export const JAEGER: Program = {
  name: 'Jaeger',
  commands: ['jaeger'],
  variable: 'JAEGER_BIN',
  hint: 'version 2: https://www.jaegertracing.io/download, then JAEGER_BIN if not on PATH; traces are kept without it, too',
};

export const GRAFANA: Program = {
  name: 'Grafana',
  commands: ['grafana', 'grafana-server'],
  variable: 'GRAFANA_BIN',
  hint: '12.3 or newer: https://grafana.com/grafana/download, then GRAFANA_BIN and GRAFANA_HOME if not on PATH',
};

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Path of the program's binary: the variable's when set (an error when that is not executable), else the
 * first on PATH; undefined when it is not installed.
 */
export function findProgram(
  program: Program,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const named = environment[program.variable];
  if (named) {
    if (isExecutable(named)) return named;
    throw new Error(`${program.variable}: ${named} is not an executable file`);
  }
  const folders = (environment['PATH'] ?? '').split(delimiter);
  return program.commands
    .flatMap((command) => folders.map((folder) => join(folder, command)))
    .find(isExecutable);
}
