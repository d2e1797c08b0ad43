import type { Settings } from '../../config/schema.ts';

/** All of the settings that a gateway is made from: as long as they stay, so does it. */
export interface GatewayPlan {
  readonly listen: string;
  readonly upstream: string;
  readonly upstreamCaFile: string | undefined;
  readonly webConfigFile: string | undefined;
  readonly accessLog: string | undefined;
  readonly trustedProxies: readonly string[];
  readonly connections: number;
  readonly inFlight: number;
  readonly maxEndpoints: number;
  readonly countsRequests: boolean;
}

/** The gateway that the settings ask for; undefined where they name no address, or no API to stand in front of. */
export function gatewayPlan(
  { gateway, api, limits }: Pick<Settings, 'gateway' | 'api' | 'limits'>,
  listen = gateway.listen,
): GatewayPlan | undefined {
  const upstream = gateway.upstream ?? api.url;
  if (listen === undefined || upstream === undefined) return undefined;
  return {
    listen,
    upstream,
    upstreamCaFile: gateway.upstream_ca_file ?? (gateway.upstream === undefined ? api.ca_file : undefined),
    webConfigFile: gateway.web_config_file,
    accessLog: gateway.access_log,
    trustedProxies: gateway.trusted_proxies,
    connections: gateway.max_connections,
    inFlight: gateway.max_in_flight,
    maxEndpoints: limits.endpoints,
    countsRequests: api.requests_source === 'gateway',
  };
}
