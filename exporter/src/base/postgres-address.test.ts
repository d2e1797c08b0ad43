import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { makeCertificate } from '../../test/support/certificate.ts';
import { describeWith, OPENSSL } from '../../test/support/require.ts';
import { parsePostgresUrl } from './postgres-address.ts';

describe('parsePostgresUrl', () => {
  it.each([
    ['postgres://u:p@db:5433/valtronics_db', 'postgres://db:5433/valtronics_db', 'u', 'valtronics_db'],
    ['postgresql://u:p%40ss@db/x', 'postgres://db:5432/x', 'u', 'x'],
    ['postgresql+psycopg2://u@db/x', 'postgres://db:5432/x', 'u', 'x'],
    ['postgres://u@db', 'postgres://db:5432/u', 'u', 'u'],
    ['postgres://db/x', 'postgres://db:5432/x', 'postgres', 'x'],
    ['postgres://u@/x?host=/run/postgresql', 'postgres:///x?host=/run/postgresql&port=5432', 'u', 'x'],
    ['postgres://u@%2Frun%2Fpostgresql/x', 'postgres:///x?host=/run/postgresql&port=5432', 'u', 'x'],
    ['postgres://u@/x', 'postgres://localhost:5432/x', 'u', 'x'],
    ['postgres://u:p@[::1]:5432/x', 'postgres://[::1]:5432/x', 'u', 'x'],
    ['postgres://db/x?user=q&port=6000', 'postgres://db:6000/x', 'q', 'x'],
  ])('reads %s', (url, target, user, database) => {
    expect(parsePostgresUrl(url)).toMatchObject({ target, user, database });
  });

  it('gives sslmode the meaning that libpq gives it', () => {
    const config = (mode: string, tls = true): string =>
      parsePostgresUrl(`postgres://u@db/x?sslmode=${mode}`).config({ tls }).connectionString ?? '';
    expect(config('require')).toMatch(/sslmode=require.*uselibpqcompat=true/);
    expect(config('allow')).toContain('sslmode=prefer');
    expect(config('prefer', false)).toContain('sslmode=disable');
    expect(parsePostgresUrl('postgres://u@db/x?sslmode=prefer').tlsOptional).toBe(true);
    expect(parsePostgresUrl('postgres://u@db/x?sslmode=verify-full').tlsOptional).toBe(false);
    expect(parsePostgresUrl('postgres://u@db/x').config({ tls: true }).connectionString).not.toContain('ssl');
  });

  it('goes under its own name', () => {
    expect(parsePostgresUrl('postgres://u@db/x').config({ tls: true })).toMatchObject({
      application_name: 'valtronics-exporter',
      user: 'u',
      database: 'x',
    });
  });

  it('gives the driver what libpq would use', () => {
    const given = 'postgresql://u:p%23%2F%25@/x?host=/run/postgresql';
    const { connectionString = '' } = parsePostgresUrl(given).config({ tls: true });
    const { host, user, password, database } = new pg.Client(connectionString);
    expect({ host, user, password, database }).toEqual({
      host: '/run/postgresql',
      user: 'u',
      password: 'p#/%',
      database: 'x',
    });
  });

  it.each([
    [
      'sslmode=required',
      'must have one of disable, allow, prefer, require, verify-ca, verify-full as sslmode, not "required"',
    ],
    ['sslmode=verify-ca', 'must name the authority beside sslmode=verify-ca: add sslrootcert=/path/ca.pem'],
    [
      'sslmode=require&sslcert=/c.pem',
      'must have sslcert and sslkey together: the client certificate and its key',
    ],
    [
      'sslmode=require&sslkey=/k.pem',
      'must have sslcert and sslkey together: the client certificate and its key',
    ],
  ])('says what is wrong about %s', (query, message) => {
    expect(() => parsePostgresUrl(`postgres://u@db/x?${query}`)).toThrow(message);
  });

  describeWith([OPENSSL], 'with certificates', () => {
    it('names the option of a certificate file that cannot be used', async () => {
      const one = await makeCertificate(1);
      const other = await makeCertificate(1);
      const wrong = (query: string) => () =>
        parsePostgresUrl(`postgres://u@db/x?sslmode=verify-full&${query}`).config({ tls: true });
      expect(wrong('sslrootcert=/nowhere/ca.pem')).toThrow(
        'must name a file that can be read as sslrootcert, not "/nowhere/ca.pem": there is no such file',
      );
      expect(wrong(`sslrootcert=${import.meta.filename}`)).toThrow('must name a file in PEM as sslrootcert');
      for (const [cert, key] of [
        [one.keyPath, one.certPath],
        [one.certPath, other.keyPath],
      ])
        expect(wrong(`sslcert=${cert}&sslkey=${key}`)).toThrow('do not belong together, or are exchanged');
      expect(
        wrong(`sslrootcert=${other.certPath}&sslcert=${one.certPath}&sslkey=${one.keyPath}`),
      ).not.toThrow();
      expect(wrong('sslrootcert=system')).not.toThrow();
      await Promise.all([one.remove(), other.remove()]);
    });
  });

  it.each(['', 'not a url', 'postgres://u:secret@[x/y'])('refuses %j without repeating it', (url) => {
    expect(() => parsePostgresUrl(url)).toThrow(/^must /);
    expect(() => parsePostgresUrl(url)).not.toThrow(/secret/);
  });
});
