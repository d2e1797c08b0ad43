import { type PrometheusClient, type Span, stepSeconds } from '../../api/prometheusClient';
import { historyQueries } from './fleetQueries';
import type { FleetHistory } from './historyFrame';

/** All points of an answer together; the more devices, the fewer for each. */
const MOST_POINTS = 600_000;
/** A device has at least so many: fewer would hide what is short. */
const LEAST_POINTS = 60;
const USUAL_POINTS = 600;

/** The points of each device when there are so many. */
export function pointsFor(devices: number): number {
  return Math.max(LEAST_POINTS, Math.min(USUAL_POINTS, Math.floor(MOST_POINTS / Math.max(1, devices))));
}

/** The statuses and firing alerts of some devices over the span; of all without a list of ids. */
export async function loadHistory(
  prometheus: PrometheusClient,
  { ids, count }: { readonly ids: readonly string[] | undefined; readonly count: number },
  span: Span,
  signal?: AbortSignal,
): Promise<FleetHistory> {
  const points = pointsFor(count);
  const queries = historyQueries(ids);
  const [status, alerts] = await Promise.all([
    prometheus.range(queries.status, span, signal, points),
    prometheus.range(queries.alerts, span, signal, points),
  ]);
  return { status, alerts, step: stepSeconds(span, points) * 1000 };
}
