import type { Decision } from './alert';

/** Where the history knows an alert from: the exporter's store, or `ALERTS` of Prometheus. */
export const PAST_ORIGINS = ['store', 'prometheus'] as const;
export type PastOrigin = (typeof PAST_ORIGINS)[number];

/** An alert of the past, or one that still fires: from its beginning to its end. Times: milliseconds since the epoch. */
export interface PastAlert {
  readonly fingerprint: string;
  readonly name: string;
  /** As found; empty when there is none. */
  readonly severity: string;
  /** The summary, else the message or description, else empty. */
  readonly summary: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: number;
  /** True when it had begun before the time that was looked at, nobody knows when. */
  readonly beganBefore: boolean;
  /** Null while it is there. */
  readonly endsAt: number | null;
  /** In the order of `PAST_ORIGINS`. */
  readonly origins: readonly PastOrigin[];
  /** Who raised it, as the store says; undefined outside of the store. */
  readonly raisedBy: string | undefined;
  readonly acknowledgement: Decision | null;
  readonly resolution: Decision | null;
  /** How far beginning and end may be off, milliseconds; 0 when they are known exactly. */
  readonly precision: number;
}

/** What tells alerts of one fingerprint apart. */
export function pastAlertKey({ fingerprint, startsAt }: PastAlert): string {
  return `${fingerprint}-${startsAt}`;
}

/** True when it was there at some moment of the span; both ends count. */
export function overlaps(
  { startsAt, endsAt }: Pick<PastAlert, 'startsAt' | 'endsAt'>,
  from: number,
  to: number,
): boolean {
  return startsAt <= to && (endsAt ?? Infinity) >= from;
}
