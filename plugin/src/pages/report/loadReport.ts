import type { PrometheusClient, Span } from '../../api/prometheusClient';
import { troublesOf, type Trouble } from '../../domain/fleet/availability';
import { deviceQueries } from '../../features/fleet/fleetQueries';
import { countQuery, MOST_OF_ONE, reportQueries, reportStep } from './reportQueries';
import { reportDevices, type ReportDevice } from './reportRows';

/** What a report says. */
export interface Report {
  readonly span: Span;
  /** The worst first; none: nothing was recorded. */
  readonly devices: readonly ReportDevice[];
  /** How long a point stands for, seconds: nothing shorter is seen. */
  readonly step: number;
  /** The times of trouble of the one device that it is about, the oldest first; empty for a fleet. */
  readonly troubles: readonly Trouble[];
}

/** The report over the span: of one device, or of all. Throws `ApiFailure`. */
export async function loadReport(
  prometheus: PrometheusClient,
  span: Span,
  deviceId: string | undefined,
  signal: AbortSignal,
): Promise<Report> {
  const ask = (query: string) => prometheus.instant(query, span.to, signal);
  const [count] = await ask(countQuery(span, deviceId));
  if (count === undefined) return { span, devices: [], step: reportStep(span, 0), troubles: [] };
  const step = reportStep(span, count.value);
  const queries = reportQueries(span, step, deviceId);
  const [available, trouble, changes, last, info, series] = await Promise.all([
    ask(queries.available),
    ask(queries.trouble),
    ask(queries.changes),
    ask(queries.last),
    ask(queries.info),
    deviceId === undefined ? [] : prometheus.range(deviceQueries(deviceId).status, span, signal, MOST_OF_ONE),
  ]);
  return {
    span,
    devices: reportDevices({ available, trouble, changes, last, info }, step),
    step,
    troubles: series.flatMap(troublesOf),
  };
}
