import type { DeviceAlertMessage } from '../../platform-alerts/device-alerts.ts';
import type { Document } from './payload.ts';

/** What the message says, without who said it and how it came. */
export type AlertWords = Pick<
  DeviceAlertMessage,
  'alertType' | 'severity' | 'message' | 'metricName' | 'value' | 'ends'
>;

/** Severity of a message without one: the platform's own default. */
export const DEFAULT_SEVERITY = 'medium';

/** Longest texts that are kept, characters. */
const LONGEST_WORD = 64;
const LONGEST_MESSAGE = 2048;

/** Words by which a device says that an alert is over, as its state or in place of a severity. */
const END_WORDS = new Set([
  'resolved',
  'resolve',
  'cleared',
  'clear',
  'closed',
  'ended',
  'inactive',
  'recovered',
  'normal',
  'ok',
]);

/** The first of the members that is a text or a number, cut; undefined when none is. */
function wordOf(document: Document, names: readonly string[], most = LONGEST_WORD): string | undefined {
  for (const name of names) {
    const value = document[name];
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const text = String(value).trim().toWellFormed();
    if (text !== '') return text.slice(0, most).toWellFormed();
  }
  return undefined;
}

function isEnd(document: Document): boolean {
  if (document['resolved'] === true || document['cleared'] === true || document['active'] === false)
    return true;
  return ['status', 'state', 'severity', 'level'].some((name) => {
    const word = document[name];
    return typeof word === 'string' && END_WORDS.has(word.trim().toLowerCase());
  });
}

/** Reads the backend's `{type, severity, message}` and the firmware's `{alert_type, severity, value, message}`. */
export function readDeviceAlert(document: Document): AlertWords {
  return {
    alertType: wordOf(document, ['alert_type', 'type']),
    severity: wordOf(document, ['severity', 'level']) ?? DEFAULT_SEVERITY,
    message: wordOf(document, ['message', 'description', 'title'], LONGEST_MESSAGE) ?? '',
    metricName: wordOf(document, ['metric_name', 'metric']) ?? '',
    value: wordOf(document, ['value']) ?? '',
    ends: isEnd(document),
  };
}
