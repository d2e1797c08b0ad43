import { family } from '../family.ts';

/** Bucket bounds of every duration of an API request, in seconds (guide, "metrics exporter"). */
export const API_DURATION_BUCKETS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50] as const;

export const TELEMETRY_POINTS = family({
  name: 'valtronics_telemetry_points_total',
  type: 'counter',
  help: 'Telemetry points received, as seen by the counting source (MQTT, else the database).',
  labels: ['device_type', 'metric_name'],
  owner: 'fleet',
  cardinality: 'device types × metric names, both capped',
});

export const TELEMETRY_INGEST_LAG = family({
  name: 'valtronics_telemetry_ingest_lag_points',
  type: 'gauge',
  help: 'Points that MQTT delivered and the database has not stored: grows when the broker delivers while the database stands still.',
  labels: [],
  owner: 'fleet',
  cardinality: '1, with both mqtt and postgres',
});

export const TELEMETRY_BYTES = family({
  name: 'valtronics_telemetry_bytes_total',
  type: 'counter',
  help: 'Payload bytes of the telemetry messages received over MQTT.',
  labels: [],
  owner: 'mqtt',
  cardinality: '1',
  once: true,
});

export const ALERTS = family({
  name: 'valtronics_alerts_total',
  type: 'counter',
  help: 'Alert rows that the platform raised since the exporter began to watch, severity as found.',
  labels: ['severity', 'alert_type'],
  owner: 'fleet',
  cardinality: 'severities × alert types, capped',
  once: true,
});

export const ALERTS_ACTIVE = family({
  name: 'valtronics_alerts_active',
  type: 'gauge',
  help: 'Active alert rows of the platform, not de-duplicated.',
  labels: ['severity', 'alert_type'],
  owner: 'fleet',
  cardinality: 'severities × alert types, capped',
  once: true,
});

export const API_REQUESTS = family({
  name: 'valtronics_api_requests_total',
  type: 'counter',
  help: 'Requests served by the platform API, read from its access log or counted by the gateway; endpoint is the route template.',
  labels: ['method', 'endpoint', 'status'],
  owner: 'access_log',
  cardinality: 'methods × routes (capped) × status codes',
});

export const API_REQUEST_DURATION = family({
  name: 'valtronics_api_request_duration_seconds',
  type: 'histogram',
  help: 'Duration of requests served by the platform API, where the access log has one, or as the gateway sees it.',
  labels: ['method', 'endpoint'],
  owner: 'access_log',
  cardinality: 'methods × routes (capped) × 12',
  buckets: API_DURATION_BUCKETS,
});

export const API_PROBE_DURATION = family({
  name: 'valtronics_api_probe_duration_seconds',
  type: 'histogram',
  help: "Duration of the exporter's own requests to the platform API.",
  labels: ['endpoint'],
  owner: 'api',
  cardinality: 'polled routes (6) × 12',
  buckets: API_DURATION_BUCKETS,
});

export const API_CLIENTS = family({
  name: 'valtronics_api_clients',
  type: 'gauge',
  help: 'Distinct client addresses in the access log of the last 5 minutes. The platform knows no users.',
  labels: [],
  owner: 'access_log',
  cardinality: '1',
});

export const API_UP = family({
  name: 'valtronics_api_healthy',
  type: 'gauge',
  help: "1 when the platform's health document calls the service healthy, else 0.",
  labels: ['service'],
  owner: 'api',
  cardinality: 'services of the health document (3)',
});

export const DATABASE_CONNECTIONS = family({
  name: 'valtronics_database_connections',
  type: 'gauge',
  help: 'Client connections on the database server: used (any state), idle (of those), max (max_connections).',
  labels: ['state'],
  owner: 'postgres',
  cardinality: '3',
  once: true,
});

export const MQTT_MESSAGES = family({
  name: 'valtronics_mqtt_messages_total',
  type: 'counter',
  help: 'Messages below valtronics/ by topic template; direction as the platform sees it: subscribe = from devices, publish = to devices.',
  labels: ['topic', 'direction'],
  owner: 'mqtt',
  cardinality: 'topic templates (capped, rest "other") × 2',
  once: true,
});

export const MQTT_UNUSABLE = family({
  name: 'valtronics_mqtt_unusable_total',
  type: 'counter',
  help: 'Messages or values from MQTT that could not be used, by reason.',
  labels: ['reason'],
  owner: 'mqtt',
  cardinality: 'reasons (about 10)',
  alike: true,
});

export const MQTT_CONNECTED = family({
  name: 'valtronics_mqtt_connected',
  type: 'gauge',
  help: '1 while the exporter is connected to the broker and subscribed, else 0.',
  labels: [],
  owner: 'mqtt',
  cardinality: '1',
});

export const MQTT_RECONNECTS = family({
  name: 'valtronics_mqtt_reconnects_total',
  type: 'counter',
  help: 'Times the connection to the broker was re-established after a loss.',
  labels: [],
  owner: 'mqtt',
  cardinality: '1',
});

