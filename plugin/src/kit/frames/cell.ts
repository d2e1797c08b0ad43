import type { DataFrame, Field } from '@grafana/data';

/** One value of the query's answer, with where it came from: links, actions and formats need the place. */
export interface Cell {
  readonly frame: DataFrame;
  readonly field: Field;
  readonly row: number;
  /** The columns of a table that have a role besides the value's; series have none. */
  readonly columns?: Columns;
}

export interface Columns {
  readonly id?: Field | undefined;
  readonly name?: Field | undefined;
  readonly since?: Field | undefined;
  readonly seen?: Field | undefined;
  readonly time?: Field | undefined;
}
