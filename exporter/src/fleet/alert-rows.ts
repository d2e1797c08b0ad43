/** Alert rows of the platform grouped as both sources can give them. */
export interface AlertGroup {
  /** As found. */
  readonly severity: string;
  readonly alertType: string;
  readonly count: number;
}

/**
 * What collectors tell about the platform's own alert rows. With `postgres` configured only its numbers are
 * published (API and SQL may be two databases); the API's are used alone.
 */
export interface AlertRowsInput {
  /** Replaces the active rows of the source. */
  applyActive(source: 'api' | 'postgres', groups: readonly AlertGroup[]): void;
  /** Rows that were raised since the last call: adds to the counter. */
  raised(source: 'api' | 'postgres', groups: readonly AlertGroup[]): void;
  withdraw(source: 'api' | 'postgres'): void;
}
