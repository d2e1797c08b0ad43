import { parseListenAddress } from '../../base/listen-address.ts';
import { checkAuthority, checkWritable, faultOf } from '../../config/file-checks.ts';
import type { Fault } from '../../config/load.ts';
import type { Settings } from '../../config/schema.ts';
import { trustedProxies } from '../trusted-proxies.ts';
import { readWebConfig } from '../../http/web-config/read.ts';

async function checkGatewayWeb(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  const { users } = await readWebConfig(path);
  if (users.size > 0)
    throw new Error(`"${path}" has basic_auth_users: the gateway asks nobody for a password, the API does`);
}

/** A gateway needs an API, and one that is its own would ask itself for ever. */
function checkUpstream({ gateway, api }: Settings): void {
  const upstream = gateway.upstream ?? api.url;
  if (gateway.listen === undefined) return;
  if (upstream === undefined) throw new Error('is not set, nor is api.url: in front of which API?');
  const { host, port } = parseListenAddress(gateway.listen);
  const { hostname, port: itsPort, protocol } = new URL(upstream);
  const own = [host, 'localhost', '127.0.0.1', '[::1]'];
  if (own.includes(hostname) && Number(itsPort || (protocol === 'https:' ? 443 : 80)) === port)
    throw new Error(`the API at ${hostname}:${port} is the gateway itself: set VALTRONICS_GATEWAY_UPSTREAM`);
}

/** What a gateway with these settings would fail of at its start. */
export async function findGatewayFaults(settings: Settings): Promise<readonly Fault[]> {
  const { gateway } = settings;
  const { listen, admin_listen: adminListen, access_log: accessLog } = gateway;
  const ofListen = await faultOf('gateway.listen', () =>
    listen === undefined ? undefined : parseListenAddress(listen),
  );
  const found = await Promise.all([
    faultOf('gateway.admin_listen', () =>
      adminListen === undefined ? undefined : parseListenAddress(adminListen),
    ),
    faultOf('gateway.upstream_ca_file', () => checkAuthority(gateway.upstream_ca_file)),
    faultOf('gateway.web_config_file', () => checkGatewayWeb(gateway.web_config_file)),
    faultOf('gateway.trusted_proxies', () => trustedProxies(gateway.trusted_proxies)),
    faultOf('gateway.access_log', () => (accessLog === undefined ? undefined : checkWritable(accessLog))),
    ofListen.length === 0 ? faultOf('gateway.upstream', () => checkUpstream(settings)) : ofListen,
  ]);
  return found.flat();
}

/** The same of a gateway that runs alone: of what it has from the exporter's settings, too. */
export async function findStandAloneFaults(settings: Settings): Promise<readonly Fault[]> {
  const { api, otel } = settings;
  const files = await Promise.all([
    faultOf('api.ca_file', () => checkAuthority(api.ca_file)),
    faultOf('otel.ca_file', () => checkAuthority(otel.ca_file)),
  ]);
  return [...files.flat(), ...(await findGatewayFaults(settings))];
}
