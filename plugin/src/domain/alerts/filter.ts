import { isInStates, isMuted, type AlertRow, type AlertState } from './alert';
import { matcherTest } from './matchers';
import type { Matcher } from './silence';

/** Which alerts are shown; an empty part lets everything through. */
export interface AlertFilter {
  /** Words that each stand in name, summary, a label's or an annotation's value, or a comment, in any case. */
  readonly text: string;
  /** Severities as found. */
  readonly severities: readonly string[];
  readonly states: readonly AlertState[];
  /** Label `device_id`. */
  readonly device: string;
  /** Label `service`. */
  readonly services: readonly string[];
  readonly receivers: readonly string[];
  /** On labels, as Alertmanager understands them. */
  readonly matchers: readonly Matcher[];
  /** Also those that are silenced, inhibited or under maintenance. */
  readonly muted: boolean;
  /** Also those that somebody has taken on. */
  readonly acknowledged: boolean;
}

/** Everything is shown. */
export const NO_FILTER: AlertFilter = {
  text: '',
  severities: [],
  states: [],
  device: '',
  services: [],
  receivers: [],
  matchers: [],
  muted: true,
  acknowledged: true,
};

const among = (wanted: readonly string[], value: string): boolean =>
  wanted.length === 0 || wanted.includes(value);

function textOf({ name, summary, labels, annotations, acknowledgement }: AlertRow): string {
  const decision = acknowledgement === null ? [] : [acknowledgement.by, acknowledgement.comment];
  return [name, summary, ...Object.values(labels), ...Object.values(annotations), ...decision]
    .join('\n')
    .toLowerCase();
}

/** The test of a filter. Throws `MatcherError`. */
function filterTest(filter: AlertFilter): (alert: AlertRow) => boolean {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const labelsMatch = matcherTest(filter.matchers);
  return (alert) => {
    if (!filter.muted && isMuted(alert)) return false;
    if (!filter.acknowledged && alert.state === 'acknowledged') return false;
    if (filter.states.length > 0 && !isInStates(filter.states, alert)) return false;
    if (!among(filter.severities, alert.severity)) return false;
    if (filter.device !== '' && alert.labels.device_id !== filter.device) return false;
    if (!among(filter.services, alert.labels.service ?? '')) return false;
    const { receivers } = filter;
    if (receivers.length > 0 && !alert.receivers.some((name) => receivers.includes(name))) return false;
    if (!labelsMatch(alert.labels)) return false;
    if (words.length === 0) return true;
    const text = textOf(alert);
    return words.every((word) => text.includes(word));
  };
}

/** The alerts that the filter lets through, in their order. Throws `MatcherError`. */
export function filterAlerts(alerts: readonly AlertRow[], filter: AlertFilter): AlertRow[] {
  return alerts.filter(filterTest(filter));
}
