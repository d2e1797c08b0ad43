/** What an entry is about, as the exporter says; an unknown word is shown as it is. */
export interface BeforeEntry {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** `alert`, `maintenance`, `deployment`, `change`, `broker`, `database`, `source` or `log`. */
  readonly kind: string;
  readonly title: string;
  readonly detail: string;
  /** The device of another alert; null of all else. */
  readonly deviceId: string | null;
  /** What another alert has in common: `device`, `location` or `type`; null of all else. */
  readonly shares: string | null;
}