export const MQTT_LAST_MESSAGE = family({
  name: 'valtronics_mqtt_last_message_timestamp_seconds',
  type: 'gauge',
  help: 'When the last message below valtronics/ arrived (retained ones do not count).',
  labels: [],
  owner: 'mqtt',
  cardinality: '1',
});

export const MQTT_UNREGISTERED = family({
  name: 'valtronics_mqtt_unregistered_devices',
  type: 'gauge',
  help: 'Devices heard on MQTT that the platform does not know.',
  labels: [],
  owner: 'fleet',
  cardinality: '1',
});

export const BROKER_UP = family({
  name: 'valtronics_broker_uptime_seconds',
  type: 'gauge',
  help: 'Uptime of the broker, from $SYS/broker/uptime.',
  labels: [],
  owner: 'broker',
  cardinality: '1',
});

export const BROKER_CLIENTS = family({
  name: 'valtronics_broker_clients',
  type: 'gauge',
  help: 'Clients of the broker by state, from $SYS/broker/clients.',
  labels: ['state'],
  owner: 'broker',
  cardinality: '4',
});

export const BROKER_MESSAGES = family({
  name: 'valtronics_broker_messages_total',
  type: 'counter',
  help: 'PUBLISH messages that the broker received, sent and dropped, health probes on topic test included.',
  labels: ['flow'],
  owner: 'broker',
  cardinality: '3',
});

export const BROKER_BYTES = family({
  name: 'valtronics_broker_bytes_total',
  type: 'counter',
  help: 'Bytes that the broker received and sent.',
  labels: ['flow'],
  owner: 'broker',
  cardinality: '2',
});

export const BROKER_SUBSCRIPTIONS = family({
  name: 'valtronics_broker_subscriptions',
  type: 'gauge',
  help: 'Active subscriptions of the broker.',
  labels: [],
  owner: 'broker',
  cardinality: '1',
});

export const BROKER_STORED = family({
  name: 'valtronics_broker_stored_messages',
  type: 'gauge',
  help: 'Messages in the broker’s store: retained ones and those queued for durable clients.',
  labels: [],
  owner: 'broker',
  cardinality: '1',
});

export const REDIS_UP = family({
  name: 'valtronics_redis_up',
  type: 'gauge',
  help: '1 when Redis answered PING with PONG, else 0.',
  labels: [],
  owner: 'redis',
  cardinality: '1',
});

export const REDIS_PING = family({
  name: 'valtronics_redis_ping_seconds',
  type: 'gauge',
  help: 'Round trip of the last PING.',
  labels: [],
  owner: 'redis',
  cardinality: '1',
});

export const REDIS_CLIENTS = family({
  name: 'valtronics_redis_connected_clients',
  type: 'gauge',
  help: 'Client connections, from INFO.',
  labels: [],
  owner: 'redis',
  cardinality: '1',
});

export const REDIS_MEMORY = family({
  name: 'valtronics_redis_memory_bytes',
  type: 'gauge',
  help: 'Memory of Redis: used, and max where one is set.',
  labels: ['state'],
  owner: 'redis',
  cardinality: '2',
});

export const REDIS_UPTIME = family({
  name: 'valtronics_redis_uptime_seconds',
  type: 'gauge',
  help: 'Uptime of Redis, from INFO.',
  labels: [],
  owner: 'redis',
  cardinality: '1',
});

export const CERTIFICATE_EXPIRY = family({
  name: 'valtronics_tls_certificate_expiry_timestamp_seconds',
  type: 'gauge',
  help: 'When the TLS certificate that a source presents expires.',
  labels: ['target'],
  owner: 'exporter',
  cardinality: 'sources spoken to over TLS (at most 4)',
});

export const HEALTH_SCORE = family({
  name: 'valtronics_system_health_score',
  type: 'gauge',
  help: 'Health from 0 to 100 by component; overall is the weighted mean of what is measured.',
  labels: ['component'],
  owner: 'exporter',
  cardinality: 'at most 9',
});

export const API_ENDPOINT_SUCCESS = family({
  name: 'valtronics_api_endpoint_success',
  type: 'gauge',
  help: "1 when the exporter's last request to the endpoint of the platform API gave usable data, else 0.",
  labels: ['endpoint'],
  owner: 'api',
  cardinality: 'polled routes (7)',
});

export const API_DEVICES_UNLISTED = family({
  name: 'valtronics_api_devices_unlisted',
  type: 'gauge',
  help: 'Devices that the API counts and does not list: more than 1000 devices, or rows that its list cannot show.',
  labels: [],
  owner: 'api',
  cardinality: '1',
  once: true,
});

export const API_ALERTS_LAST_DAY = family({
  name: 'valtronics_api_alerts_last_day',
  type: 'gauge',
  help: 'Alert rows that the platform created in the last 24 hours by their present status, asked for at most once a minute.',
  labels: ['status'],
  owner: 'api',
  cardinality: 'alert statuses (3, at most 10)',
  once: true,
});
