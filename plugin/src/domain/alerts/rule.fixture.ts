import type { AlertRule } from './rule';

/** A rule of a test: Prometheus' own, inactive and well. */
export function alertRule(more: Partial<AlertRule> = {}): AlertRule {
  return {
    origin: 'prometheus',
    group: 'valtronics.devices',
    name: 'DevicesOffline',
    expression: 'job:valtronics_devices:offline_ratio > 0.2',
    holdSeconds: 600,
    labels: { severity: 'warning', service: 'devices' },
    annotations: { summary: 'Devices are offline' },
    state: 'inactive',
    health: 'ok',
    lastError: undefined,
    lastEvaluation: 1000,
    evaluationSeconds: 0.001,
    instances: [],
    ...more,
  };
}
