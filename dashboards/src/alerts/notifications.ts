import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { quantile, range } from '../shared/query.ts';
import { neutral } from '../shared/thresholds.ts';
import { alertLine, linesOnly, timeseries } from '../shared/timeseries.ts';
import { NO_ALERTMANAGER } from './queries.ts';

const rateBy = (label: string, metric: string): string =>
  `sum by (${label}) (rate(${metric}[$__rate_interval]))`;

function sent(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 21,
      title: 'Notifications',
      description:
        'Notifications a second, by who is told: Alertmanager’s integrations, and the exporter’s own receivers.',
      noValue: NO_ALERTMANAGER,
    }),
  )
    .withTarget(
      range(`${rateBy('integration', 'alertmanager_notifications_total')} > 0`, '{{integration}}', 'A'),
    )
    .withTarget(
      range(
        `${rateBy('integration', 'valtronics_alert_notifications_total')} > 0`,
        '{{integration}} (exporter)',
        'B',
      ),
    )
    .unit('suffix:/s')
    .thresholds(neutral())
    .min(0);
}

function failed(): Builder<Panel> {
  const share = (part: string, all: string): string =>
    `${rateBy('integration', part)} / (${rateBy('integration', all)} > 0)`;
  const panel = linesOnly(
    timeseries({
      id: 22,
      title: 'Notification Failures',
      description:
        'Share of the notifications that were not taken. The line is where NotificationsFailing begins to count.',
      runbooks: ['NotificationsFailing'],
      noValue: 'No notification was due in this time.',
    }),
  )
    .withTarget(
      range(
        share('alertmanager_notifications_failed_total', 'alertmanager_notifications_total'),
        '{{integration}}',
        'A',
      ),
    )
    .withTarget(
      range(
        share('valtronics_alert_notifications_failed_total', 'valtronics_alert_notifications_total'),
        '{{integration}} (exporter)',
        'B',
      ),
    )
    .withTarget(
      range(
        `sum(rate(prometheus_notifications_errors_total[$__rate_interval]))
          / (sum(rate(prometheus_notifications_sent_total[$__rate_interval])) > 0)`,
        'Prometheus to Alertmanager',
        'C',
      ),
    )
    .unit('percentunit')
    .min(0);
  return alertLine(panel, 'NotificationsFailing');
}

function duration(): Builder<Panel> {
  return linesOnly(
    timeseries({
      id: 23,
      title: 'Notification Duration',
      description:
        '95 of 100 notifications of Alertmanager are taken faster. Seconds: the receiver is slow, and pages are late.',
      noValue: 'No notification was due in this time.',
    }),
  )
    .withTarget(
      range(
        quantile('0.95', 'alertmanager_notification_latency_seconds_bucket', 'integration'),
        '{{integration}}',
      ),
    )
    .unit('s')
    .thresholds(neutral())
    .min(0);
}

function queue(): Builder<Panel> {
  return timeseries({
    id: 24,
    title: 'Prometheus’ Queue',
    description:
      'Alerts that wait in Prometheus for Alertmanager, and those that it dropped in vain. It grows while no Alertmanager answers.',
    runbooks: ['NotificationsFailing'],
    noValue: 'Needs Prometheus itself, as a target of job prometheus.',
  })
    .withTarget(range('sum(prometheus_notifications_queue_length)', 'waiting', 'A'))
    .withTarget(
      range('sum(increase(prometheus_notifications_dropped_total[$__rate_interval]))', 'dropped', 'B'),
    )
    .unit('short')
    .decimals(0)
    .thresholds(neutral())
    .min(0);
}

/** Whether those are told who should be. */
export function notificationPanels(): readonly Builder<Panel>[] {
  return [sent(), failed(), duration(), queue()];
}
