/**
 * The tables, one entry a version (`user_version`); an entry is never changed once it was released. Times are
 * milliseconds since the epoch; texts with structure are JSON.
 */
export const MIGRATIONS: readonly string[] = [
  `create table alerts (
     id integer primary key,
     fingerprint text not null,
     name text not null,
     severity text not null,
     source text not null,
     state text not null check (state in ('active', 'acknowledged', 'resolved')),
     message text not null,
     labels text not null,
     annotations text not null,
     generator_url text not null,
     starts_at integer not null,
     raised_at integer not null,
     last_seen integer not null,
     acknowledgement text,
     first_acknowledged integer,
     resolution text,
     resolved_at integer
   ) strict;
   create unique index alerts_open on alerts (fingerprint) where state <> 'resolved';
   create index alerts_by_fingerprint on alerts (fingerprint, id);
   create index alerts_by_raising on alerts (raised_at);
   create index alerts_by_resolution on alerts (resolved_at, id) where state = 'resolved';
   create table audit (
     id integer primary key,
     at integer not null,
     alert_id integer not null,
     fingerprint text not null,
     action text not null,
     actor_kind text not null,
     actor text not null,
     comment text not null
   ) strict;
   create index audit_by_alert on audit (alert_id, id);
   create index audit_by_time on audit (at);`,
  `create table deliveries (
     id integer primary key,
     alert_id integer not null,
     fingerprint text not null,
     receiver text not null,
     kind text not null,
     state text not null check (state in ('pending', 'delivered', 'dead')),
     attempts integer not null,
     created_at integer not null,
     due_at integer not null,
     delivered_at integer,
     last_error text
   ) strict;
   create index deliveries_pending on deliveries (receiver, due_at) where state = 'pending';
   create index deliveries_by_alert on deliveries (alert_id, id);
   create index deliveries_by_state on deliveries (state, id);`,
  // `held`: the alert's device is in maintenance. `escalated_at`: when it was last told again.
  `create table maintenance (
     id text primary key,
     devices text not null,
     device_types text not null,
     locations text not null,
     starts_at integer not null,
     ends_at integer not null,
     created_at integer not null,
     created_by text not null,
     comment text not null,
     ended_by text
   ) strict;
   create index maintenance_by_end on maintenance (ends_at);
   alter table deliveries add column held integer not null default 0;
   drop index deliveries_pending;
   create index deliveries_pending on deliveries (receiver, due_at) where state = 'pending' and held = 0;
   create index deliveries_in_turn on deliveries (fingerprint, receiver, id);
   alter table alerts add column escalated_at integer;
   drop index audit_by_time;
   drop index deliveries_by_state;
   create index alerts_critical on alerts (raised_at) where state = 'active' and lower(severity) = 'critical';`,
];
