import type { ClientBase } from 'pg';

/** The platform's six tables as its models make them: no server default for status and is_active, no further index. */
const SCHEMA = `
create table devices (
  id serial primary key, name varchar(100) not null, device_id varchar(100) not null,
  device_type varchar(50) not null, manufacturer varchar(100), model varchar(100), firmware_version varchar(50),
  location varchar(200), status varchar(20), is_active boolean, created_at timestamptz default now(),
  updated_at timestamptz, last_seen timestamptz);
create index ix_devices_id on devices (id);
create unique index ix_devices_device_id on devices (device_id);
create table telemetry_data (
  id serial primary key, device_id integer not null references devices (id), metric_name varchar(100) not null,
  metric_value double precision not null, unit varchar(20), "timestamp" timestamptz default now());
create index ix_telemetry_data_id on telemetry_data (id);
create table alerts (
  id serial primary key, device_id integer not null references devices (id), title varchar(200) not null,
  description text, severity varchar(20) not null, alert_type varchar(50) not null, status varchar(20),
  threshold_value double precision, actual_value double precision, metric_name varchar(100),
  created_at timestamptz default now(), acknowledged_at timestamptz, resolved_at timestamptz);
create index ix_alerts_id on alerts (id);
create table alert_rules (
  id serial primary key, name varchar(200) not null, description text, device_id integer references devices (id),
  device_type varchar(50), metric_name varchar(100) not null, condition varchar(20) not null,
  threshold_value double precision not null, severity varchar(20), is_active boolean,
  notification_enabled boolean, cooldown_minutes integer, created_at timestamptz default now(),
  updated_at timestamptz);
create index ix_alert_rules_id on alert_rules (id);
create table alert_notifications (
  id serial primary key, alert_id integer not null references alerts (id), notification_type varchar(50) not null,
  recipient varchar(200) not null, status varchar(20), sent_at timestamptz, error_message text,
  created_at timestamptz default now());
create index ix_alert_notifications_id on alert_notifications (id);
create table device_commands (
  id serial primary key, device_id integer not null references devices (id), command varchar(200) not null,
  parameters text, status varchar(20), created_at timestamptz default now(), executed_at timestamptz);
create index ix_device_commands_id on device_commands (id);`;

/** Makes the tables in the client's database. */
export async function createPlatformSchema(client: ClientBase): Promise<void> {
  await client.query(SCHEMA);
}
