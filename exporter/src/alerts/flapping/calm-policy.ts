import type { Logger } from '../../log/logger.ts';
import type { Database } from '../store/sql.ts';
import type { Outbox } from '../delivery/outbox.ts';
import type { Policy } from '../policies.ts';
import { newestAlert } from '../store/rows.ts';
import { flappingSince, type FlappingPolicy, takeCalm } from './flapping.ts';

/** Alerts of one transaction. */
const PIECE = 100;

/** A policy: what no longer flaps is told as it is then, in the transaction that says so. */
export function createCalmPolicy(
  database: Database,
  outbox: Pick<Outbox, 'settle'>,
  { window }: FlappingPolicy,
  logger: Logger,
): Policy {
  return async (now) => {
    // Looked at often and rarely due: the look must not begin a transaction.
    if ((await database.read(flappingSince)).size === 0) return 'idle';
    const calm = await database.write(async (sql) => {
      const fingerprints = await takeCalm(sql, now - window / 2, PIECE);
      for (const fingerprint of fingerprints) {
        const stored = await newestAlert(sql, fingerprint);
        if (stored !== undefined) await outbox.settle(sql, stored, now);
      }
      return fingerprints.length;
    });
    if (calm === 0) return 'idle';
    logger.info({ alerts: calm }, 'alerts no longer go on and off');
    return calm === PIECE ? 'more' : 'told';
  };
}
