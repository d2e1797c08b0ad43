import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { range } from '../shared/query.ts';
import { linesOnly, timeseries } from '../shared/timeseries.ts';
import { certificates } from './certificates.ts';

const NO_BROKER = 'Needs the broker: set VALTRONICS_MQTT_URL on the exporter.';
const NO_REDIS = 'Needs Redis: set VALTRONICS_REDIS_URL on the exporter. Without it this stays empty.';

function componentHealth(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 21,
      title: 'Component Health',
      description: 'What System Health is made of, from 0 to 100. A part that is not measured has no line.',
      noValue: 'Prometheus has nothing from the Valtronics exporter.',
      runbooks: ['ApiDown', 'DatabaseDown', 'MqttBrokerDown', 'RedisDown'],
    })
      .withTarget(range('min by (component) (valtronics_system_health_score)', '{{component}}'))
      .unit('short')
      .decimals(0)
      .min(0)
      .max(100),
  );
}

function databaseConnections(): Builder<Panel> {
  return timeseries({
    id: 22,
    title: 'Database Connections',
    description:
      'Client connections on the database server, those of them that are idle, and how many it allows.',
    noValue: 'Needs PostgreSQL: set VALTRONICS_DATABASE_URL on the exporter.',
    runbooks: ['DatabaseConnectionsHigh'],
  })
    .withTarget(range('max by (state) (valtronics_database_connections)', '{{state}}'))
    .unit('short')
    .decimals(0)
    .min(0);
}

function mqttMessages(): Builder<Panel> {
  return timeseries({
    id: 23,
    title: 'MQTT Messages',
    description:
      'Messages below valtronics/ by topic, as the platform sees them: subscribe comes from devices.',
    noValue: NO_BROKER,
    runbooks: ['TelemetryDataMissing'],
  })
    .withTarget(
      range(
        'sum by (topic, direction) (rate(valtronics_mqtt_messages_total[$__rate_interval]))',
        '{{topic}} {{direction}}',
      ),
    )
    .unit('suffix:msg/s')
    .min(0);
}

function brokerTraffic(): Builder<Panel> {
  return timeseries({
    id: 24,
    title: 'Broker Traffic',
    description: 'Bytes that the broker received and sent, and the payload of telemetry among them.',
    noValue: NO_BROKER,
    runbooks: ['TelemetryDataMissing'],
  })
    .withTarget(
      range('max by (flow) (rate(valtronics_broker_bytes_total[$__rate_interval]))', '{{flow}}', 'A'),
    )
    .withTarget(
      range('sum(rate(valtronics_telemetry_bytes_total[$__rate_interval]))', 'telemetry payload', 'B'),
    )
    .unit('Bps')
    .min(0);
}

function brokerLoad(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 25,
      title: 'Broker Clients and Queue',
      description:
        'Clients by state, subscriptions, and messages that the broker stores. A growing store means a client that does not read.',
      noValue: NO_BROKER,
      runbooks: ['MqttBrokerDown'],
    })
      .withTarget(range('max by (state) (valtronics_broker_clients)', 'clients {{state}}', 'A'))
      .withTarget(range('max(valtronics_broker_subscriptions)', 'subscriptions', 'B'))
      .withTarget(range('max(valtronics_broker_stored_messages)', 'stored messages', 'C'))
      .unit('short')
      .decimals(0)
      .min(0),
  );
}

function brokerMessages(): Builder<Panel> {
  return timeseries({
    id: 26,
    title: 'Broker Messages',
    description:
      'PUBLISH messages that the broker received, sent and dropped. Dropped ones never reached a client.',
    noValue: NO_BROKER,
    runbooks: ['MqttBrokerDown'],
  })
    .withTarget(range('max by (flow) (rate(valtronics_broker_messages_total[$__rate_interval]))', '{{flow}}'))
    .unit('suffix:msg/s')
    .min(0);
}

function redisMemory(): Builder<Panel> {
  return timeseries({
    id: 27,
    title: 'Redis Memory',
    description: 'Memory in use, and the limit where Redis has one.',
    noValue: NO_REDIS,
    runbooks: ['RedisDown'],
  })
    .withTarget(range('max by (state) (valtronics_redis_memory_bytes)', '{{state}}'))
    .unit('bytes')
    .min(0);
}

function redisPing(): Builder<Panel> {
  return timeseries({
    id: 28,
    title: 'Redis Answer Time',
    description:
      'Round trip of the exporter’s PING while Redis answers, and the client connections of Redis.',
    noValue: NO_REDIS,
    runbooks: ['RedisDown'],
  })
    .withTarget(range('max(valtronics_redis_ping_seconds)', 'PING', 'A'))
    .withTarget(range('max(valtronics_redis_connected_clients)', 'clients', 'B'))
    .unit('s')
    .min(0)
    .overrideByName('clients', [
      { id: 'unit', value: 'short' },
      { id: 'decimals', value: 0 },
      { id: 'custom.axisPlacement', value: 'right' },
    ]);
}

function uptime(): Builder<Panel> {
  return timeseries({
    id: 30,
    title: 'Uptime',
    description: 'Time since the broker and Redis were started. A line that falls to zero is a restart.',
    noValue: 'Needs the broker or Redis: set VALTRONICS_MQTT_URL or VALTRONICS_REDIS_URL on the exporter.',
    runbooks: ['MqttBrokerDown', 'RedisDown'],
  })
    .withTarget(range('max(valtronics_broker_uptime_seconds)', 'broker', 'A'))
    .withTarget(range('max(valtronics_redis_uptime_seconds)', 'Redis', 'B'))
    .unit('s')
    .min(0);
}

/** The parts that the platform stands on, each as the exporter measures it. */
export function infrastructurePanels(): readonly Builder<Panel>[] {
  return [
    componentHealth(),
    databaseConnections(),
    mqttMessages(),
    brokerMessages(),
    brokerTraffic(),
    brokerLoad(),
    redisMemory(),
    redisPing(),
    uptime(),
    certificates(),
  ];
}
