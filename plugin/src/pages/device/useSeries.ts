import type { TimeRange } from '@grafana/data';
import { useCallback } from 'react';
import type { RangeSeries } from '../../api/prometheusShapes';
import { useApp } from '../../kit/app/appContext';
import { useAnswer, type Answer } from '../../kit/answer';

/** The series of a PromQL expression over the range. */
export function useSeries(expression: string, range: TimeRange, tick: number): Answer<RangeSeries[]> {
  const { clients } = useApp();
  const load = useCallback(
    (signal: AbortSignal) =>
      clients.prometheus.range(expression, { from: range.from.valueOf(), to: range.to.valueOf() }, signal),
    [clients, expression, range],
  );
  return useAnswer(load, tick);
}
