/** Where an alert of the store came from; who brought it owns it and alone says that its cause is gone. */
export const ALERT_SOURCES = ['platform', 'device', 'alertmanager', 'api', 'rules'] as const;
export type AlertSource = (typeof ALERT_SOURCES)[number];

export const ALERT_STATES = ['active', 'acknowledged', 'resolved'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** Who did something: a person as Grafana names them, a way in that knows no person, or a part of the system. */
export interface Actor {
  readonly kind: 'grafana' | 'token' | 'basic' | 'loopback' | 'system';
  /** Grafana's login, else a word such as `token` or `alertmanager`. */
  readonly name: string;
}

/** What somebody decided, when (milliseconds since the epoch) and what they said about it. */
export interface Decision {
  readonly by: Actor;
  readonly at: number;
  readonly comment: string;
}

/** What an alert says, without what became of it. */
export interface AlertContent {
  /** As label `alertname`. */
  readonly name: string;
  /** As label `severity`, as found. */
  readonly severity: string;
  readonly source: AlertSource;
  readonly message: string;
  /** All labels, `alertname` and `severity` among them; none is empty. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Where the alert's expression can be seen; empty when unknown. */
  readonly generatorUrl: string;
  /** When the cause began, milliseconds since the epoch. */
  readonly startsAt: number;
  /**
   * Newest time that the source has given, by its own clock, which need not agree with ours: only ever compared with
   * other times of that source. `startsAt` when left out; 0 when the source gave none.
   */
  readonly sourceTime?: number;
  /** How often its source has raised it; left out where the source does not say. */
  readonly count?: number;
  /** When it is over unless it is raised again, milliseconds since the epoch; left out where its source ends it. */
  readonly expiresAt?: number | null;
}

/** An alert from its raising to its resolution: one that fires again later is another one with the same fingerprint. */
export interface Alert extends AlertContent {
  readonly fingerprint: string;
  readonly state: AlertState;
  readonly sourceTime: number;
  readonly count: number;
  readonly expiresAt: number | null;
  /** When its source last said that it is still there, milliseconds since the epoch. */
  readonly lastSeen: number;
  /** The newest acknowledgement, kept when it is resolved. */
  readonly acknowledgement: Decision | null;
  /** When it was first acknowledged: what the mean time to acknowledge counts. */
  readonly firstAcknowledged: number | null;
  readonly resolution: Decision | null;
}

/** Alertmanager's dead man's switch: always firing, never in the store (contract §5). */
export const WATCHDOG = 'Watchdog';

/** The rule about critical alerts that nobody has taken on (contract §5): it counts itself out. */
export const CRITICAL_UNACKNOWLEDGED = 'CriticalAlertUnacknowledged';

/** Names that all alerts of the platform and of devices share; their types tell them apart. */
const NAMES_OF_ALL: ReadonlySet<string> = new Set(['PlatformAlert', 'DeviceAlert']);

/** What kind of alert it is: its name, and of those of the platform and of devices the type with what was measured. */
export function kindOf({ name, labels }: Pick<AlertContent, 'name' | 'labels'>): string {
  const { alert_type: type, metric_name: metric } = labels;
  if (!NAMES_OF_ALL.has(name) || type === undefined) return name;
  return metric === undefined ? type : `${type} · ${metric}`;
}

/** The labels of an alert: its own, with name and severity, without empty ones. */
export function labelsOf(
  name: string,
  severity: string,
  labels: Readonly<Record<string, string>>,
): Record<string, string> {
  const all = { ...labels, alertname: name, severity };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

/** A part of the exporter, or a neighbour, as the one who acts. */
export function system(name: string): Actor {
  return { kind: 'system', name };
}
