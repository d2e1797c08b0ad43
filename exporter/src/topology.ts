import { httpPort, parseCredentialUrl } from './base/credential-url.ts';
import { parseListenAddress } from './base/listen-address.ts';
import type { MessageCounts } from './collectors/mqtt/message-counts.ts';
import type { Settings } from './config/schema.ts';
import type { FleetService } from './fleet/create-fleet.ts';
import { API, EXPORTER, GATEWAY } from './trace/service-names.ts';
import type { MessageTraffic } from './tracing/map/message-traffic.ts';
import type { Places, Topology } from './tracing/map/topology.ts';

/** `host:port` of a URL, as spans have them. */
function placeOf(url: string): string {
  const address = parseCredentialUrl(url, { schemes: ['http', 'https'] });
  return `${address.host}:${httpPort(address)}`;
}

/** Addresses that reach the gateway of this process from here. */
function placesOfGateway(listen: string | undefined): (readonly [string, string])[] {
  if (listen === undefined) return [];
  const { host, port } = parseListenAddress(listen);
  const isEverywhere = host === undefined || host === '0.0.0.0' || host === '::';
  const hosts = isEverywhere ? ['127.0.0.1', '::1', 'localhost'] : [host];
  return hosts.map((one) => [`${one}:${port}`, GATEWAY] as const);
}

/** Who is where, by the settings: the names of the service map by address. */
export function placesOf({ api, gateway, jaeger, elasticsearch, alertmanager }: Settings): Places {
  const named = [
    [jaeger.url, 'jaeger'],
    [elasticsearch.url, 'elasticsearch'],
    [alertmanager.url, 'alertmanager'],
    ...alertmanager.more_urls.map((url) => [url, 'alertmanager'] as const),
    [api.url, API],
    [gateway.upstream, API],
  ] as const;
  const places = named.flatMap(([url, name]) => (url === undefined ? [] : [[placeOf(url), name] as const]));
  // The API may be asked through our own gateway: then that is who is called.
  return new Map([...places, ...placesOfGateway(gateway.listen)]);
}

/** What the service map shows besides what is measured: what is configured, and the devices of the fleet. */
export function topologyOf(settings: Settings, fleet: Pick<FleetService, 'types'>): Topology {
  const { api, gateway, database, redis, mqtt, otel } = settings;
  return {
    exporter: otel.service_name ?? EXPORTER,
    gateway: gateway.listen !== undefined,
    api: api.url !== undefined || gateway.upstream !== undefined,
    postgres: database.url !== undefined,
    redis: redis.url !== undefined,
    broker: mqtt.url !== undefined,
    devices: fleet.types(),
  };
}

/** Hands messages on to the service map, by the type of who sent them. */
export function messageCounts(messages: MessageTraffic, fleet: Pick<FleetService, 'typeOf'>): MessageCounts {
  return {
    listening: messages.listening,
    received: messages.received,
    senderOf: (id) => messages.senderOf(id === null ? '' : fleet.typeOf(id)),
  };
}
