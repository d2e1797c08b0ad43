/** A program that tests need, with the Debian package that brings it. */
export interface Requirement {
  readonly names: readonly string[];
  /** Debian's package; without one the program is optional everywhere (Go, Grafana). */
  readonly package?: string;
  readonly folders?: readonly string[];
}

/** Makes certificates. */
export const OPENSSL: Requirement = { names: ['openssl'], package: 'openssl' };
export const MOSQUITTO: Requirement = { names: ['mosquitto'], package: 'mosquitto' };
export const REDIS: Requirement = { names: ['redis-server'], package: 'redis-server' };
export const PROMETHEUS: Requirement = { names: ['prometheus'], package: 'prometheus' };
export const PROMTOOL: Requirement = { names: ['promtool'], package: 'prometheus' };
export const ALERTMANAGER: Requirement = {
  names: ['prometheus-alertmanager', 'alertmanager'],
  package: 'prometheus-alertmanager',
};
export const AMTOOL: Requirement = { names: ['amtool'], package: 'prometheus-alertmanager' };
export const NODE_EXPORTER: Requirement = {
  names: ['prometheus-node-exporter', 'node_exporter'],
  package: 'prometheus-node-exporter',
};
export const POSTGRES_EXPORTER: Requirement = {
  names: ['prometheus-postgres-exporter', 'postgres_exporter'],
  package: 'prometheus-postgres-exporter',
};
export const REDIS_EXPORTER: Requirement = {
  names: ['prometheus-redis-exporter', 'redis_exporter'],
  package: 'prometheus-redis-exporter',
};
export const POSTGRES: Requirement = {
  names: ['initdb'],
  package: 'postgresql',
  folders: [18, 17, 16, 15, 14].map((version) => `/usr/lib/postgresql/${version}/bin`),
};
export const VICTORIA_METRICS: Requirement = { names: ['victoria-metrics'], package: 'victoria-metrics' };
/** Builds what Debian does not have: VictoriaLogs, Jaeger. */
export const GO: Requirement = { names: ['go'] };
