import { createServer } from 'node:net';

/** A port taken by another program, or a port setting that is none. The message is for the terminal. */
export class PortError extends Error {}

/** The ports of one run, all on 127.0.0.1 (defaults: docs/installation.md). */
export interface Ports {
  readonly exporter: number;
  /** In front of the simulated API. */
  readonly gateway: number;
  /** Metrics and health of the gateway. */
  readonly gatewayAdmin: number;
  readonly prometheus: number;
  readonly alertmanager: number;
  readonly nodeExporter: number;
  readonly grafana: number;
  /** Jaeger's pages and answers. */
  readonly jaeger: number;
  /** Where Jaeger takes spans, by OTLP over HTTP. */
  readonly otlp: number;
  readonly simulatorApi: number;
  readonly simulatorMqtt: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

function port(environment: Environment, name: string, fallback: number): number {
  const text = environment[name];
  if (!text) return fallback;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535) {
    throw new PortError(`${name}: "${text}" is not allowed: a port from 1 to 65535`);
  }
  return value;
}

/** The exporter's port: `VALTRONICS_LISTEN` wins over `EXPORTER_PORT`. */
function exporterPort(environment: Environment): number {
  const listen = environment['VALTRONICS_LISTEN'];
  const match = listen ? /:(\d+)$/.exec(listen) : null;
  return match?.[1] === undefined ? port(environment, 'EXPORTER_PORT', 8001) : Number(match[1]);
}

export function portsFrom(environment: Environment): Ports {
  return {
    exporter: exporterPort(environment),
    gateway: port(environment, 'GATEWAY_PORT', 8002),
    gatewayAdmin: port(environment, 'GATEWAY_ADMIN_PORT', 8003),
    prometheus: port(environment, 'PROMETHEUS_PORT', 9090),
    alertmanager: port(environment, 'ALERTMANAGER_PORT', 9093),
    nodeExporter: port(environment, 'NODE_EXPORTER_PORT', 9100),
    grafana: port(environment, 'GRAFANA_PORT', 3000),
    jaeger: port(environment, 'JAEGER_PORT', 16_686),
    otlp: port(environment, 'OTLP_PORT', 4318),
    simulatorApi: port(environment, 'SIMULATOR_API_PORT', 8000),
    simulatorMqtt: port(environment, 'SIMULATOR_MQTT_PORT', 1883),
  };
}

async function listens(number: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen(number, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Throws PortError when the port is taken, naming who wants it and which variable moves it. */
export async function requireFree(number: number, program: string, variable: string): Promise<void> {
  if (await listens(number)) return;
  throw new PortError(
    `port ${number} for ${program} is taken: stop the program that holds it, or set ${variable}`,
  );
}
