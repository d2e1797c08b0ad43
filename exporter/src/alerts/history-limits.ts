/** How much of the past is kept. */
export interface HistoryLimits {
  /** Most resolved alerts; older ones above it go. */
  readonly entries: number;
  /** Milliseconds after which a resolved alert goes, unless it is among the newest `ALWAYS_KEPT`. */
  readonly age: number;
}

/** So many of the newest resolved alerts stay however old they are (guide: `alert_history`, 1,000 entries). */
export const ALWAYS_KEPT = 1000;

/** How many of the newest resolved alerts stay when there are `total`, `young` of them younger than the age. */
export function keptEntries(total: number, young: number, { entries }: HistoryLimits): number {
  return Math.min(total, entries, Math.max(young, ALWAYS_KEPT));
}
