import type { TraceSummary } from '../../../domain/traces/traceSummary';

/** A trace among others of its operation. */
export interface Neighbours {
  /** Those around it and itself, the newest first. */
  readonly around: readonly TraceSummary[];
  /** Begun last before it, and first after it; null where there is none. */
  readonly before: TraceSummary | null;
  readonly after: TraceSummary | null;
  /** How many there are, itself included. */
  readonly count: number;
  /** How many of the others took longer. */
  readonly slower: number;
  /** Duration of the one in the middle, milliseconds. */
  readonly median: number;
}

/** So many are shown on each side of it. */
const EACH_SIDE = 2;

/** The traces around one of them; undefined where it is not among them, or alone. */
export function neighboursOf(traces: readonly TraceSummary[], traceId: string): Neighbours | undefined {
  const newestFirst = [...traces].sort((a, b) => b.start - a.start);
  const place = newestFirst.findIndex((one) => one.traceId === traceId);
  const itself = newestFirst[place];
  if (itself === undefined || newestFirst.length < 2) return undefined;
  const durations = newestFirst.map(({ duration }) => duration).sort((a, b) => a - b);
  return {
    around: newestFirst.slice(Math.max(0, place - EACH_SIDE), place + EACH_SIDE + 1),
    before: newestFirst[place + 1] ?? null,
    after: newestFirst[place - 1] ?? null,
    count: newestFirst.length,
    slower: durations.filter((duration) => duration > itself.duration).length,
    median: durations[Math.floor(durations.length / 2)] ?? itself.duration,
  };
}
