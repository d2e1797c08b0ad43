import { type Deduction, deductionsOf } from './deductions.ts';
import { type Component, COMPONENTS, type HealthInputs } from './inputs.ts';

/** Part of each component in `overall`, in percent while all are measured. */
export const WEIGHTS: Readonly<Record<Component, number>> = {
  api: 20,
  database: 20,
  mqtt: 20,
  redis: 5,
  devices: 15,
  telemetry: 10,
  alerts: 5,
  logs: 5,
};

/** 100 less the deductions, never below 0, to one decimal. */
export function scoreOf(deductions: readonly Deduction[]): number {
  const lost = deductions.reduce((sum, { points }) => sum + points, 0);
  return Math.round(10 * Math.max(0, 100 - lost)) / 10;
}

/**
 * The health of each measured component and `overall`, 0 to 100 (contract §4). Every component starts at 100
 * and loses points; a line "a → b: −n" means nothing at a, n points from b on, in proportion in between:
 *
 * - `api`: −100 when it cannot be read; −30 for each unhealthy service of its health document, at most −60;
 *   95th percentile of request durations, 0.5 s → 5 s: −40
 * - `database`: −100 when it cannot be read (without collector `postgres`: when the API calls it unhealthy);
 *   connections in use, 70 % → 100 % of the maximum: −60
 * - `mqtt`: −100 without a connection; age of the last message, 60 s → 600 s: −50; reconnects in 10 minutes,
 *   0 → 4: −40
 * - `redis`: −100 when it does not answer (without collector `redis`: when the API calls it unhealthy)
 * - `devices`: the mean over the devices of what each lacks: offline 100, error 80, unknown 50, warning 30,
 *   online 0; those in maintenance are left out; not measured without any device
 * - `telemetry`: points a second against the usual rate, 50 % → 0 %: −100, nothing where none are usual (an
 *   idle installation); seconds that the database is behind MQTT (lag ÷ rate), 60 s → 600 s: −60
 * - `alerts`: for each severity (`base/severity.ts`) first × log2(1 + active rows): critical 20, at most 80;
 *   warning and any other word 5, at most 30; info 1, at most 10
 * - `logs`: the mean over the services of the percentage of log entries that are no errors, those of the last 15 minutes
 * - `overall`: the mean of the measured ones by `WEIGHTS`; absent when none is measured
 */
export function scoreComponents(inputs: HealthInputs): Map<Component | 'overall', number> {
  const scores = new Map<Component | 'overall', number>();
  let weights = 0;
  let sum = 0;
  for (const component of COMPONENTS) {
    const deductions = deductionsOf(component, inputs);
    if (deductions === undefined) continue;
    const score = scoreOf(deductions);
    scores.set(component, score);
    weights += WEIGHTS[component];
    sum += WEIGHTS[component] * score;
  }
  if (weights > 0) scores.set('overall', Math.round((10 * sum) / weights) / 10);
  return scores;
}
