import { z } from 'zod';
import type { Alert } from '../alert.ts';
import { json } from '../store/rows.ts';
import type { Sql } from '../store/sql.ts';
import { textsSchema } from '../texts.ts';

/** Whether nobody may be told of the alert now. */
export type IsCovered = (alert: Pick<Alert, 'labels'>) => boolean;

const waitingRow = z.object({
  alert_id: z.number(),
  labels: json(textsSchema),
  held: z.number(),
});

/** What a page of alerts came to. */
export interface Held {
  readonly held: number;
  readonly released: number;
  /** Where the next page begins; undefined when there is none. */
  readonly last: number | undefined;
}

/** Alerts of a page: what is done between two breaths of the event loop. */
const PAGE = 500;

/**
 * Holds the pending notices of alerts that are covered and lets go those that no longer are, as if they had
 * just been written: no failure of before counts. Looks at a page of alerts, those of numbers above `after`.
 */
export async function holdCovered(sql: Sql, isCovered: IsCovered, now: number, after: number): Promise<Held> {
  const waiting = await sql.all(
    waitingRow,
    `select a.id as alert_id, a.labels, max(d.held) as held
     from alerts a join deliveries d on d.alert_id = a.id and d.state = 'pending'
     where a.id > ? group by a.id order by a.id limit ?`,
    after,
    PAGE,
  );
  const changed = { held: 0, released: 0 };
  for (const { alert_id: id, held, labels } of waiting) {
    const covered = isCovered({ labels });
    if (covered) {
      const text = "update deliveries set held = 1 where alert_id = ? and state = 'pending' and held = 0";
      if ((await sql.run(text, id)).changes > 0) changed.held += 1;
    } else if (held === 1) {
      await sql.run(
        `update deliveries set held = 0, attempts = 0, created_at = ?1, due_at = ?1
         where alert_id = ?2 and state = 'pending'`,
        now,
        id,
      );
      changed.released += 1;
    }
  }
  return { ...changed, last: waiting.length < PAGE ? undefined : waiting.at(-1)?.alert_id };
}
