import type { Logger } from '../log/logger.ts';
import { ALERT_STORE_UP, ALERTS_UNACKNOWLEDGED, STORE_ALERTS } from '../metrics/catalogue/alerts.ts';
import type { LabelledValue, Metrics } from '../metrics/metrics.ts';
import { ALERT_SOURCES, ALERT_STATES } from './alert.ts';
import { StoreError } from './store/errors.ts';
import type { AlertCount } from './store/statistics.ts';
import type { AlertStore } from './store/store.ts';

/** Severities with series of their own, which are always there; any other word is `other`. */
const SEVERITIES = ['critical', 'warning', 'info', 'none'] as const;
const OTHER = 'other';
const SEVERITY_LABELS = [...SEVERITIES, OTHER] as const;

function severityLabel(severity: string): string {
  const word = severity.toLowerCase();
  return SEVERITIES.find((known) => known === word) ?? OTHER;
}

/** A sample for every source, state and known severity, 0 where there is no alert. */
export function storeSamples(
  counts: readonly AlertCount[],
): LabelledValue<'source' | 'state' | 'severity'>[] {
  const sums = new Map<string, number>();
  for (const { source, state, severity, count } of counts) {
    const key = [source, state, severityLabel(severity)].join(' ');
    sums.set(key, (sums.get(key) ?? 0) + count);
  }
  return ALERT_SOURCES.flatMap((source) =>
    ALERT_STATES.flatMap((state) =>
      SEVERITY_LABELS.map((severity) => ({
        labels: { source, state, severity },
        value: sums.get([source, state, severity].join(' ')) ?? 0,
      })),
    ),
  );
}

/** Age in seconds of the oldest by severity, 0 where there is none. */
export function unacknowledgedSamples(
  oldest: readonly { readonly severity: string; readonly since: number }[],
  now: number,
): LabelledValue<'severity'>[] {
  const ages = new Map<string, number>(SEVERITY_LABELS.map((severity) => [severity, 0]));
  for (const { severity, since } of oldest) {
    const label = severityLabel(severity);
    ages.set(label, Math.max(ages.get(label) ?? 0, (now - since) / 1000));
  }
  return [...ages].map(([severity, value]) => ({ labels: { severity }, value }));
}

export interface AlertMetrics {
  /** Brings the families up to date; a store that cannot be read takes them away and is logged once. */
  update(now: number): void;
  withdraw(): void;
}

export function createAlertMetrics(
  store: Pick<AlertStore, 'counts' | 'oldestUnacknowledged'>,
  metrics: Metrics,
  logger: Logger,
): AlertMetrics {
  let failure: string | undefined;

  function withdrawValues(): void {
    for (const family of [STORE_ALERTS, ALERTS_UNACKNOWLEDGED]) metrics.withdraw(family);
  }

  function publish(now: number): void {
    const samples = storeSamples(store.counts());
    metrics.publish(ALERTS_UNACKNOWLEDGED, unacknowledgedSamples(store.oldestUnacknowledged(), now));
    metrics.publish(STORE_ALERTS, samples);
  }

  return {
    update: (now) => {
      try {
        publish(now);
        if (failure !== undefined) logger.info({}, 'the alert store works again');
        failure = undefined;
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        withdrawValues();
        if (failure !== error.message)
          logger.error({ error: error.message }, 'the alert store cannot be used');
        failure = error.message;
      }
      metrics.publish(ALERT_STORE_UP, [{ labels: {}, value: failure === undefined ? 1 : 0 }]);
    },
    withdraw: () => {
      withdrawValues();
      metrics.withdraw(ALERT_STORE_UP);
    },
  };
}
