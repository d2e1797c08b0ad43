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
  // `source_time`: newest time by the source's own clock. `raised_by`: who brought the alert. The tallies are kept by
  // triggers: what scrapes and readers ask for costs the same however long the history is.
  `alter table alerts add column source_time integer;
   alter table alerts add column raised_by text;
   create table tally_kinds (
     source text not null,
     state text not null,
     severity text not null,
     count integer not null,
     primary key (source, state, severity)
   ) strict, without rowid;
   create table tally_names (name text primary key, count integer not null) strict, without rowid;
   create index tally_names_by_count on tally_names (count desc, name);
   create table tally_minutes (minute integer primary key, count integer not null) strict;
   create table tally_times (what text primary key, count integer not null, total integer not null) strict;
   insert into tally_kinds select source, state, severity, count(*) from alerts group by 1, 2, 3;
   insert into tally_names select name, count(*) from alerts group by 1;
   insert into tally_minutes select raised_at / 60000, count(*) from alerts group by 1;
   insert into tally_times
     select 'acknowledge', count(*), coalesce(sum(first_acknowledged - starts_at), 0) from alerts
     where first_acknowledged is not null
     union all select 'resolve', count(*), coalesce(sum(resolved_at - starts_at), 0) from alerts
     where resolved_at is not null;
   create trigger tally_inserted after insert on alerts begin
     insert into tally_kinds values (new.source, new.state, new.severity, 1)
       on conflict do update set count = count + 1;
     insert into tally_names values (new.name, 1) on conflict do update set count = count + 1;
     insert into tally_minutes values (new.raised_at / 60000, 1) on conflict do update set count = count + 1;
   end;
   create trigger tally_deleted after delete on alerts begin
     update tally_kinds set count = count - 1
       where source = old.source and state = old.state and severity = old.severity;
     delete from tally_kinds
       where source = old.source and state = old.state and severity = old.severity and count = 0;
     update tally_names set count = count - 1 where name = old.name;
     delete from tally_names where name = old.name and count = 0;
     update tally_minutes set count = count - 1 where minute = old.raised_at / 60000;
     delete from tally_minutes where minute = old.raised_at / 60000 and count = 0;
     update tally_times set count = count - 1, total = total - (old.first_acknowledged - old.starts_at)
       where what = 'acknowledge' and old.first_acknowledged is not null;
     update tally_times set count = count - 1, total = total - (old.resolved_at - old.starts_at)
       where what = 'resolve' and old.resolved_at is not null;
   end;
   create trigger tally_state after update of state on alerts when old.state <> new.state begin
     update tally_kinds set count = count - 1
       where source = old.source and state = old.state and severity = old.severity;
     delete from tally_kinds
       where source = old.source and state = old.state and severity = old.severity and count = 0;
     insert into tally_kinds values (new.source, new.state, new.severity, 1)
       on conflict do update set count = count + 1;
   end;
   create trigger tally_raised after update of raised_at on alerts when old.raised_at <> new.raised_at begin
     update tally_minutes set count = count - 1 where minute = old.raised_at / 60000;
     delete from tally_minutes where minute = old.raised_at / 60000 and count = 0;
     insert into tally_minutes values (new.raised_at / 60000, 1) on conflict do update set count = count + 1;
   end;
   create trigger tally_acknowledged after update of first_acknowledged on alerts
     when old.first_acknowledged is null and new.first_acknowledged is not null begin
     update tally_times set count = count + 1, total = total + (new.first_acknowledged - new.starts_at)
       where what = 'acknowledge';
   end;
   create trigger tally_resolved after update of resolved_at on alerts
     when old.resolved_at is null and new.resolved_at is not null begin
     update tally_times set count = count + 1, total = total + (new.resolved_at - new.starts_at)
       where what = 'resolve';
   end;
   create index alerts_unacknowledged on alerts (severity, starts_at)
     where state = 'active' and name <> 'CriticalAlertUnacknowledged';
   create index alerts_by_source on alerts (source, state) where state <> 'resolved';
   create index alerts_by_device on alerts (json_extract(labels, '$.device_id'), id);
   drop index alerts_critical;
   create index alerts_critical on alerts (raised_at) where state = 'active' and lower(trim(severity)) in
     ('critical', 'crit', 'emergency', 'emerg', 'fatal', 'disaster', 'page', 'high', 'p1', 'sev1');
   drop index alerts_by_raising;
   create index deliveries_backlog on deliveries (receiver, state, held, created_at) where state <> 'delivered';
   create table tally_deliveries (
     receiver text not null,
     state text not null,
     held integer not null,
     count integer not null,
     primary key (receiver, state, held)
   ) strict, without rowid;
   insert into tally_deliveries select receiver, state, held, count(*) from deliveries group by 1, 2, 3;
   create trigger tally_delivery_inserted after insert on deliveries begin
     insert into tally_deliveries values (new.receiver, new.state, new.held, 1)
       on conflict do update set count = count + 1;
   end;
   create trigger tally_delivery_deleted after delete on deliveries begin
     update tally_deliveries set count = count - 1
       where receiver = old.receiver and state = old.state and held = old.held;
   end;
   create trigger tally_delivery_changed after update of state, held on deliveries
     when old.state <> new.state or old.held <> new.held begin
     update tally_deliveries set count = count - 1
       where receiver = old.receiver and state = old.state and held = old.held;
     insert into tally_deliveries values (new.receiver, new.state, new.held, 1)
       on conflict do update set count = count + 1;
   end;
   create table probe (content text not null) strict;
   create table expired_silences (
     window_id text not null,
     part text not null,
     primary key (window_id, part)
   ) strict, without rowid;`,
  // `trace`: the `traceparent` of what put it in, where that was traced.
  `alter table deliveries add column trace text;`,
  // `count`: how often the source raised it. `kind`: what it is about, in one or two words; tallied instead of the name,
  // which is the same for all that the platform raises.
  `alter table alerts add column count integer not null default 1;
   alter table alerts add column kind text not null generated always as (
     case when name in ('PlatformAlert', 'DeviceAlert') and json_extract(labels, '$.alert_type') is not null
       then json_extract(labels, '$.alert_type') || coalesce(' · ' || json_extract(labels, '$.metric_name'), '')
       else name end) virtual;
   drop index tally_names_by_count;
   drop table tally_names;
   create table tally_kind_words (kind text primary key, count integer not null) strict, without rowid;
   create index tally_kind_words_by_count on tally_kind_words (count desc, kind);
   insert into tally_kind_words select kind, count(*) from alerts group by 1;
   drop trigger tally_inserted;
   drop trigger tally_deleted;
   create trigger tally_inserted after insert on alerts begin
     insert into tally_kinds values (new.source, new.state, new.severity, 1)
       on conflict do update set count = count + 1;
     insert into tally_kind_words values (new.kind, 1) on conflict do update set count = count + 1;
     insert into tally_minutes values (new.raised_at / 60000, 1) on conflict do update set count = count + 1;
   end;
   create trigger tally_deleted after delete on alerts begin
     update tally_kinds set count = count - 1
       where source = old.source and state = old.state and severity = old.severity;
     delete from tally_kinds
       where source = old.source and state = old.state and severity = old.severity and count = 0;
     update tally_kind_words set count = count - 1 where kind = old.kind;
     delete from tally_kind_words where kind = old.kind and count = 0;
     update tally_minutes set count = count - 1 where minute = old.raised_at / 60000;
     delete from tally_minutes where minute = old.raised_at / 60000 and count = 0;
     update tally_times set count = count - 1, total = total - (old.first_acknowledged - old.starts_at)
       where what = 'acknowledge' and old.first_acknowledged is not null;
     update tally_times set count = count - 1, total = total - (old.resolved_at - old.starts_at)
       where what = 'resolve' and old.resolved_at is not null;
   end;`,
  // `expires_at`: when it is over unless it is raised again.
  `alter table alerts add column expires_at integer;
   create index alerts_by_expiry on alerts (expires_at) where expires_at is not null and state <> 'resolved';`,
  // Alerts that go on and off: since when, and when they last did.
  `create table flapping (
     fingerprint text primary key,
     since integer not null,
     changed_at integer not null
   ) strict, without rowid;`,
  // What may explain alerts.
  `create table events (
     id integer primary key,
     at integer not null,
     kind text not null,
     title text not null,
     detail text not null,
     "by" text not null
   ) strict;
   create index events_by_time on events (at);
   create index alerts_by_start on alerts (starts_at);`,
  // The newest day whose digest a receiver has.
  `create table digests (receiver text primary key, day text not null) strict, without rowid;`,
];
