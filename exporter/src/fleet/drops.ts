import { SERIES_DROPPED } from '../metrics/catalogue/collection.ts';
import type { Metrics } from '../metrics/metrics.ts';

/**
 * Why something has no series of its own:
 * - `devices`: a device over the cap · `device_metrics`: a metric over the cap of one device
 * - `metric_names`, `units`, `device_types`, `alert_groups`: a name over its cap, shown as `other`
 * - `label_length`: a label value that was cut
 */
export const DROP_REASONS = [
  'devices',
  'device_metrics',
  'metric_names',
  'units',
  'device_types',
  'alert_groups',
  'label_length',
] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** Things that are remembered as counted, for each reason. */
export const MAX_REMEMBERED = 10_000;

/** Counts what was left out in `valtronics_series_dropped_total`. */
export interface Drops {
  /**
   * Counts the thing unless it was counted before. Memory is bounded: after 10,000 different things the
   * list starts anew, and what still arrives is counted a second time.
   */
  once(reason: DropReason, thing: string): void;
}

/** Every reason starts at 0, so that `increase()` sees the first drop. */
export function createDrops(metrics: Metrics): Drops {
  const reasons = DROP_REASONS.map((reason) => {
    const entry = { cell: metrics.counter(SERIES_DROPPED, { reason }), counted: new Set<string>() };
    return [reason, entry] as const;
  });
  const byReason = new Map(reasons);
  return {
    once: (reason, thing) => {
      const entry = byReason.get(reason);
      if (entry === undefined || entry.counted.has(thing)) return;
      if (entry.counted.size >= MAX_REMEMBERED) entry.counted.clear();
      entry.counted.add(thing);
      entry.cell.inc();
    },
  };
}
