import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { BigValueGraphMode } from '@grafana/grafana-foundation-sdk/common';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { thresholdOf } from '../shared/rules.ts';
import { range } from '../shared/query.ts';
import { stat } from '../shared/stat.ts';
import { neutral, upTo } from '../shared/thresholds.ts';

const NO_EXPORTER = 'no exporter';

function needYou(): Builder<Panel> {
  return stat({
    id: 1,
    title: 'Need You',
    description:
      'Devices in error and devices that are offline, of the whole fleet whatever is chosen above.',
    noValue: NO_EXPORTER,
    runbooks: ['DevicesOffline', 'DeviceStale'],
  })
    .withTarget(range('sum(valtronics_devices{status=~"error|offline"})', 'need you'))
    .unit('short')
    .decimals(0)
    .thresholds(upTo(1));
}

function offlineShare(): Builder<Panel> {
  return stat({
    id: 2,
    title: 'Offline',
    description:
      'Share of the devices that are offline: the expression of alert DevicesOffline. It is red where that begins to count.',
    noValue: 'no devices',
    runbooks: ['DevicesOffline'],
  })
    .withTarget(range('max(job:valtronics_devices:offline_ratio)', 'offline'))
    .unit('percentunit')
    .decimals(0)
    .min(0)
    .thresholds(upTo(thresholdOf('DevicesOffline')));
}

function registered(): Builder<Panel> {
  return stat({
    id: 3,
    title: 'Registered',
    description: 'Active devices that the platform knows.',
    noValue: NO_EXPORTER,
  })
    .withTarget(range('sum(valtronics_devices)', 'devices'))
    .unit('short')
    .decimals(0)
    .thresholds(neutral());
}

function strangers(): Builder<Panel> {
  return stat({
    id: 4,
    // Six of these share a line: a longer title is cut at 1280 pixels.
    title: 'Strangers',
    description: 'Devices heard on MQTT that the platform does not know. They have no series of their own.',
    noValue: 'no MQTT',
  })
    .withTarget(range('max(valtronics_mqtt_unregistered_devices)', 'unregistered'))
    .unit('short')
    .decimals(0)
    .thresholds(neutral());
}

function activeAlerts(): Builder<Panel> {
  return stat({
    id: 5,
    title: 'Critical',
    description:
      'Active alert rows of the platform with severity critical, which alert CriticalAlertsHigh watches.',
    noValue: 'none ever',
    runbooks: ['CriticalAlertsHigh'],
  })
    .withTarget(
      range(
        'sum(max by (severity, alert_type) (valtronics_alerts_active{severity=~"(?i:critical)"}))',
        'critical',
      ),
    )
    .unit('short')
    .decimals(0)
    .thresholds(upTo(1));
}

function telemetry(): Builder<Panel> {
  return (
    stat({
      id: 6,
      title: 'Telemetry',
      description: 'Telemetry points that arrive from all devices.',
      noValue: 'no telemetry',
      runbooks: ['TelemetryDataMissing'],
    })
      .withTarget(range('sum(rate(valtronics_telemetry_points_total[$__rate_interval]))', 'points'))
      .unit('suffix:points/s')
      .decimals(1)
      .thresholds(neutral())
      // The number with its unit takes the whole width: a graph would lie behind it.
      .graphMode(BigValueGraphMode.None)
  );
}

/** The first line: do I need to act? */
export function answerPanels(): readonly Builder<Panel>[] {
  return [needYou(), offlineShare(), registered(), strangers(), activeAlerts(), telemetry()];
}
