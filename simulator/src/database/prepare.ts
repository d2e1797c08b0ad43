import pg from 'pg';
import type { AlertRuleRow } from '../platform/rows.ts';
import { zuluIso } from '../timestamps.ts';
import { CREATE_TABLES, DROP_TABLES, MARK } from './schema.ts';

/** Makes the platform's database on a server of our own, dropping the one of an earlier run. */
export async function recreateDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(`drop database if exists ${client.escapeIdentifier(name)} with (force)`);
    await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/**
 * Makes the six tables and the one rule. Tables of an earlier simulator are dropped; others never are.
 * @throws Error when the database holds a `devices` table that the simulator did not make
 */
export async function createTables(url: string, rules: readonly AlertRuleRow[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ comment: string | null }>(
      "select obj_description(oid) as comment from pg_class where oid = to_regclass('devices')",
    );
    const [devices] = rows;
    if (devices !== undefined && devices.comment !== MARK) {
      throw new Error(
        'the database has a table devices that the simulator did not make; give SIMULATOR_POSTGRES an empty database',
      );
    }
    await client.query(DROP_TABLES);
    await client.query(CREATE_TABLES);
    for (const rule of rules) {
      await client.query(
        `insert into alert_rules (id, name, device_type, metric_name, condition, threshold_value, severity,
           is_active, notification_enabled, cooldown_minutes, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, true, true, 30, $8)`,
        [
          rule.id,
          rule.name,
          rule.deviceType,
          rule.metricName,
          rule.condition,
          rule.thresholdValue,
          rule.severity,
          zuluIso(rule.createdAt),
        ],
      );
    }
  } finally {
    await client.end();
  }
}
