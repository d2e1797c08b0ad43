import { severityClass } from '../../base/severity.ts';
import type { DeviceAlertMessage } from '../../platform-alerts/device-alerts.ts';
import { type AlertContent, labelsOf } from '../alert.ts';

/** Name of every alert that a device raised itself; label `alert_type` tells them apart. */
export const DEVICE_ALERT = 'DeviceAlert';

/** Type of an alert whose message names none: the platform's own word. */
export const UNKNOWN_TYPE = 'unknown';

/** A message that comes later is dated by its arrival: the device's clock is wrong, or the message is old. */
const BELIEVED = 3_600_000;

/** When the alert began: the device's own time where it can be right. */
function beginningOf(writtenAt: number | null, now: number): number {
  return writtenAt !== null && writtenAt <= now && now - writtenAt <= BELIEVED ? writtenAt : now;
}

/** The message as an alert of the store. Severities of one meaning are one, so that a device's spelling makes no second row. */
export function deviceContent(
  message: DeviceAlertMessage,
  deviceId: string,
  alertType: string,
  now: number,
): AlertContent & { readonly count: number } {
  const found = message.severity;
  const known = severityClass(found);
  const severity = known === 'other' || known === 'none' ? found.toLowerCase() : known;
  return {
    name: DEVICE_ALERT,
    severity,
    source: 'device',
    message: message.message,
    labels: labelsOf(DEVICE_ALERT, severity, {
      device_id: deviceId,
      alert_type: alertType,
      metric_name: message.metricName,
    }),
    annotations: Object.fromEntries(
      Object.entries({
        summary: message.message,
        value: message.value,
        severity_found: found === severity ? '' : found,
      }).filter(([, text]) => text !== ''),
    ),
    generatorUrl: '',
    startsAt: beginningOf(message.writtenAt, now),
    sourceTime: message.writtenAt ?? 0,
    count: 1,
  };
}
