import type { Sql } from '../store/sql.ts';

/** Longest wait that an attempt can have been put off by, milliseconds; more is a clock that was set back since. */
const LONGEST_WAIT = 1_800_000;

/**
 * Makes what an earlier run left fit this one: a wait that the clock has made too long ends, and what is for a receiver
 * that is not configured any more is a dead letter.
 */
export async function takeOver(sql: Sql, receivers: readonly string[], now: number): Promise<void> {
  await sql.run(
    `update deliveries set state = 'dead', last_error = 'the receiver is not configured any more'
     where state = 'pending' and receiver not in (${['', ...receivers].map(() => '?').join(', ')})`,
    // Nobody is called nothing: a list may not be empty.
    ...['', ...receivers],
  );
  await sql.run(
    "update deliveries set due_at = ?1 where state = 'pending' and due_at > ?2",
    ...[now, now + LONGEST_WAIT],
  );
  await sql.run("update deliveries set created_at = ?1 where state = 'pending' and created_at > ?1", now);
}

/**
 * Moves all that waits for a time of the wall clock, which was set by so many milliseconds: attempts, and what
 * escalation counts from.
 */
export async function moveWaiting(sql: Sql, by: number): Promise<void> {
  await sql.run(
    "update deliveries set due_at = due_at + ?1, created_at = created_at + ?1 where state = 'pending'",
    by,
  );
  await sql.run(
    `update deliveries set created_at = created_at + ?1 where state <> 'pending' and kind = 'firing'
     and alert_id in (select id from alerts where state = 'active')`,
    by,
  );
  await sql.run(
    "update alerts set expires_at = expires_at + ?1 where expires_at is not null and state <> 'resolved'",
    by,
  );
  await sql.run(
    "update alerts set raised_at = raised_at + ?1, escalated_at = escalated_at + ?1 where state = 'active'",
    by,
  );
}
