import { z } from 'zod';
import { alertProblems, alertSections } from './alert-sections.ts';
import { logSections } from './log-sections.ts';
import { rulesSection } from './rules-section.ts';
import {
  duration,
  filePath,
  fixedOption,
  list,
  listenAddress,
  option,
  sourceUrl,
  wholeNumber,
} from './option-types.ts';
import { traceSections } from './trace-sections.ts';

/** Labels that tell no two series of a device apart. */
const LABELS_TO_LEAVE = [
  'name',
  'device_type',
  'location',
  'manufacturer',
  'model',
  'firmware_version',
] as const;

/**
 * Every setting, once. The path is the YAML key; in capitals, joined by `_` and after `VALTRONICS_`, it is
 * the environment's name (contract §3). Help, documentation, JSON schema and checks come from here.
 */
export const settingsSchema = z
  .strictObject({
    api: z
      .strictObject({
        url: option(
          'Base URL of the platform’s REST API. Enables the collector `api`.',
          sourceUrl({ schemes: ['http', 'https'] }, 'http://127.0.0.1:8000'),
        ),
        timeout: option('Longest wait for one request.', duration('5s', '100ms', '1m')),
        requests_source: option(
          'Who counts the API’s requests and their durations: its access logs, or the gateway. Never both, else each would count twice.',
          z.enum(['access_log', 'gateway']).default('access_log').meta({ allowed: 'access_log or gateway' }),
        ),
        ca_file: option(
          'PEM file of the authority that signed the API’s certificate, where the system does not know it.',
          filePath(),
        ),
      })
      .prefault({}),
    mqtt: z
      .strictObject({
        url: option(
          'Broker, with user and password if it wants them. Enables the collectors `mqtt` and `broker`.',
          sourceUrl({ schemes: ['mqtt', 'mqtts'] }, 'mqtt://user:password@127.0.0.1:1883'),
        ),
        client_id: option(
          'Client id of the persistent session; must be unique at the broker. Default: made once and kept in the state folder.',
          z.string().min(1).max(128).optional().meta({ allowed: '1 to 128 characters' }),
        ),
        shared_group: option(
          'Join `$share/<group>/` so that several exporters split one fleet’s messages.',
          z
            .string()
            .regex(/^[\w.-]+$/)
            .optional()
            .meta({ allowed: 'letters, digits, dot, dash and underscore' }),
        ),
        session_expiry: option(
          'How long the broker keeps messages for this exporter while it is away (MQTT 5).',
          duration('1h', '0s', '7d'),
        ),
        max_payload_bytes: option(
          'Larger messages are counted and not parsed.',
          wholeNumber(1_048_576, 1024, 268_435_455),
        ),
        ca_file: option('PEM file of the authority that signed the broker’s certificate.', filePath()),
        cert_file: option('PEM file of the client certificate.', filePath()),
        key_file: option('PEM file of the client certificate’s key.', filePath()),
      })
      .prefault({}),
    database: z
      .strictObject({
        url: option(
          'The platform’s PostgreSQL. Enables the collector `postgres`. A read-only role is enough.',
          sourceUrl(
            { schemes: ['postgresql', 'postgres'], hostOptional: true },
            'postgresql://exporter:password@127.0.0.1:5432/valtronics_db',
          ),
        ),
        devices_interval: option('The device table is read at most this often.', duration('1m', '5s', '1h')),
      })
      .prefault({}),
    redis: z
      .strictObject({
        url: option(
          'The platform’s Redis. Enables the collector `redis`.',
          sourceUrl({ schemes: ['redis', 'rediss'] }, 'redis://:password@127.0.0.1:6379'),
        ),
      })
      .prefault({}),
    log: z
      .strictObject({
        paths: option(
          'Access logs of the API to follow: globs, separated by commas. Enables the collector `access_log`.',
          list([], 'globs separated by commas, e.g. /var/log/nginx/access*.log'),
        ),
        level: option(
          'Least severity of the exporter’s own log, JSON lines on standard error.',
          z
            .enum(['debug', 'info', 'warn', 'error'])
            .default('info')
            .meta({ allowed: 'debug, info, warn or error' }),
        ),
      })
      .prefault({}),
    telemetry: z
      .strictObject({
        source: option(
          'Which source counts telemetry points; the other is compared with it. Default: mqtt when configured, else postgres.',
          z.enum(['mqtt', 'postgres']).optional().meta({ allowed: 'mqtt or postgres' }),
        ),
        expire_after: option(
          'A metric of a device that is not renewed for so long (and three of the device’s intervals) is no longer exposed.',
          duration('1h', '1m', '30d'),
        ),
      })
      .prefault({}),
    ...logSections,
    ...traceSections,
    ...alertSections,
    rules: rulesSection,
    listen: fixedOption(
      'Address and port of the HTTP server.',
      listenAddress()
        .default('0.0.0.0:8001')
        .meta({ allowed: 'host:port, e.g. 127.0.0.1:8001, [::]:8001 or :8001' }),
    ),
    state_dir: fixedOption(
      'Folder for what survives a restart.',
      z.string().min(1).default('.run/exporter').meta({ allowed: 'a path' }),
    ),
    token: option(
      'Bearer token that every `/api` call must bring. Without one, writes are accepted from loopback only.',
      z.string().min(8).optional().meta({ allowed: 'at least 8 characters', secret: true }),
    ),
    web_config_file: fixedOption(
      'TLS and basic auth in the format of Prometheus’ exporter-toolkit (web-config.yml).',
      filePath(),
    ),
    external_labels: option(
      'Labels that Prometheus adds to everything; left out of alert fingerprints.',
      list(['cluster', 'region', 'replica'], 'label names separated by commas'),
    ),
    max_devices: option('Most devices with series of their own.', wholeNumber(100_000, 1, 1_000_000)),
    offline_after: option(
      'A device silent for longer (and for three of its own intervals) is offline.',
      duration('5m', '10s', '7d'),
    ),
    device_expire_after: option(
      'A device that only MQTT knows is forgotten after so long a silence.',
      duration('1d', '1m', '90d'),
    ),
    shard: option(
      'Number of this exporter among `total_shards`, from 0: it watches its part of the devices.',
      wholeNumber(0, 0, 1023),
    ),
    total_shards: option('How many exporters share the fleet.', wholeNumber(1, 1, 1024)),
    collect: z
      .strictObject({
        timeout: option(
          'Longest time of one collector’s attempt, inside the scrape’s budget.',
          duration('5s', '100ms', '1m'),
        ),
        min_interval: option('Scrapes closer than this share one collection.', duration('5s', '0s', '1m')),
        background_interval: option(
          'Collection interval while nobody scrapes and receivers are to be told of the platform’s alerts.',
          duration('15s', '1s', '5m'),
        ),
        keep_after_failure: option(
          'How long the last values of a failing source stay exposed.',
          duration('2m', '0s', '1h'),
        ),
      })
      .prefault({}),
    devices: z
      .strictObject({
        include: option(
          'Devices that are watched; all, when it is empty.',
          list([], 'device ids separated by commas, * and ? stand for any characters and one'),
        ),
        exclude: option(
          'Devices that are not watched: they have no series and are not listed.',
          list([], 'device ids separated by commas, * and ? stand for any characters and one'),
        ),
      })
      .prefault({}),
    exposition: z
      .strictObject({
        exclude_families: option(
          'Families that `/metrics` leaves out.',
          list([], 'names separated by commas, * and ? stand for any characters and one, e.g. nodejs_*'),
        ),
        exclude_labels: option(
          'Labels that the series of single devices do without.',
          list([], `names among ${LABELS_TO_LEAVE.join(', ')}, separated by commas`)
            .pipe(z.array(z.enum(LABELS_TO_LEAVE)))
            .meta({ allowed: `names among ${LABELS_TO_LEAVE.join(', ')}, separated by commas` }),
        ),
      })
      .prefault({}),
    limits: z
      .strictObject({
        topics: option(
          'Most MQTT topic templates with a series of their own; the rest is `other`.',
          wholeNumber(50, 1, 1000),
        ),
        metric_names: option(
          'Most telemetry metric names; the rest is `other`.',
          wholeNumber(500, 1, 10_000),
        ),
        units: option('Most units of telemetry.', wholeNumber(200, 1, 10_000)),
        device_types: option('Most device types; the rest is `other`.', wholeNumber(100, 1, 10_000)),
        endpoints: option('Most API routes; the rest is `other`.', wholeNumber(200, 1, 10_000)),
      })
      .prefault({}),
  })
  .refine((settings) => settings.shard < settings.total_shards, {
    path: ['shard'],
    message: 'must be less than total_shards',
  })
  .refine((settings) => settings.total_shards === 1 || settings.mqtt.shared_group === undefined, {
    path: ['mqtt', 'shared_group'],
    message:
      'does not go together with total_shards: the broker would give most messages to an exporter that does not watch the device',
  })
  .refine((settings) => settings.telemetry.source !== 'mqtt' || settings.mqtt.url !== undefined, {
    path: ['telemetry', 'source'],
    message: 'mqtt needs mqtt.url',
  })
  .refine((settings) => settings.telemetry.source !== 'postgres' || settings.database.url !== undefined, {
    path: ['telemetry', 'source'],
    message: 'postgres needs database.url',
  })
  .superRefine((settings, context) => {
    for (const problem of alertProblems(settings)) context.addIssue({ code: 'custom', ...problem });
  })
  .refine((settings) => (settings.mqtt.cert_file === undefined) === (settings.mqtt.key_file === undefined), {
    path: ['mqtt', 'cert_file'],
    message: 'cert_file and key_file go together',
  });

/** The settings as the program uses them: parsed, complete, durations in milliseconds. */
export type Settings = z.output<typeof settingsSchema>;
