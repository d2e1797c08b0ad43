import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { ALERTS_PAGE } from '../shared/dashboard.ts';
import { explainedBy, TIME } from '../shared/links.ts';
import { range } from '../shared/query.ts';
import { bySeverity } from '../shared/severity.ts';
import { neutral } from '../shared/thresholds.ts';
import { alertLine, linesOnly, stacked, timeseries } from '../shared/timeseries.ts';
import { NO_ALERTMANAGER } from './queries.ts';

const NO_STORE = 'The exporter keeps no alerts: its store is off, or it does not answer.';

function silences(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 31,
      title: 'Silences',
      description: 'Silences of Alertmanager by state; pending ones begin later.',
      noValue: NO_ALERTMANAGER,
    }),
  )
    .withTarget(range('max by (state) (alertmanager_silences{state!="expired"})', '{{state}}'))
    .unit('short')
    .decimals(0)
    .thresholds(neutral())
    .min(0);
}

function suppressed(): Builder<Panel> {
  return stacked(
    timeseries({
      id: 32,
      title: 'Held Back',
      description:
        'Alerts that Alertmanager knows: active ones are told, suppressed ones are silenced, or inhibited by their cause.',
      noValue: NO_ALERTMANAGER,
    }),
  )
    .withTarget(range('max by (state) (alertmanager_alerts)', '{{state}}'))
    .unit('short')
    .decimals(0)
    .thresholds(neutral())
    .min(0);
}

function acknowledgement(): Builder<Panel> {
  const panel = linesOnly(
    timeseries({
      id: 41,
      title: 'Time to Acknowledge',
      description:
        'How long the oldest alert waits for somebody, by severity: the height of a tooth is the time that it took. The line is where CriticalAlertUnacknowledged begins to count; ‘mean’ is of those that were taken on in as long a time as the chart shows.',
      runbooks: ['CriticalAlertUnacknowledged'],
      noValue: NO_STORE,
    }),
  )
    .withTarget(range('max by (severity) (valtronics_alerts_unacknowledged_seconds)', '{{severity}}', 'A'))
    .withTarget(
      range(
        `sum by (severity) (increase(valtronics_alert_acknowledge_seconds_sum[$__range]))
          / (sum by (severity) (increase(valtronics_alert_acknowledge_seconds_count[$__range])) > 0)`,
        '{{severity}}, mean',
        'B',
      ),
    )
    .unit('s')
    .min(0)
    .dataLinks([explainedBy('Show the history', `${ALERTS_PAGE}?${TIME}&tab=history`)]);
  return bySeverity(alertLine(panel, 'CriticalAlertUnacknowledged'));
}

function store(): Builder<Panel> {
  return stacked(
    timeseries({
      id: 42,
      title: 'Taken on',
      description:
        'Alerts in the exporter’s store that are not over, by state: active ones nobody has taken on.',
      noValue: NO_STORE,
    }),
  )
    .withTarget(range('sum by (state) (valtronics_store_alerts{state!="resolved"})', '{{state}}'))
    .unit('short')
    .decimals(0)
    .thresholds(neutral())
    .min(0);
}

function ofDevices(): Builder<Panel> {
  const panel = timeseries({
    id: 43,
    title: 'Alerts of Devices',
    description: 'Alerts that devices raised themselves over MQTT, a minute, by severity.',
    noValue: 'No device raised an alert, or MQTT is not configured.',
  })
    .withTarget(
      range(
        '60 * sum by (severity) (rate(valtronics_device_alerts_total[$__rate_interval]))',
        '{{severity}}',
      ),
    )
    .unit('suffix:alerts/min')
    .min(0);
  return bySeverity(panel);
}

function ofDevicesDropped(): Builder<Panel> {
  return timeseries({
    id: 44,
    title: 'Alerts of Devices Dropped',
    description:
      'Alerts of devices that became no row of the store, by reason: a device raised too many, or the store takes no more.',
    noValue: 'None was dropped.',
  })
    .withTarget(
      range(
        'sum by (reason) (increase(valtronics_device_alerts_dropped_total[$__rate_interval])) > 0',
        '{{reason}}',
      ),
    )
    .unit('short')
    .decimals(0)
    .thresholds(neutral())
    .min(0);
}

/** What is held back on purpose. */
export function silencePanels(): readonly Builder<Panel>[] {
  return [silences(), suppressed()];
}

/** Whether somebody takes alerts on, and how soon. */
export function storePanels(): readonly Builder<Panel>[] {
  return [acknowledgement(), store(), ofDevices(), ofDevicesDropped()];
}
