/** A matcher of Alertmanager: `=`, `!=`, `=~`, `!~` as two flags. */
export interface Matcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  readonly isEqual: boolean;
}

export const SILENCE_STATES = ['active', 'pending', 'expired'] as const;
export type SilenceState = (typeof SILENCE_STATES)[number];

/** Which Alertmanager: the one of the settings, or Grafana's own, which tells of the alerts of Grafana's rules. */
export type AlertmanagerName = 'own' | 'grafana';

/** A silence of Alertmanager. Times are milliseconds since the epoch. */
export interface Silence {
  readonly id: string;
  readonly alertmanager: AlertmanagerName;
  readonly state: SilenceState;
  readonly matchers: readonly Matcher[];
  readonly startsAt: number;
  readonly endsAt: number;
  readonly createdBy: string;
  readonly comment: string;
}

/** A silence to be made. */
export type NewSilence = Pick<Silence, 'matchers' | 'startsAt' | 'endsAt' | 'createdBy' | 'comment'>;

/** A maintenance window of the exporter: alerts of its devices are kept and nobody is told. */
export interface MaintenanceWindow {
  readonly id: string;
  readonly state: 'planned' | 'active' | 'ended';
  readonly devices: readonly string[];
  readonly deviceTypes: readonly string[];
  readonly locations: readonly string[];
  readonly startsAt: number;
  readonly endsAt: number;
  readonly createdBy: string;
  readonly comment: string;
  /** Who ended it before its time; null when nobody did. */
  readonly endedBy: string | null;
}

/** A maintenance window to be made; without `startsAt` it starts now. */
export type NewMaintenanceWindow = Pick<
  MaintenanceWindow,
  'devices' | 'deviceTypes' | 'locations' | 'endsAt' | 'comment'
> & { readonly startsAt?: number | undefined };
