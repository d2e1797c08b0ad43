import { describe, expect, it } from '@jest/globals';
import { DatabaseError } from 'pg';
import { describePostgresError } from './errors.ts';

const ADDRESS = { target: 'postgres://db:5432/x', user: 'watch "me"', database: 'x' };

function state(code: string | undefined, text = 'the server says so'): string {
  const error = new DatabaseError(text, text.length, 'error');
  error.code = code;
  return describePostgresError(error, ADDRESS);
}

describe('describePostgresError', () => {
  it.each([
    ['connection requires a valid client certificate', 'sslcert and sslkey of VALTRONICS_DATABASE_URL'],
    ['certificate authentication failed for user "watch"', 'is for another user'],
    ['no pg_hba.conf entry for host "::1", user "watch", database "x", no encryption', 'add sslmode=require'],
    ['role "watch" does not exist', 'create the role'],
  ])('says what lets the user in where the server says: %s', (text, part) => {
    expect(state('28000', text)).toContain(part);
  });

  it.each([
    ['28P01', 'refuses the password of user'],
    ['28000', 'pg_hba.conf'],
    ['3D000', 'has no database "x"'],
    ['42P01', 'lacks a table'],
    ['42703', 'lacks a column'],
    ['57014', 'pg_stat_activity'],
    ['55P03', 'pg_locks'],
    ['57P01', 'shuts down'],
    ['57P02', 'crashed'],
    ['57P03', 'not ready yet'],
    ['53300', 'max_connections'],
  ])('has a sentence for %s', (code, part) => {
    expect(state(code)).toContain(part);
    expect(state(code)).toContain(ADDRESS.target);
  });

  it('quotes the role in the GRANT statements', () => {
    expect(state('42501')).toContain('GRANT SELECT ON devices, telemetry_data, alerts TO "watch ""me""";');
  });

  it('passes on what it does not know, on one line', () => {
    expect(state('XX000', 'could not read block 7\nhint')).toBe(
      'postgres://db:5432/x answered with an error: could not read block 7 (SQLSTATE XX000)',
    );
    expect(state(undefined)).toContain('SQLSTATE none');
    expect(describePostgresError(new Error('odd\nmore'), ADDRESS)).toBe(
      'postgres://db:5432/x cannot be used: odd',
    );
    expect(describePostgresError('text', ADDRESS)).toBe('postgres://db:5432/x cannot be used: text');
    expect(describePostgresError(Object.assign(new Error('odd'), { code: 'EWHAT' }), ADDRESS)).toContain(
      '(EWHAT)',
    );
  });
});
