import { MappingType, type ValueMap } from '@grafana/grafana-foundation-sdk/dashboard';

/** 1 works, 0 failed, below 0 paused by its circuit breaker. `selector` with its braces, or nothing. */
export function collectorState(selector: string, ...by: readonly string[]): string {
  return `min by (${by.join(', ')}) (valtronics_collector_success${selector} - 2 * valtronics_collector_circuit_open${selector})`;
}

/** The states as words with a sign. */
export function stateMapping(): ValueMap {
  return {
    type: MappingType.ValueToText,
    options: {
      '1': { text: '● works', color: 'green', index: 0 },
      '0': { text: '✕ failed', color: 'red', index: 1 },
      '-1': { text: '○ paused', color: 'orange', index: 2 },
      '-2': { text: '○ paused', color: 'orange', index: 3 },
    },
  };
}
