import { describe, expect, it } from '@jest/globals';
import { ALONG_THE_KEY, newRowsStatements } from './new-rows.ts';
import { operationOf } from './operation.ts';
import { TELEMETRY_TABLE } from './telemetry.ts';

describe('operationOf', () => {
  const { maximum, recentIds, above, inGaps } = newRowsStatements(TELEMETRY_TABLE);
  it.each([maximum, recentIds, above, inGaps])('finds the table of %s', (text) => {
    expect(operationOf(text)).toEqual({ operation: 'SELECT', collection: 'telemetry_data' });
  });

  it.each([
    [
      '\n  select name, (extract(epoch from created_at) * 1000) as at\n  from devices where is_active',
      'devices',
    ],
    ["select concat_ws('/', (select oid from pg_database), 1) as tables", 'pg_database'],
    ['select system_identifier::text from pg_control_system()', undefined],
    [
      'select a.id from (\n select min(extract(epoch from created_at)) from alerts group by 1) g join alerts a',
      'alerts',
    ],
    [ALONG_THE_KEY, undefined],
  ])('of %j is %s', (text, collection) => {
    expect(operationOf(text)).toEqual({ operation: 'SELECT', collection });
  });

  it.each(['COMMIT', 'ROLLBACK', 'BEGIN TRANSACTION READ ONLY; SET LOCAL statement_timeout = 5'])(
    'knows %s',
    (text) => {
      expect(operationOf(text).operation).toBe(text.split(' ')[0]);
    },
  );
});
