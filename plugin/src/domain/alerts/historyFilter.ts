import { alertKind } from './alert';
import type { PastAlert } from './pastAlert';

/** What of the history is shown; an empty part lets everything through. */
export interface HistoryFilter {
  /** Words that each stand in name, summary or a label's value, in any case. */
  readonly text: string;
  /** Severities as found. */
  readonly severities: readonly string[];
  /** The kind (`alertKind`), or label `alertname`. */
  readonly name: string;
  /** Label `device_id`. */
  readonly device: string;
}

function textOf({ name, summary, labels, raisedBy = '' }: PastAlert): string {
  return [name, summary, raisedBy, ...Object.values(labels)].join('\n').toLowerCase();
}

/** The alerts that the filter lets through, in their order. */
export function filterHistory(alerts: readonly PastAlert[], filter: HistoryFilter): PastAlert[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return alerts.filter((alert) => {
    if (filter.name !== '' && filter.name !== alertKind(alert) && filter.name !== alert.name) return false;
    if (filter.device !== '' && alert.labels.device_id !== filter.device) return false;
    if (filter.severities.length > 0 && !filter.severities.includes(alert.severity)) return false;
    if (words.length === 0) return true;
    const text = textOf(alert);
    return words.every((word) => text.includes(word));
  });
}
