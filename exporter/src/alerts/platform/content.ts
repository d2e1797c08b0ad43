import { type AlertContent, labelsOf } from '../alert.ts';
import type { OpenAlertGroup } from '../../platform-alerts/open-alerts.ts';

/** Name of every alert that the platform raised: its titles differ from row to row of one and the same fault. */
export const PLATFORM_ALERT = 'PlatformAlert';

/** A platform that raises a fault again and again has stopped when it was silent for so many of its intervals. */
const INTERVALS = 3;

/**
 * Whether the fault is over although the platform, which never resolves by itself, still calls it active: it
 * was raised repeatedly and has not been for `quietAfter` milliseconds and three of its mean intervals. A row
 * that was raised only once says nothing by its silence.
 */
export function isQuiet({ count, first, last }: OpenAlertGroup, quietAfter: number, now: number): boolean {
  if (count < 2) return false;
  const interval = (last - first) / (count - 1);
  return now - last > Math.max(quietAfter, INTERVALS * interval);
}

/** The group as an alert of the store. */
export function platformContent(group: OpenAlertGroup): AlertContent {
  const { deviceId, alertType, metricName, severity, title, description } = group;
  const labels = { device_id: deviceId, alert_type: alertType, metric_name: metricName };
  return {
    name: PLATFORM_ALERT,
    severity,
    source: 'platform',
    message: description === '' ? title : description,
    labels: labelsOf(PLATFORM_ALERT, severity, labels),
    annotations: title === '' ? {} : { summary: title },
    generatorUrl: '',
    startsAt: group.first,
    sourceTime: group.last,
    count: group.count,
  };
}
