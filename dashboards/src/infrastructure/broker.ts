import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { range } from '../shared/query.ts';
import { linesOnly, timeseries } from '../shared/timeseries.ts';

const NO_BROKER = 'Needs the broker: set VALTRONICS_MQTT_URL on the exporter, and let it read $SYS/#.';

function clients(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 61,
      title: 'Broker Clients',
      description:
        'Clients by state, and subscriptions, from $SYS as collector broker reads it. Connected that falls at once: the network or the broker; slowly: devices.',
      runbooks: ['MqttBrokerDown'],
      noValue: NO_BROKER,
    }),
  )
    .withTarget(range('max by (state) (valtronics_broker_clients)', '{{state}}', 'A'))
    .withTarget(range('max(valtronics_broker_subscriptions)', 'subscriptions', 'B'))
    .unit('short')
    .decimals(0)
    .min(0);
}

function messages(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 62,
      title: 'Broker Messages',
      description:
        'PUBLISH messages that the broker received, sent and dropped. Dropped ones never reach their client: it is slower than what it subscribed to.',
      runbooks: ['TelemetryDataMissing'],
      noValue: NO_BROKER,
    }),
  )
    .withTarget(range('max by (flow) (rate(valtronics_broker_messages_total[$__rate_interval]))', '{{flow}}'))
    .unit('suffix:msg/s')
    .min(0);
}

function traffic(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 63,
      title: 'Broker Traffic',
      description:
        'Bytes that the broker received and sent. Sent is received times the subscribers of a message.',
      noValue: NO_BROKER,
    }),
  )
    .withTarget(range('max by (flow) (rate(valtronics_broker_bytes_total[$__rate_interval]))', '{{flow}}'))
    .unit('Bps')
    .min(0);
}

function stored(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 64,
      title: 'Broker Store',
      description:
        'Messages that the broker keeps: retained ones, and those for clients that are away. A climbing line is a durable client that does not come back, and memory in the end.',
      runbooks: ['MqttBrokerDown'],
      noValue: NO_BROKER,
    }),
  )
    .withTarget(range('max(valtronics_broker_stored_messages)', 'stored messages', 'A'))
    .withTarget(range('max(valtronics_broker_uptime_seconds)', 'uptime', 'B'))
    .unit('short')
    .decimals(0)
    .min(0)
    .overrideByName('uptime', [
      { id: 'unit', value: 's' },
      { id: 'custom.axisPlacement', value: 'right' },
    ]);
}

/** The broker by what it says of itself: the same `$SYS` topics that a mosquitto-exporter reads. */
export function brokerPanels(): readonly Builder<Panel>[] {
  return [clients(), messages(), traffic(), stored()];
}
