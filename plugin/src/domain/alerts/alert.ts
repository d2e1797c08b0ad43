import type { AlertmanagerName } from './silence';
import type { ValueUnit } from './valueUnit';

/** Who shows the alert: the exporter's store, Alertmanager, Prometheus' own rules, Grafana's own rules. */
export const ALERT_ORIGINS = ['store', 'alertmanager', 'prometheus', 'grafana'] as const;
export type AlertOrigin = (typeof ALERT_ORIGINS)[number];

/**
 * What became of an alert. Grafana's own rules also fire as `nodata` (the query found nothing), `error` (it failed)
 * and `recovering` (the condition is over, not yet for long enough). `pending`: the condition holds, not yet for long
 * enough. `acknowledged`: somebody has taken it on; only the store knows.
 */
export const ALERT_STATES = [
  'active',
  'nodata',
  'error',
  'recovering',
  'pending',
  'acknowledged',
  'resolved',
] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** The states of an alert that fires and that nobody has taken on. */
const OPEN_STATES: ReadonlySet<AlertState> = new Set(['active', 'nodata', 'error', 'recovering']);

/** True when it fires, for whatever reason, and nobody has taken it on. */
export function isOpen({ state }: Pick<AlertRow, 'state'>): boolean {
  return OPEN_STATES.has(state);
}

/** True when it fires, taken on or not. */
export function isFiring(alert: Pick<AlertRow, 'state'>): boolean {
  return isOpen(alert) || alert.state === 'acknowledged';
}

/** True when a choice of states takes it in: `active` stands for all that fire and that nobody has taken on. */
export function isInStates(states: readonly AlertState[], { state }: Pick<AlertRow, 'state'>): boolean {
  return states.includes(state) || (states.includes('active') && OPEN_STATES.has(state));
}

/** What somebody decided, when (milliseconds since the epoch) and what they said about it. */
export interface Decision {
  readonly by: string;
  readonly at: number;
  readonly comment: string;
}

/** What became of telling a receiver; `dead`: it was tried for long enough and is not tried any more. */
export const NOTICE_STATES = ['pending', 'delivered', 'dead'] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

/** The newest word of an alert to a receiver of the store. */
export interface Notice {
  readonly receiver: string;
  readonly state: NoticeState;
  /** When it was delivered, else when it is tried next, milliseconds since the epoch. */
  readonly at: number;
}

/** One alert, whoever shows it: a row of every list. Times are milliseconds since the epoch. */
export interface AlertRow {
  /** As Alertmanager computes it, without external labels: 16 hexadecimal digits. The same in every origin. */
  readonly fingerprint: string;
  /** Label `alertname`. */
  readonly name: string;
  /** Label `severity` as found; empty when there is none. */
  readonly severity: string;
  readonly state: AlertState;
  /** The summary, else the message or description, else empty. */
  readonly summary: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** The earliest beginning that an origin knows. */
  readonly startsAt: number;
  /** When it ended; null while it is there. */
  readonly endsAt: number | null;
  /** Everybody who shows it, in the order of `ALERT_ORIGINS`. */
  readonly origins: readonly AlertOrigin[];
  /** Who raised it, as the store says (`platform`, `device`, `alertmanager`, `api`, `rules`); undefined outside of the store. */
  readonly raisedBy: string | undefined;
  /** How often its source raised it; undefined where nobody counts. */
  readonly raisedCount?: number | undefined;
  /** Since when it goes on and off, as the store says; undefined when it does not. */
  readonly flappingSince?: number | undefined;
  readonly acknowledgement: Decision | null;
  readonly resolution: Decision | null;
  /** The Alertmanagers that have it: where it can be silenced. */
  readonly routedBy: readonly AlertmanagerName[];
  /** Ids of the silences that keep it quiet now. */
  readonly silencedBy: readonly string[];
  /** Fingerprints of the alerts that inhibit it now. */
  readonly inhibitedBy: readonly string[];
  /** Ids of the maintenance windows of the exporter that cover it now. */
  readonly maintenance: readonly string[];
  /** True when its source says that nobody is told, whatever the reason: a mute time, or one that it does not name. */
  readonly suppressed: boolean;
  /** Alertmanager's receivers of it, and the store's own. */
  readonly receivers: readonly string[];
  /** What the store told its own receivers. Alertmanager does not say what it delivered. */
  readonly notified: readonly Notice[];
  /** The value of its expression, as Prometheus or Grafana writes it; undefined where nobody knows. */
  readonly value: string | undefined;
  /** What the value is a number of, as the texts of its rule say; undefined where they do not. */
  readonly valueUnit?: ValueUnit | undefined;
  /** Where its expression can be seen; undefined when unknown. */
  readonly generatorUrl: string | undefined;
}

/** The names of all alerts that the platform and devices raised themselves; their types tell them apart. */
const NAMES_OF_ALL: ReadonlySet<string> = new Set(['PlatformAlert', 'DeviceAlert']);

/** What kind of alert it is: its name, and of those of the platform and of devices the type with what was measured. */
export function alertKind({ name, labels }: Pick<AlertRow, 'name' | 'labels'>): string {
  const { alert_type: type, metric_name: metric } = labels;
  if (!NAMES_OF_ALL.has(name) || type === undefined || type === '') return name;
  return metric === undefined || metric === '' ? type : `${type} · ${metric}`;
}

/** True for an acknowledgement that the exporter found in the platform, whose words say just that. */
export function isByPlatform({ by, comment }: Pick<Decision, 'by' | 'comment'>): boolean {
  return by === 'platform' && comment === 'acknowledged in the platform';
}

/** True when somebody else than `login` has taken it on. */
export function isTakenByOther(
  { state, acknowledgement }: Pick<AlertRow, 'state' | 'acknowledgement'>,
  login: string,
): boolean {
  return state === 'acknowledged' && acknowledgement !== null && acknowledgement.by !== login;
}

/** True when somebody is kept from hearing of it. */
export function isMuted({ silencedBy, inhibitedBy, maintenance, suppressed }: AlertRow): boolean {
  return suppressed || silencedBy.length > 0 || inhibitedBy.length > 0 || maintenance.length > 0;
}
