/** The schema of the database that holds the tables: the platform's own has a table `alerts`, too. */
export const SCHEMA = 'valtronics_alerts';

/**
 * The tables as `../schema.ts` has them, one entry a version; an entry is never changed once it was released. What
 * SQLite tallies by triggers PostgreSQL counts when it is asked: that is its work and not that of an event loop.
 */
export const MIGRATIONS: readonly string[] = [
  `create table alerts (
     id bigint generated always as identity primary key,
     fingerprint text not null,
     name text not null,
     severity text not null,
     source text not null,
     state text not null check (state in ('active', 'acknowledged', 'resolved')),
     message text not null,
     labels json not null,
     annotations text not null,
     generator_url text not null,
     starts_at bigint not null,
     raised_at bigint not null,
     last_seen bigint not null,
     acknowledgement text,
     first_acknowledged bigint,
     resolution text,
     resolved_at bigint,
     escalated_at bigint,
     source_time bigint,
     raised_by text,
     count bigint not null default 1,
     expires_at bigint,
     kind text not null generated always as (
       case when name in ('PlatformAlert', 'DeviceAlert') and labels ->> 'alert_type' is not null
         then (labels ->> 'alert_type') || coalesce(' · ' || (labels ->> 'metric_name'), '')
         else name end) stored
   );
   create unique index alerts_open on alerts (fingerprint) where state <> 'resolved';
   create index alerts_by_fingerprint on alerts (fingerprint, id);
   create index alerts_by_resolution on alerts (resolved_at, id) where state = 'resolved';
   create index alerts_by_source on alerts (source, state) where state <> 'resolved';
   create index alerts_by_device on alerts ((labels ->> 'device_id'), id);
   create index alerts_by_start on alerts (starts_at);
   create index alerts_by_expiry on alerts (expires_at) where expires_at is not null and state <> 'resolved';
   create index alerts_unacknowledged on alerts (severity, starts_at)
     where state = 'active' and name <> 'CriticalAlertUnacknowledged';
   create index alerts_critical on alerts (raised_at) where state = 'active' and lower(trim(severity)) in
     ('critical', 'crit', 'emergency', 'emerg', 'fatal', 'disaster', 'page', 'high', 'p1', 'sev1');
   create table audit (
     id bigint generated always as identity primary key,
     at bigint not null,
     alert_id bigint not null,
     fingerprint text not null,
     action text not null,
     actor_kind text not null,
     actor text not null,
     comment text not null
   );
   create index audit_by_alert on audit (alert_id, id);
   create table deliveries (
     id bigint generated always as identity primary key,
     alert_id bigint not null,
     fingerprint text not null,
     receiver text not null,
     kind text not null,
     state text not null check (state in ('pending', 'delivered', 'dead')),
     attempts bigint not null,
     created_at bigint not null,
     due_at bigint not null,
     delivered_at bigint,
     last_error text,
     held bigint not null default 0,
     trace text,
     claimed_by text,
     claimed_until bigint
   );
   create index deliveries_pending on deliveries (receiver, due_at) where state = 'pending' and held = 0;
   create index deliveries_by_alert on deliveries (alert_id, id);
   create index deliveries_in_turn on deliveries (fingerprint, receiver, id);
   create index deliveries_backlog on deliveries (receiver, state, held, created_at) where state <> 'delivered';
   create table maintenance (
     id text primary key,
     rowid bigint generated always as identity,
     devices text not null,
     device_types text not null,
     locations text not null,
     starts_at bigint not null,
     ends_at bigint not null,
     created_at bigint not null,
     created_by text not null,
     comment text not null,
     ended_by text
   );
   create index maintenance_by_end on maintenance (ends_at);
   create table expired_silences (
     window_id text not null,
     part text not null,
     primary key (window_id, part)
   );
   create table flapping (fingerprint text primary key, since bigint not null, changed_at bigint not null);
   create table events (
     id bigint generated always as identity primary key,
     at bigint not null,
     kind text not null,
     title text not null,
     detail text not null,
     "by" text not null
   );
   create index events_by_time on events (at);
   create table digests (receiver text primary key, day text not null);
   create view tally_kinds as
     select source, state, severity, count(*) as count from alerts group by source, state, severity;
   create view tally_kind_words as select kind, count(*) as count from alerts group by kind;
   create view tally_minutes as
     select raised_at / 60000 as minute, count(*) as count from alerts group by raised_at / 60000;
   create view tally_times as
     select 'acknowledge' as what, count(first_acknowledged) as count,
       coalesce(sum(first_acknowledged - starts_at), 0) as total from alerts
     union all select 'resolve', count(resolved_at), coalesce(sum(resolved_at - starts_at), 0) from alerts;
   create view tally_deliveries as
     select receiver, state, held, count(*) as count from deliveries group by receiver, state, held;`,
  // Which file was taken over, and room for its numbers below those of what is written here.
  `create table imports (identity text primary key, file text not null, at bigint not null);
   alter table alerts alter column id restart with 1000000001;
   alter table audit alter column id restart with 1000000001;
   alter table deliveries alter column id restart with 1000000001;`,
];
