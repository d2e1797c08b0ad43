import type { Logger } from '../../log/logger.ts';
import { ROWS_UNUSABLE } from '../../metrics/catalogue/collection.ts';
import type { Metrics } from '../../metrics/metrics.ts';

export type UnusableRow = 'device' | 'alert';

/** Counts rows that were left out, and logs their number whenever it differs from the list before. */
export function createUnusableCount(
  metrics: Metrics,
  logger: Logger,
): (kind: UnusableRow, rows: number) => void {
  const cells = {
    device: metrics.counter(ROWS_UNUSABLE, { collector: 'api', reason: 'device' }),
    alert: metrics.counter(ROWS_UNUSABLE, { collector: 'api', reason: 'alert' }),
  };
  const before: Record<UnusableRow, number> = { device: 0, alert: 0 };
  return (kind, rows) => {
    cells[kind].inc(rows);
    if (rows > 0 && rows !== before[kind])
      logger.warn({ kind, rows }, 'rows of a list cannot be used and are left out: they have no usable id');
    before[kind] = rows;
  };
}
