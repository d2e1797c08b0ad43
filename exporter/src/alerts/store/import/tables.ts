/** A table that is copied from a file of SQLite into PostgreSQL. */
export interface CopiedTable {
  readonly name: string;
  /** What its rows are, for whoever waits. */
  readonly words: string;
  /** Its columns with what PostgreSQL keeps in them. */
  readonly columns: Readonly<Record<string, 'text' | 'bigint' | 'json'>>;
  /** By what the rows come in their order, and page by page where that is a number. */
  readonly order: string;
  readonly pages: boolean;
  /** Whether rows keep their numbers: others refer to them, and the newest has the highest. */
  readonly numbered: boolean;
  /** What to do with a row that is there already. */
  readonly conflict: string;
}

const NUMBERED = { order: 'id', pages: true, numbered: true, conflict: '' } as const;
const SMALL = { pages: false, numbered: false, conflict: 'on conflict do nothing' } as const;

/** All that the store holds, the alerts first. */
export const TABLES: readonly CopiedTable[] = [
  {
    ...{ name: 'alerts', words: 'alerts', ...NUMBERED },
    columns: {
      ...{ id: 'bigint', fingerprint: 'text', name: 'text', severity: 'text', source: 'text', state: 'text' },
      ...{ message: 'text', labels: 'json', annotations: 'text', generator_url: 'text', starts_at: 'bigint' },
      ...{ raised_at: 'bigint', last_seen: 'bigint', acknowledgement: 'text', first_acknowledged: 'bigint' },
      ...{ resolution: 'text', resolved_at: 'bigint', escalated_at: 'bigint', source_time: 'bigint' },
      ...{ raised_by: 'text', count: 'bigint', expires_at: 'bigint' },
    },
  },
  {
    ...{ name: 'audit', words: 'lines of history', ...NUMBERED },
    columns: {
      ...{ id: 'bigint', at: 'bigint', alert_id: 'bigint', fingerprint: 'text', action: 'text' },
      ...{ actor_kind: 'text', actor: 'text', comment: 'text' },
    },
  },
  {
    ...{ name: 'deliveries', words: 'notices', ...NUMBERED },
    columns: {
      ...{ id: 'bigint', alert_id: 'bigint', fingerprint: 'text', receiver: 'text', kind: 'text' },
      ...{ state: 'text', attempts: 'bigint', created_at: 'bigint', due_at: 'bigint' },
      ...{ delivered_at: 'bigint', last_error: 'text', held: 'bigint', trace: 'text' },
    },
  },
  {
    ...{ name: 'maintenance', words: 'maintenance windows', order: 'rowid', ...SMALL },
    columns: {
      ...{ id: 'text', devices: 'text', device_types: 'text', locations: 'text', starts_at: 'bigint' },
      ...{ ends_at: 'bigint', created_at: 'bigint', created_by: 'text', comment: 'text', ended_by: 'text' },
    },
  },
  {
    ...{ name: 'expired_silences', words: 'expired silences', order: 'window_id, part', ...SMALL },
    columns: { window_id: 'text', part: 'text' },
  },
  {
    ...{ name: 'flapping', words: 'alerts that go on and off', order: 'fingerprint', ...SMALL },
    columns: { fingerprint: 'text', since: 'bigint', changed_at: 'bigint' },
  },
  {
    // Nobody refers to their numbers, and which of them are kept is counted by these.
    ...{ name: 'events', words: 'events', order: 'id', pages: true, numbered: false, conflict: '' },
    columns: { at: 'bigint', kind: 'text', title: 'text', detail: 'text', by: 'text' },
  },
  {
    ...{ name: 'digests', words: 'daily digests', order: 'receiver', pages: false, numbered: false },
    columns: { receiver: 'text', day: 'text' },
    conflict: 'on conflict (receiver) do update set day = greatest(digests.day, excluded.day)',
  },
];
