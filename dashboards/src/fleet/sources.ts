import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { BigValueGraphMode, BigValueTextMode } from '@grafana/grafana-foundation-sdk/common';
import { MappingType, type Panel, type ValueMap } from '@grafana/grafana-foundation-sdk/dashboard';
import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import type { PanelText } from '../shared/panel-text.ts';
import { instant } from '../shared/query.ts';
import { stat } from '../shared/stat.ts';
import { neutral, upTo } from '../shared/thresholds.ts';

/** 1 and 0 as words with a sign. */
function yesNo(yes: string, no: string): ValueMap {
  return {
    type: MappingType.ValueToText,
    options: {
      '1': { text: `● ${yes}`, color: 'green', index: 0 },
      '0': { text: `✕ ${no}`, color: 'red', index: 1 },
    },
  };
}

function now(text: PanelText, expr: string, legend: string): PanelBuilder {
  return stat(text).withTarget(instant(expr, legend)).graphMode(BigValueGraphMode.None).thresholds(neutral());
}

function mqttConnection(): Builder<Panel> {
  return now(
    {
      id: 45,
      title: 'MQTT',
      description: 'Whether the exporter is connected to the broker and subscribed.',
      noValue: 'not configured',
      runbooks: ['MqttBrokerDown'],
    },
    'min(valtronics_mqtt_connected)',
    'MQTT',
  )
    .unit('none')
    .mappings([yesNo('connected', 'not connected')]);
}

function reconnects(): Builder<Panel> {
  return now(
    {
      id: 46,
      title: 'Reconnects',
      description: 'Connections to the MQTT broker that were lost and made again within the time range.',
      noValue: 'not configured',
      runbooks: ['MqttBrokerDown'],
    },
    'round(sum(increase(valtronics_mqtt_reconnects_total[$__range])))',
    'reconnects',
  )
    .unit('short')
    .decimals(0)
    .thresholds(upTo(1));
}

function redis(): Builder<Panel> {
  return now(
    {
      id: 47,
      title: 'Redis',
      description: 'Whether Redis answers PING.',
      noValue: 'not configured',
      runbooks: ['RedisDown'],
    },
    'min(valtronics_redis_up)',
    'Redis',
  )
    .unit('none')
    .mappings([yesNo('answers', 'silent')]);
}

function unlisted(): Builder<Panel> {
  return now(
    {
      id: 48,
      title: 'Not Listed',
      description:
        'Devices that the platform API counts and does not list. They have no series of their own.',
      noValue: 'not measured',
    },
    'max(valtronics_api_devices_unlisted)',
    'not listed',
  )
    .unit('short')
    .decimals(0)
    .thresholds(upTo(1));
}

function configuration(): Builder<Panel> {
  return now(
    {
      id: 49,
      title: 'Configuration',
      description:
        'Whether the last reload of the exporter’s configuration succeeded. After a failure the old one stays.',
      noValue: 'no exporter',
      runbooks: ['ExporterDown'],
    },
    'min(valtronics_exporter_config_last_reload_successful)',
    'configuration',
  )
    .unit('none')
    .mappings([yesNo('good', 'reload failed')]);
}

function version(): Builder<Panel> {
  return now(
    {
      id: 50,
      title: 'Version',
      description: 'The version of each exporter that Prometheus scrapes.',
      noValue: 'no exporter',
      runbooks: ['ExporterDown'],
    },
    'count by (version) (valtronics_exporter_build_info)',
    '{{version}}',
  )
    .unit('none')
    .textMode(BigValueTextMode.Name);
}

/** The sources in one line. */
export function sourcePanels(): readonly Builder<Panel>[] {
  return [mqttConnection(), reconnects(), redis(), unlisted(), configuration(), version()];
}
