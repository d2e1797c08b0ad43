import type { DataFrame } from '@grafana/data';
import type { AlertRow } from '../../../domain/alerts/alert';
import { WATCHDOG } from '../../../features/alerts/data/mergeAlerts';
import { compareAlerts } from '../../../domain/alerts/severity';
import { alertsOfSeries, isAlertSeries } from './seriesAlerts';
import { alertsOfTable, isAlertTable } from './tableAlerts';

/** True when an answer's series or rows are alerts. */
export function holdsAlerts(frames: readonly DataFrame[]): boolean {
  return frames.some((frame) => frame.fields.some(isAlertSeries) || isAlertTable(frame));
}

/**
 * The alerts of a query's answer, the worst first: series of `ALERTS`, or tables with a column for the alert's name.
 * The watchdog, which always fires, is left out as everywhere. `until`: the end of the query, milliseconds since the epoch.
 */
export function alertsOfFrames(frames: readonly DataFrame[], until: number): AlertRow[] {
  return frames
    .flatMap((frame) =>
      frame.fields.some(isAlertSeries) ? alertsOfSeries(frame, until) : alertsOfTable(frame),
    )
    .filter(({ name }) => name !== WATCHDOG)
    .sort(compareAlerts);
}
