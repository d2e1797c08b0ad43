import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { BigValueGraphMode } from '@grafana/grafana-foundation-sdk/common';
import { MappingType, type Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { ALERTS_PAGE } from '../shared/dashboard.ts';
import { explainedBy, TIME } from '../shared/links.ts';
import { range } from '../shared/query.ts';
import { thresholdOf } from '../shared/rules.ts';
import { stat } from '../shared/stat.ts';
import { neutral, upTo } from '../shared/thresholds.ts';
import { FIRING } from './queries.ts';

const HISTORY = explainedBy('Show what fired', `${ALERTS_PAGE}?${TIME}&tab=history`);
const ALL = explainedBy('Show the alerts', `${ALERTS_PAGE}?${TIME}`);

function firing(id: number, title: string, severity: string, description: string): Builder<Panel> {
  const selector = FIRING.replace('}', `, severity="${severity}"}`);
  return stat({ id, title, description, noValue: '0' })
    .withTarget(range(`count(${selector}) or vector(0)`, severity))
    .unit('short')
    .decimals(0)
    .thresholds(upTo(1))
    .dataLinks([ALL]);
}

function waiting(): Builder<Panel> {
  return stat({
    id: 3,
    title: 'Waiting',
    description:
      'How long the oldest active alert waits for somebody who acknowledges it, whatever its severity.',
    runbooks: ['CriticalAlertUnacknowledged'],
    noValue: 'no store',
  })
    .withTarget(range('max(valtronics_alerts_unacknowledged_seconds)', 'oldest'))
    .unit('s')
    .decimals(0)
    .thresholds(upTo(thresholdOf('CriticalAlertUnacknowledged')))
    .dataLinks([ALL]);
}

function undelivered(): Builder<Panel> {
  const failed = [
    'alertmanager_notifications_failed_total',
    'prometheus_notifications_errors_total',
    'valtronics_alert_notifications_failed_total',
  ].map((metric) => `(sum(increase(${metric}[$__range])) or vector(0))`);
  return stat({
    id: 4,
    title: 'Not Sent',
    description:
      'Notifications in the time range that nobody took: of Prometheus to Alertmanager, of Alertmanager and of the exporter to their receivers. People may not know of an alert.',
    runbooks: ['NotificationsFailing'],
    noValue: '0',
  })
    .withTarget(range(failed.join(' + '), 'failed'))
    .unit('short')
    .decimals(0)
    .thresholds(upTo(1))
    .dataLinks([HISTORY]);
}

function silences(): Builder<Panel> {
  return stat({
    id: 5,
    title: 'Silences',
    description: 'Silences that hold back notifications now. One that nobody remembers hides the next fault.',
    noValue: 'not known',
  })
    .withTarget(range('max(alertmanager_silences{state="active"})', 'active'))
    .unit('short')
    .decimals(0)
    .thresholds(neutral())
    .dataLinks([explainedBy('Show silences', '/alerting/silences')]);
}

function watchdog(): Builder<Panel> {
  return stat({
    id: 6,
    title: 'Watchdog',
    description:
      'The alert that always fires. While it does, rules are evaluated; whether it also arrives, only its receiver knows.',
    runbooks: ['Watchdog', 'RuleEvaluationFailing'],
    noValue: '✕ silent',
  })
    .withTarget(range('max(ALERTS{alertname="Watchdog", alertstate="firing"})', 'watchdog'))
    .unit('none')
    .graphMode(BigValueGraphMode.None)
    .thresholds(neutral())
    .mappings([
      { type: MappingType.ValueToText, options: { '1': { text: '● fires', color: 'green', index: 0 } } },
    ])
    .dataLinks([ALL]);
}

/** The first line: does something fire, and would somebody hear of it? */
export function answerPanels(): readonly Builder<Panel>[] {
  return [
    firing(1, 'Critical', 'critical', 'Alerts of severity critical that fire: react now.'),
    firing(2, 'Warning', 'warning', 'Alerts of severity warning that fire: look at them today.'),
    waiting(),
    undelivered(),
    silences(),
    watchdog(),
  ];
}
