/**
 * Points that devices sent over MQTT and that the database has not stored: a sum that never falls below 0,
 * so that rows from elsewhere (REST) do not become a credit which hides the next failure.
 */
export interface IngestLag {
  sent(points: number): void;
  stored(points: number): void;
  /** Settles what came since the last call and returns the lag, points. */
  settle(): number;
  readonly points: number;
}

/**
 * Both sides are summed up and settled together: rows of a batch reach the database in one moment and MQTT
 * in many, and settling each by itself would forget rows that were read a moment before their messages.
 */
export function createIngestLag(): IngestLag {
  let lag = 0;
  let change = 0;
  return {
    sent: (points) => {
      change += points;
    },
    stored: (points) => {
      change -= points;
    },
    settle: () => {
      lag = Math.max(0, lag + change);
      change = 0;
      return lag;
    },
    get points() {
      return lag;
    },
  };
}
