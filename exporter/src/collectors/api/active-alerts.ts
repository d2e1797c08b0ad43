import type { AlertGroup } from '../../platform-alerts/alert-rows.ts';

/** Type of active rows that are known by number only. */
export const OTHER_TYPE = 'other';

/**
 * Brings the types of the last paging (a minute old, or cut at the paging's bound) in line with the newest
 * counts by severity: rows that the paging did not see go to type `other`; where it saw more than there are
 * now, the difference is taken from the largest groups. Without counts the paging stands alone.
 */
export function reconcileActive(
  paged: readonly AlertGroup[],
  totals: ReadonlyMap<string, number> | undefined,
): AlertGroup[] {
  if (totals === undefined) return [...paged];
  const severities = new Set([...totals.keys(), ...paged.map((group) => group.severity)]);
  return [...severities].flatMap((severity) => {
    const total = totals.get(severity) ?? 0;
    const groups = paged
      .filter((group) => group.severity === severity)
      .map((group) => ({ ...group }))
      .sort((a, b) => a.count - b.count);
    let surplus = groups.reduce((sum, group) => sum + group.count, 0) - total;
    for (const group of groups.toReversed()) {
      if (surplus <= 0) break;
      const taken = Math.min(group.count, surplus);
      group.count -= taken;
      surplus -= taken;
    }
    const missing = total - groups.reduce((sum, group) => sum + group.count, 0);
    const seen = groups.filter((group) => group.count > 0);
    const other = seen.find((group) => group.alertType === OTHER_TYPE);
    if (missing > 0 && other !== undefined) other.count += missing;
    else if (missing > 0) seen.push({ severity, alertType: OTHER_TYPE, count: missing });
    return seen;
  });
}
