import { overlaps, PAST_ORIGINS, type PastAlert } from './pastAlert';

function overlap(a: PastAlert, b: PastAlert): number {
  return Math.min(a.endsAt ?? Infinity, b.endsAt ?? Infinity) - Math.max(a.startsAt, b.startsAt);
}

/** The alert of the store that this one of Prometheus is: the one it shares most time with. */
function counterpart(stored: readonly PastAlert[], seen: PastAlert): PastAlert | undefined {
  const from = seen.startsAt - seen.precision;
  const to = seen.endsAt === null ? Infinity : seen.endsAt + seen.precision;
  return stored
    .filter((alert) => overlaps(alert, from, to))
    .reduce<PastAlert | undefined>(
      (best, alert) => (best === undefined || overlap(alert, seen) > overlap(best, seen) ? alert : best),
      undefined,
    );
}

/**
 * One line for each alert: those of Prometheus join the alert of the store with their fingerprint that was there at the same
 * time; the store knows times, people and words better. Newest first.
 */
export function mergeHistory(stored: readonly PastAlert[], seen: readonly PastAlert[]): PastAlert[] {
  const byFingerprint = new Map<string, PastAlert[]>();
  for (const alert of stored) {
    const same = byFingerprint.get(alert.fingerprint) ?? [];
    same.push(alert);
    byFingerprint.set(alert.fingerprint, same);
  }
  const inBoth = new Set<PastAlert>();
  const alone: PastAlert[] = [];
  for (const alert of seen) {
    const known = counterpart(byFingerprint.get(alert.fingerprint) ?? [], alert);
    if (known === undefined) alone.push(alert);
    else inBoth.add(known);
  }
  return [
    ...stored.map((alert) => (inBoth.has(alert) ? { ...alert, origins: PAST_ORIGINS } : alert)),
    ...alone,
  ].sort((a, b) => b.startsAt - a.startsAt || a.fingerprint.localeCompare(b.fingerprint));
}
