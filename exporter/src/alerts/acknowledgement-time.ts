import { severityClass } from '../base/severity.ts';
import { ALERT_ACKNOWLEDGE_SECONDS } from '../metrics/catalogue/alerts.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Alert, Decision } from './alert.ts';
import type { AlertStore } from './store/store.ts';

/**
 * The store, with the time measured from the beginning of an alert until somebody first takes it on: who takes it over, or
 * says so again, is no news. Decisions are measured where they are made, so that of several exporters one counts each.
 */
export function measureAcknowledgements(store: AlertStore, metrics: Pick<Metrics, 'histogram'>): AlertStore {
  function measure(alert: Alert | null | undefined, { at }: Decision): void {
    if (alert?.firstAcknowledged !== at) return;
    const cell = metrics.histogram(ALERT_ACKNOWLEDGE_SECONDS, { severity: severityClass(alert.severity) });
    cell.observe(Math.max(0, at - alert.startsAt) / 1000);
  }
  return {
    ...store,
    acknowledge: async (fingerprint, decision, replaces) => {
      const alert = await store.acknowledge(fingerprint, decision, replaces);
      measure(alert, decision);
      return alert;
    },
    decide: async (action, fingerprints, decision, replaces) => {
      const decided = await store.decide(action, fingerprints, decision, replaces);
      if (action === 'acknowledged') for (const { alert } of decided) measure(alert, decision);
      return decided;
    },
  };
}
