/** Decides which telemetry is old enough to be deleted, by id alone: no query ever looks at times. */
export interface Retention {
  /** Notes the highest id at the time; called now and then. */
  note(lastId: number, at: number): void;
  /** Rows with this id or a lower one may go. 0: none. */
  cutoff(at: number): number;
}

/**
 * @param maxAge milliseconds that a row is kept
 * @param maxRows rows that are kept at most, whatever their age
 */
export function createRetention(maxAge: number, maxRows: number): Retention {
  let marks: { readonly at: number; readonly lastId: number }[] = [];
  let lastId = 0;
  let expired = 0;
  return {
    note(id, at) {
      lastId = id;
      marks.push({ at, lastId: id });
    },
    cutoff(at) {
      for (const mark of marks) if (mark.at <= at - maxAge) expired = mark.lastId;
      marks = marks.filter((mark) => mark.at > at - maxAge);
      return Math.max(0, expired, lastId - maxRows);
    },
  };
}
