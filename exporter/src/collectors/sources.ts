import { type Clock, systemClock } from '../base/clock.ts';
import { parseCredentialUrl } from '../base/credential-url.ts';
import type { DeviceAlertsInput } from '../platform-alerts/device-alerts.ts';
import type { OpenAlertsInput } from '../platform-alerts/open-alerts.ts';
import type { Settings } from '../config/schema.ts';
import type { AlertRowsInput } from '../platform-alerts/alert-rows.ts';
import type { FleetInput } from '../fleet/fleet.ts';
import type { Logger } from '../log/logger.ts';
import type { CollectorName, FamilyOwner } from '../metrics/family.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { StateStore } from '../state/state-store.ts';
import type { Tracer } from '../trace/tracer.ts';
import { createAccessLogCollector } from './access-log/collector.ts';
import { createApiCollector } from './api/collector.ts';
import { createBrokerCollector } from './broker/collector.ts';
import type { Collector } from './collector.ts';
import { parseBrokerUrl } from './mqtt/broker-url.ts';
import { createMqttCollector } from './mqtt/collector.ts';
import { createMqttConnection } from './mqtt/connection.ts';
import type { MessageCounts } from './mqtt/message-counts.ts';
import { readTlsFiles } from './mqtt/transport.ts';
import type { UnusableMessages } from './mqtt/unusable.ts';
import { normaliseUnit } from './mqtt/unit.ts';
import { fetchOpenApi } from './api/open-api.ts';
import { parsePostgresUrl } from '../base/postgres-address.ts';
import { createPostgresCollector } from './postgres/collector.ts';
import { createRedisCollector } from './redis/collector.ts';
import { parseRedisUrl } from './redis/connection.ts';
import { createCertificateExpiry, type CertificateExpiry } from './tls-expiry.ts';
import type { TlsEndpoint } from './tls-expiry-probe.ts';
import { watchCertificate } from './tls-expiry-watch.ts';

/** What every collector is given. */
export interface CollectorParts {
  readonly settings: Settings;
  readonly version: string;
  readonly fleet: FleetInput;
  readonly alertRows: AlertRowsInput;
  /** Undefined when nobody wants the platform's open alerts. */
  readonly openAlerts?: OpenAlertsInput | undefined;
  /** Undefined when nobody wants the alerts that devices raise. */
  readonly deviceAlerts?: DeviceAlertsInput | undefined;
  readonly unusable: UnusableMessages;
  /** Told of MQTT messages; undefined when nobody wants their number. */
  readonly counts?: MessageCounts | undefined;
  /** Of several exporters: whether what the device sends (null: what names none) is this one's to count. */
  readonly isOwn?: ((deviceId: string | null) => boolean) | undefined;
  readonly metrics: Metrics;
  readonly state: StateStore;
  readonly logger: Logger;
  /** The system's by default. */
  readonly clock?: Clock;
  readonly tracer?: Tracer;
}

type Parts = CollectorParts & { readonly certificateExpiry: CertificateExpiry; readonly clock: Clock };

/** Sources whose reports the fleet merges: its families need them all. */
const OF_FLEET: readonly CollectorName[] = ['api', 'postgres', 'mqtt'];

/** The collectors that have to be asked for the families of these owners. */
export function collectorsFor(owners: ReadonlySet<FamilyOwner>): ReadonlySet<string> {
  return new Set<string>(owners.has('fleet') ? [...owners, ...OF_FLEET] : owners);
}

/** Of several exporters the first alone asks those sources that say nothing about single devices. */
function isFirst({ shard }: Settings): boolean {
  return shard === 0;
}

/** Where the API is and whom its certificate is signed by; undefined when it is not configured. */
function apiAddress({ api }: Settings): { url: string; caFile: string | undefined } | undefined {
  return api.url === undefined ? undefined : { url: api.url, caFile: api.ca_file };
}

