import type { AlertRow, AlertState } from '../../../domain/alerts/alert';
import { fingerprintOf } from '../../../domain/alerts/fingerprint';

/** Labels of `ALERTS` that say what became of the alert, not which one it is. */
const NOT_IDENTITY: ReadonlySet<string> = new Set(['__name__', 'alertstate']);

const STATES: ReadonlyMap<string, AlertState> = new Map([
  ['nodata', 'nodata'],
  ['no data', 'nodata'],
  ['no_data', 'nodata'],
  ['error', 'error'],
  ['recovering', 'recovering'],
  ['pending', 'pending'],
  ['acknowledged', 'acknowledged'],
  ['ack', 'acknowledged'],
  ['resolved', 'resolved'],
  ['closed', 'resolved'],
  ['inactive', 'resolved'],
  ['normal', 'resolved'],
  ['ok', 'resolved'],
  // Nobody evaluates it.
  ['paused', 'resolved'],
]);

/** Words for an alert that fires and that nobody is told of. */
const SUPPRESSED: ReadonlySet<string> = new Set(['suppressed', 'silenced', 'muted', 'inhibited']);

/**
 * What the word of a query's answer means; one that nobody knows is no reason to hide an alert. Grafana writes a
 * reason behind its words, which changes nothing: `Normal (NoData)` does not fire.
 */
export function stateOfWord(text: string): Pick<AlertRow, 'state' | 'suppressed'> {
  const word = text.replace(/\(.*$/s, '').trim().toLowerCase();
  return { state: STATES.get(word) ?? 'active', suppressed: SUPPRESSED.has(word) };
}

/** What an answer says of an alert. Times are milliseconds since the epoch; NaN where nobody knows. */
export interface QueryAlert {
  readonly name: string;
  readonly severity: string;
  readonly state: AlertState;
  readonly suppressed: boolean;
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
    routedBy: [],
    silencedBy: [],
    inhibitedBy: [],
    maintenance: [],
    suppressed: alert.suppressed,
    receivers: [],
    notified: [],
    value: alert.value,
    generatorUrl: undefined,
  };
}
