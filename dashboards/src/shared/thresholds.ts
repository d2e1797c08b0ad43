import {
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';

function thresholds(steps: Threshold[]): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps);
}

/** No judgement: one colour whatever the value. */
export function neutral(colour = 'text'): ThresholdsConfigBuilder {
  return thresholds([{ color: colour, value: null }]);
}

/** Good below the limit, bad from it on. */
export function upTo(limit: number): ThresholdsConfigBuilder {
  return thresholds([
    { color: 'green', value: null },
    { color: 'red', value: limit },
  ]);
}

/** Bad below the limit, good from it on. */
export function downTo(limit: number): ThresholdsConfigBuilder {
  return thresholds([
    { color: 'red', value: null },
    { color: 'green', value: limit },
  ]);
}

/** What is left of a budget: nothing, the last quarter, more. */
export function budgetSteps(): ThresholdsConfigBuilder {
  return thresholds([
    { color: 'red', value: null },
    { color: 'yellow', value: 0 },
    { color: 'green', value: 0.25 },
  ]);
}

/** The health score's steps: bad below 50, so-so below 80. */
export function healthSteps(): ThresholdsConfigBuilder {
  return thresholds([
    { color: 'red', value: 0 },
    { color: 'yellow', value: 50 },
    { color: 'green', value: 80 },
  ]);
}
