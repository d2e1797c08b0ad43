import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Ports, requireFree } from './ports.ts';
import { ALERTMANAGER, findProgram, GRAFANA, JAEGER, NODE_EXPORTER, PROMETHEUS } from './programs.ts';
import { ROOT } from './run-folder.ts';

/** Paths of the programs that this run uses; undefined where one is not installed. */
export interface Installed {
  readonly nodeExporter: string | undefined;
  readonly prometheus: string | undefined;
  /** Undefined also when the repository has no configuration for it: it takes no part then. */
  readonly alertmanager: string | undefined;
  readonly jaeger: string | undefined;
  readonly grafana: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** True when the repository brings a configuration for Alertmanager. */
export function hasAlertmanagerConfig(root = ROOT): boolean {
  return existsSync(join(root, 'provisioning', 'alertmanager', 'alertmanager.yml'));
}

/** Looks for the programs. Throws when a variable names one that cannot be executed. */
export function findInstalled(environment: Environment): Installed {
  return {
    nodeExporter: findProgram(NODE_EXPORTER, environment),
    prometheus: findProgram(PROMETHEUS, environment),
    alertmanager: hasAlertmanagerConfig() ? findProgram(ALERTMANAGER, environment) : undefined,
    jaeger: findProgram(JAEGER, environment),
    grafana: findProgram(GRAFANA, environment),
  };
}

/** Throws PortError for the first port that a part of this run needs and another program holds. */
export async function requireFreePorts(
  ports: Ports,
  installed: Installed,
  simulated: boolean,
): Promise<void> {
  await requireFree(ports.exporter, 'the exporter', 'EXPORTER_PORT');
  if (simulated) {
    await requireFree(ports.gateway, 'the gateway', 'GATEWAY_PORT');
    await requireFree(ports.gatewayAdmin, 'the gateway’s metrics', 'GATEWAY_ADMIN_PORT');
    await requireFree(ports.simulatorApi, 'the simulated API', 'SIMULATOR_API_PORT');
    await requireFree(ports.simulatorMqtt, 'the simulated MQTT broker', 'SIMULATOR_MQTT_PORT');
  }
  if (installed.nodeExporter) await requireFree(ports.nodeExporter, NODE_EXPORTER.name, 'NODE_EXPORTER_PORT');
  if (installed.prometheus) await requireFree(ports.prometheus, PROMETHEUS.name, 'PROMETHEUS_PORT');
  if (installed.alertmanager) await requireFree(ports.alertmanager, ALERTMANAGER.name, 'ALERTMANAGER_PORT');
  if (installed.jaeger) {
    await requireFree(ports.jaeger, JAEGER.name, 'JAEGER_PORT');
    await requireFree(ports.otlp, 'spans to Jaeger', 'OTLP_PORT');
  }
  if (installed.grafana) await requireFree(ports.grafana, GRAFANA.name, 'GRAFANA_PORT');
}
