import { join } from 'node:path';
import type { Ports } from './ports.ts';
import { ROOT } from './run-folder.ts';
import type { ServiceCommand } from './service.ts';

const PROVISIONING = join(ROOT, 'provisioning', 'jaeger');
/** Below it Jaeger serves everything, as its files say. */
export const JAEGER_BASE_PATH = '/jaeger';

/** Jaeger on loopback, with its traces in memory. */
export function jaegerCommand(binary: string, folder: string, ports: Ports): ServiceCommand {
  return {
    name: 'Jaeger',
    command: binary,
    args: [`--config=${join(PROVISIONING, 'jaeger-memory.yml')}`],
    environment: {
      ...process.env,
      JAEGER_LISTEN_HOST: '127.0.0.1',
      JAEGER_PORT: String(ports.jaeger),
      OTLP_PORT: String(ports.otlp),
      JAEGER_PROMETHEUS_URL: `http://127.0.0.1:${ports.prometheus}`,
      JAEGER_UI_CONFIG: join(PROVISIONING, 'ui.json'),
    },
    logFile: join(folder, 'logs', 'jaeger.log'),
    readyUrl: `http://127.0.0.1:${ports.jaeger}${JAEGER_BASE_PATH}/api/services`,
  };
}
