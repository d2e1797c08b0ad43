/** How a circuit breaker reacts; times in milliseconds. */
export interface CircuitPolicy {
  /** Failures in a row that open it. */
  readonly threshold: number;
  readonly firstPause: number;
  readonly longestPause: number;
}

/** Failures in a row and, when there were too many, until when no attempt is made (monotonic milliseconds). */
export interface Circuit {
  readonly failures: number;
  readonly pausedUntil: number;
}

export type CircuitState = 'closed' | 'open' | 'half-open';

export const CLOSED_CIRCUIT: Circuit = { failures: 0, pausedUntil: 0 };

export const DEFAULT_CIRCUIT_POLICY: CircuitPolicy = {
  threshold: 5,
  firstPause: 10_000,
  longestPause: 120_000,
};

/**
 * The circuit after a failed attempt. From the threshold on every failure doubles the pause; `random` (0 to 1)
 * spreads it by ±20 %, so that several exporters do not come back in step. `now` is monotonic, milliseconds.
 */
export function afterFailure(circuit: Circuit, policy: CircuitPolicy, now: number, random: number): Circuit {
  const failures = circuit.failures + 1;
  if (failures < policy.threshold) return { failures, pausedUntil: 0 };
  const doublings = Math.min(failures - policy.threshold, 30);
  const pause = Math.min(policy.firstPause * 2 ** doublings, policy.longestPause);
  return { failures, pausedUntil: now + pause * (0.8 + 0.4 * random) };
}

/** Closed: attempts are made. Open: none until the pause is over. Half-open: the next attempt decides. */
export function circuitState(circuit: Circuit, policy: CircuitPolicy, now: number): CircuitState {
  if (circuit.failures < policy.threshold) return 'closed';
  return now < circuit.pausedUntil ? 'open' : 'half-open';
}
