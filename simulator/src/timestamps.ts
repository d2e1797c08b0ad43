/** The whole microseconds since the epoch of a time in milliseconds with a fraction. */
function wholeMicros(time: number): number {
  return Math.round(time * 1000);
}

/**
 * Python's `isoformat()` without a zone, in UTC: `2026-11-22T23:29:16.083523`; no fraction when it is zero.
 * @param time milliseconds since the epoch, with a fraction
 */
export function naiveIso(time: number): string {
  const micros = wholeMicros(time);
  const seconds = new Date(Math.floor(micros / 1_000_000) * 1000).toISOString().slice(0, 19);
  const fraction = ((micros % 1_000_000) + 1_000_000) % 1_000_000;
  return fraction === 0 ? seconds : `${seconds}.${String(fraction).padStart(6, '0')}`;
}

/** The spelling of typed endpoints (devices, telemetry): `…Z`. Null stays null. */
export function zuluIso(time: number | null): string | null {
  return time === null ? null : `${naiveIso(time)}Z`;
}

/** The spelling of untyped endpoints (alerts, analytics): `…+00:00`. Null stays null. */
export function offsetIso(time: number | null): string | null {
  return time === null ? null : `${naiveIso(time)}+00:00`;
}

/** Python logging's `asctime`: `2026-11-22 23:30:24,623`, in UTC. */
export function logTime(time: number): string {
  return new Date(time).toISOString().slice(0, 23).replace('T', ' ').replace('.', ',');
}
