import type { RoutedAlert } from '../../api/alertmanagerShapes';
import type { StoredAlert } from './alertTypes';
import type { AlertRow } from './alert';
import { fingerprintOf } from './fingerprint';
import type { AlertRule } from './rule';

/** Labels of a test's alert. */
export const labelsOf = (
  alertname: string,
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> => ({
  alertname,
  severity: 'warning',
  ...more,
});

/** A row of a list without anything special: active, known to the store. */
export function alertRow(more: Partial<AlertRow> = {}): AlertRow {
  const labels = more.labels ?? labelsOf(more.name ?? 'DevicesOffline');
  return {
    fingerprint: fingerprintOf(labels),
    name: labels.alertname ?? '',
    severity: labels.severity ?? '',
    state: 'active',
    summary: 'Devices are offline',
    labels,
    annotations: {},
    startsAt: 1000,
    endsAt: null,
    origins: ['store'],
    raisedBy: 'alertmanager',
    acknowledgement: null,
    resolution: null,
    routedBy: [],
    silencedBy: [],
    inhibitedBy: [],
    maintenance: [],
    suppressed: false,
    receivers: [],
    notified: [],
    value: undefined,
    valueUnit: undefined,
    generatorUrl: undefined,
    raisedCount: undefined,
    flappingSince: undefined,
    ...more,
  };
}

/** An alert of the store. */
export function storedAlert(more: Partial<StoredAlert> = {}): StoredAlert {
  const labels = more.labels ?? labelsOf('DevicesOffline');
  return {
    fingerprint: fingerprintOf(labels),
    name: labels.alertname ?? '',
    severity: labels.severity ?? 'none',
    source: 'alertmanager',
    state: 'active',
    message: 'Many devices are offline',
    labels,
    annotations: {},
    generatorUrl: null,
    startsAt: 1000,
    lastSeen: 2000,
    acknowledgement: null,
    resolution: null,
    maintenance: [],
    notified: [],
    ...more,
  };
}

/** An alert of Alertmanager, with the labels that a Prometheus server adds. */
export function routedAlert(more: Partial<RoutedAlert> = {}): RoutedAlert {
  return {
    fingerprint: 'own',
    labels: { ...labelsOf('DevicesOffline'), cluster: 'c1' },
    annotations: {},
    startsAt: 3000,
    generatorUrl: '',
    receivers: ['web.hook'],
    silencedBy: [],
    inhibitedBy: [],
    suppressed: false,
    alertmanager: 'own',
    ...more,
  };
}

/** A rule of Prometheus that fires. */
export function alertRule(more: Partial<AlertRule> = {}): AlertRule {
  return {
    origin: 'prometheus',
    group: 'devices',
    name: 'DevicesOffline',
    expression: 'x > 0.2',
    holdSeconds: 120,
    labels: { severity: 'warning' },
    annotations: { summary: 'Devices are offline: {{ $value }}', dashboard: 'http://d' },
    state: 'firing',
    health: 'ok',
    lastError: undefined,
    lastEvaluation: 5000,
    evaluationSeconds: 0.01,
    instances: [{ labels: labelsOf('DevicesOffline'), state: 'firing', value: '2.1e-01', since: 500 }],
    ...more,
  };
}
