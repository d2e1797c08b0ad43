/** The platform's rows about one thing: a device, an alert type and a metric. Times are milliseconds since the epoch. */
export interface OpenAlertGroup {
  /** The device's MQTT id; `#7` for the platform's row 7 where it is not known. */
  readonly deviceId: string;
  readonly alertType: string;
  /** Empty for an alert that is about no metric. */
  readonly metricName: string;
  /** Severity, title and description of the newest row. */
  readonly severity: string;
  readonly title: string;
  readonly description: string;
  /** Rows that are not resolved. */
  readonly count: number;
  /** When the oldest and the newest of them were raised. */
  readonly first: number;
  readonly last: number;
  /** True when all of them are acknowledged in the platform. */
  readonly acknowledged: boolean;
}

/** Where collectors hand over what the platform itself has raised and not resolved. It is stored by and by. */
export interface OpenAlertsInput {
  /** `complete` is false when there were more groups than were read: nothing is over because it is missing. */
  apply(source: 'api' | 'postgres', groups: readonly OpenAlertGroup[], complete: boolean): void;
}