function httpsEndpoint(url: string): TlsEndpoint | undefined {
  const { scheme, host, port = 443 } = parseCredentialUrl(url, { schemes: ['http', 'https'] });
  return scheme === 'https' ? { host, port } : undefined;
}

function apiCollector(parts: Parts): Collector[] {
  const address = apiAddress(parts.settings);
  if (address === undefined) return [];
  const collector = createApiCollector({ ...parts, ...address, requestTimeout: parts.settings.api.timeout });
  return [watchCertificate(collector, httpsEndpoint(address.url), parts)];
}

/** `mqtt` and `broker` share one connection. */
function mqttCollectors(parts: Parts): Collector[] {
  const { certificateExpiry } = parts;
  const { mqtt, limits } = parts.settings;
  if (mqtt.url === undefined) return [];
  const { cert_file: cert, key_file: key } = mqtt;
  const client = { ...(cert === undefined ? {} : { cert }), ...(key === undefined ? {} : { key }) };
  const files = { ...(mqtt.ca_file === undefined ? {} : { ca: mqtt.ca_file }), ...client };
  const connection = createMqttConnection({
    ...parts,
    url: mqtt.url,
    ...(mqtt.client_id === undefined ? {} : { clientId: mqtt.client_id }),
    files,
    sessionExpiry: mqtt.session_expiry,
    maxPayloadBytes: mqtt.max_payload_bytes,
    onSecure: certificateExpiry.record,
  });
  const group = mqtt.shared_group === undefined ? {} : { sharedGroup: mqtt.shared_group };
  const mqttCollector = createMqttCollector({ ...parts, ...group, connection, maxTopics: limits.topics });
  const forget = async (): Promise<void> => {
    await mqttCollector.stop?.();
    certificateExpiry.forget(connection.target);
  };
  const { host, port, tls } = parseBrokerUrl(mqtt.url).address;
  const endpoint = tls ? { host, port, client: () => readTlsFiles(client) } : undefined;
  return [
    watchCertificate({ ...mqttCollector, stop: forget }, endpoint, parts),
    ...(isFirst(parts.settings) ? [createBrokerCollector({ ...parts, connection })] : []),
  ];
}

function postgresCollector(parts: Parts): Collector[] {
  const { database } = parts.settings;
  if (database.url === undefined) return [];
  const collector = createPostgresCollector({
    ...parts,
    url: database.url,
    devicesInterval: database.devices_interval,
    normaliseUnit,
  });
  return [watchCertificate(collector, parsePostgresUrl(database.url).tls, parts)];
}

function redisCollector(parts: Parts): Collector[] {
  const { url } = parts.settings.redis;
  if (url === undefined || !isFirst(parts.settings)) return [];
  return [watchCertificate(createRedisCollector({ ...parts, url }), parseRedisUrl(url).tls, parts)];
}

function accessLogCollector(parts: Parts): Collector[] {
  const { api, log, limits } = parts.settings;
  if (log.paths.length === 0 || !isFirst(parts.settings)) return [];
  const address = apiAddress(parts.settings);
  return [
    createAccessLogCollector({
      ...parts,
      patterns: log.paths,
      countsRequests: api.requests_source === 'access_log',
      maxEndpoints: limits.endpoints,
      ...(address && {
        fetchOpenApi: (signal: AbortSignal) =>
          fetchOpenApi(address.url, signal, { ...address, tracer: parts.tracer }),
      }),
    }),
  ];
}

/** The collectors of the sources that are configured. Throws when a setting of one cannot be used. */
export function createCollectors(parts: CollectorParts): readonly Collector[] {
  const { clock = systemClock } = parts;
  const all = { ...parts, clock, certificateExpiry: createCertificateExpiry(parts.metrics) };
  return [
    ...apiCollector(all),
    ...postgresCollector(all),
    ...mqttCollectors(all),
    ...redisCollector(all),
    ...accessLogCollector(all),
  ];
}
