/** What a device said about an alert of its own over MQTT. */
export interface DeviceAlertMessage {
  /** As the topic or the payload has it. */
  readonly deviceId: string;
  /** Undefined where the message names none. */
  readonly alertType: string | undefined;
  /** As found; the platform's default where the message has none. */
  readonly severity: string;
  readonly message: string;
  /** Empty for an alert that is about no metric. */
  readonly metricName: string;
  /** What was measured, as text; empty where the message has none. */
  readonly value: string;
  /** True when it says that the alert is over. */
  readonly ends: boolean;
  /** When the device wrote it, milliseconds since the epoch by its own clock; null when it has no such clock. */
  readonly writtenAt: number | null;
  /** The broker kept it: nobody knows how old it is but by `writtenAt`. */
  readonly retained: boolean;
  /** The broker says that it has sent it before. */
  readonly repeated: boolean;
}

/** Where the collector of MQTT hands over what devices raise themselves. Every method is cheap; none throws or rejects. */
export interface DeviceAlertsInput {
  /** `now`: milliseconds since the epoch. */
  take(message: DeviceAlertMessage, now: number): void;
  /** A device stated its own status, as found; live messages only. */
  status(deviceId: string, status: string | null, now: number): void;
  /** Asked before messages are acknowledged: when what was taken is on disk; undefined when nothing was. */
  flush(): Promise<void> | undefined;
}
