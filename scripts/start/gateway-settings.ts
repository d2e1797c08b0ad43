import { join } from 'node:path';
import type { Run } from './run.ts';

/** Kept traces for the pages of the app, also where no Jaeger is installed. */
const TRACES_BUFFER = '500';

/** What of the run the gateway in front of the simulated API is made from. */
export type GatewayRun = Pick<Run, 'environment' | 'ports' | 'folder'>;

/**
 * Settings of the gateway, which runs in the exporter's process: so its spans are among those that the exporter keeps, and
 * the exporter's own requests go through it as well. It counts the requests instead of the access log.
 */
export function gatewaySettings({ ports, folder }: GatewayRun, apiUrl: string): NodeJS.ProcessEnv {
  return {
    VALTRONICS_API_URL: gatewayUrl({ ports }),
    VALTRONICS_API_REQUESTS_SOURCE: 'gateway',
    VALTRONICS_GATEWAY_LISTEN: `127.0.0.1:${ports.gateway}`,
    VALTRONICS_GATEWAY_ADMIN_LISTEN: `127.0.0.1:${ports.gatewayAdmin}`,
    VALTRONICS_GATEWAY_UPSTREAM: apiUrl,
    // The simulated clients say which address they have.
    VALTRONICS_GATEWAY_TRUSTED_PROXIES: '127.0.0.1',
    VALTRONICS_GATEWAY_ACCESS_LOG: join(folder, 'gateway', 'access.log'),
  };
}

/** Where clients of the simulated platform ask. */
export function gatewayUrl({ ports }: Pick<Run, 'ports'>): string {
  return `http://127.0.0.1:${ports.gateway}`;
}

/** Tracing is on in each run, unless the user said something about it. */
export function bufferSettings({ environment }: Pick<Run, 'environment'>): NodeJS.ProcessEnv {
  const said = ['VALTRONICS_TRACES_BUFFER', 'VALTRONICS_CONFIG_FILE'].some((name) => environment[name]);
  return said ? {} : { VALTRONICS_TRACES_BUFFER: TRACES_BUFFER };
}
