import {
  COLLECTOR_CIRCUIT_OPEN,
  COLLECTOR_DURATION,
  COLLECTOR_LAST_SUCCESS,
  COLLECTOR_SUCCESS,
} from '../metrics/catalogue/collection.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { CollectorState } from './runner.ts';

/**
 * Publishes how each collector does, so that a source that fails is seen in Prometheus itself. Without states,
 * and for collectors that made no attempt yet, there are no samples.
 */
export function publishCollectorStates(
  metrics: Pick<Metrics, 'publish'>,
  states: readonly CollectorState[],
): void {
  const attempted = states.filter((state) => state.attempted);
  const sample = (state: CollectorState, value: number) => ({ labels: { collector: state.name }, value });
  metrics.publish(
    COLLECTOR_SUCCESS,
    attempted.map((state) => sample(state, state.success ? 1 : 0)),
  );
  metrics.publish(
    COLLECTOR_DURATION,
    attempted.map((state) => sample(state, state.lastDurationSeconds)),
  );
  metrics.publish(
    COLLECTOR_CIRCUIT_OPEN,
    attempted.map((state) => sample(state, state.circuit === 'open' ? 1 : 0)),
  );
  metrics.publish(
    COLLECTOR_LAST_SUCCESS,
    attempted.flatMap((state) =>
      state.lastSuccess === null ? [] : [sample(state, state.lastSuccess / 1000)],
    ),
  );
}
