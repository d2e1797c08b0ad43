import { StoreError } from '../../state/sqlite/errors.ts';

/** There are as many open alerts as there may be: what was new was refused, all else of the report is stored. */
export class StoreFullError extends StoreError {
  /** How many were refused. */
  readonly refused: number;

  constructor(most: number, refused: number) {
    super(
      `the alert store takes no more than ${most} open alerts and refused ${refused}: resolve some of them, or raise alerts.max_open`,
    );
    this.name = 'StoreFullError';
    this.refused = refused;
  }
}
