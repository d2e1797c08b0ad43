import type { AlertRow, AlertState } from '../../../domain/alerts/alert';
import { fingerprintOf } from '../../../domain/alerts/fingerprint';

/** Labels of `ALERTS` that say what became of the alert, not which one it is. */
const NOT_IDENTITY: ReadonlySet<string> = new Set(['__name__', 'alertstate']);

const STATES: ReadonlyMap<string, AlertState> = new Map([
  ['pending', 'pending'],
  ['acknowledged', 'acknowledged'],
  ['ack', 'acknowledged'],
  ['resolved', 'resolved'],
  ['closed', 'resolved'],
  ['inactive', 'resolved'],
  ['normal', 'resolved'],
  ['ok', 'resolved'],
]);

/** What the word of a query's answer means; one that nobody knows is no reason to hide an alert. */
export function stateOfWord(word: string): AlertState {
  return STATES.get(word.trim().toLowerCase()) ?? 'active';
}

/** What an answer says of an alert. Times are milliseconds since the epoch; NaN where nobody knows. */
export interface QueryAlert {
  readonly name: string;
  readonly severity: string;
  readonly state: AlertState;
  readonly labels: Readonly<Record<string, string>>;
  readonly summary?: string | undefined;
  readonly value?: string | undefined;
  readonly startsAt: number;
  readonly endsAt?: number | null | undefined;
}

/** The alert as every list shows it. */
export function rowOfQuery(alert: QueryAlert): AlertRow {
  const labels = Object.fromEntries(
    Object.entries(alert.labels).filter(([name, value]) => !NOT_IDENTITY.has(name) && value !== ''),
  );
  return {
    fingerprint: fingerprintOf({ ...labels, alertname: alert.name }),
    name: alert.name,
    severity: alert.severity,
    state: alert.state,
    summary: alert.summary ?? '',
    labels,
    annotations: {},
    startsAt: alert.startsAt,
    endsAt: alert.endsAt ?? null,
    origins: [],
    raisedBy: undefined,
    acknowledgement: null,
    resolution: null,
    silencedBy: [],
    inhibitedBy: [],
    maintenance: [],
    receivers: [],
    notified: [],
    value: alert.value,
    generatorUrl: undefined,
  };
}
