import type { AlertContent, Decision } from '../../src/alerts/alert.ts';
import type { OpenAlertGroup } from '../../src/platform-alerts/open-alerts.ts';
import { labelsOf } from '../../src/alerts/alert.ts';

/** 2026-11-23 14:00:00 UTC. */
export const T0 = Date.UTC(2026, 10, 23, 14);

/** The content of an alert, changed as wanted; labels are those of name and severity and the given ones. */
export function alertContent(
  changes: Partial<Omit<AlertContent, 'labels'>> & { labels?: Record<string, string> } = {},
): AlertContent {
  const { name = 'HighCPUUsage', severity = 'warning', labels = {} } = changes;
  return {
    source: 'api',
    message: 'CPU is at 93 %',
    annotations: {},
    generatorUrl: '',
    startsAt: T0,
    ...changes,
    name,
    severity,
    labels: labelsOf(name, severity, labels),
  };
}

/** What Ana decided at the time. */
export function decision(at: number, comment = '', name = 'ana'): Decision {
  return { by: { kind: 'grafana', name }, at, comment };
}

/** Open rows of the platform about one thing, changed as wanted. */
export function openGroup(changes: Partial<OpenAlertGroup> = {}): OpenAlertGroup {
  return {
    deviceId: 'MOCK-1000',
    alertType: 'threshold',
    metricName: 'temperature',
    severity: 'warning',
    title: 'High temperature',
    description: 'Temperature is 31.5',
    count: 1,
    first: T0,
    last: T0,
    acknowledged: false,
    ...changes,
  };
}
