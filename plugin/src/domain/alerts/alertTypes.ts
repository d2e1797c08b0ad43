import type { Decision, Notice } from './alert';

export const STORED_STATES = ['active', 'acknowledged', 'resolved'] as const;
export type StoredState = (typeof STORED_STATES)[number];

/** An alert of the exporter's store (`/api/v1/alerts`, contract §2). Times are milliseconds since the epoch. */
export interface StoredAlert {
  readonly fingerprint: string;
  readonly name: string;
  readonly severity: string;
  /** Who raised it: `platform`, `device`, `alertmanager`, `api`, `rules`. */
  readonly source: string;
  readonly state: StoredState;
  readonly message: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly generatorUrl: string | null;
  readonly startsAt: number;
  readonly lastSeen: number;
  /** How often its source raised it; undefined where the exporter does not count. */
  readonly count?: number | undefined;
  /** Since when it goes on and off; undefined when it does not. */
  readonly flappingSince?: number | undefined;
  readonly acknowledgement: Decision | null;
  readonly resolution: Decision | null;
  /** Ids of the maintenance windows that cover it now. */
  readonly maintenance: readonly string[];
  /** The newest word of its firing to each receiver; empty where the answer is not a list. */
  readonly notified: readonly Notice[];
}

export interface StoredAlertPage {
  readonly items: readonly StoredAlert[];
  readonly nextCursor: string | null;
}

/** A line of the store's audit log. */
export interface AlertEvent {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** `raised`, `acknowledged`, `resolved`. */
  readonly action: string;
  readonly by: string;
  readonly comment: string;
}

/** What a receiver was told: `kind` is `firing` or `resolved`. */
export interface AlertDelivery extends Notice {
  readonly kind: string;
}

/** An alert with its life. */
export interface StoredAlertDetails {
  readonly alert: StoredAlert;
  /** Newest first. */
  readonly events: readonly AlertEvent[];
  /** The newest of each receiver and kind. */
  readonly deliveries: readonly AlertDelivery[];
}

/** What became of one of several alerts: the alert as it is now, or why it was refused. */
export interface AlertOutcome {
  readonly fingerprint: string;
  readonly alert: StoredAlert | null;
  readonly error: string | null;
}

/** Figures about the store. Times are milliseconds. */
export interface StoreStatistics {
  readonly total: number;
  readonly open: number;
  readonly acknowledged: number;
  readonly resolved: number;
  readonly bySeverity: Readonly<Record<string, number>>;
  /** Raised per hour over the last day. */
  readonly rate: number;
  readonly meanTimeToAcknowledge: number | null;
  readonly meanTimeToResolve: number | null;
  readonly noisiest: readonly { readonly name: string; readonly count: number }[];
}

/** What a receiver answered to a test alert. */
export interface TestOutcome {
  readonly receiver: string;
  readonly delivered: boolean;
  readonly answer: string;
  readonly durationSeconds: number;
}

/** An entry of the store's outbox. Times are milliseconds since the epoch. */
export interface OutboxEntry {
  readonly id: number;
  readonly fingerprint: string;
  readonly receiver: string;
  readonly kind: string;
  readonly state: Notice['state'];
  readonly attempts: number;
  readonly createdAt: number | null;
  readonly nextAttempt: number | null;
  readonly deliveredAt: number | null;
  readonly lastError: string | null;
}
