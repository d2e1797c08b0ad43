import { countedLabelValue, createNameCap, OTHER } from '../fleet/caps.ts';
import { createDrops } from '../fleet/drops.ts';
import type { Metrics } from '../metrics/metrics.ts';

/** Severity and type of alerts as labels. */
export interface AlertPair {
  readonly severity: string;
  readonly alert_type: string;
}

/** The pairs of severity and type that have series of their own. */
export interface AlertGroups {
  /** Those of the platform's own words. */
  readonly known: readonly AlertPair[];
  /** The pair as labels, always the same object. */
  groupOf(severity: string, alertType: string): AlertPair;
}

/**
 * The words that the platform's own code uses (platform's alert model). Their groups are there from the start:
 * a counter at 0, so that `increase()` sees the first alert, a gauge at 0, so that "no alert" is a number.
 */
const SEVERITIES = ['critical', 'warning', 'info'] as const;
const TYPES = ['threshold', 'anomaly', 'system', 'device'] as const;

/**
 * A pair over the cap keeps its severity and becomes type `other`, so that a flood of types never hides a critical
 * alert; a severity over its cap becomes `other`, too. Groups are never given up, since counters carry them.
 */
export function createAlertGroups(
  metrics: Metrics,
  {
    maxSeverities = 20,
    maxGroups = 50,
  }: { readonly maxSeverities?: number; readonly maxGroups?: number } = {},
): AlertGroups {
  const drops = createDrops(metrics);
  const severities = createNameCap(SEVERITIES.length + maxSeverities, 'alert_groups', drops);
  const groups = new Map<string, AlertPair>();
  let admitted = 0;

  function groupOf(severity: string, alertType: string, isKnown = false): AlertPair {
    const labels = {
      severity: severities.name(severities.index(severity)),
      alert_type: countedLabelValue(alertType, drops),
    };
    const key = JSON.stringify([labels.severity, labels.alert_type]);
    const found = groups.get(key);
    if (found !== undefined) return found;
    if (!isKnown && labels.alert_type !== OTHER) {
      if (admitted >= maxGroups) {
        drops.once('alert_groups', key);
        return groupOf(severity, OTHER);
      }
      admitted += 1;
    }
    groups.set(key, labels);
    return labels;
  }

  const known = SEVERITIES.flatMap((severity) => TYPES.map((type) => groupOf(severity, type, true)));
  return { known, groupOf: (severity, alertType) => groupOf(severity, alertType) };
}
