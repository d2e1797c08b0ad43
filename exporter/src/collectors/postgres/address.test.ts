import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { parsePostgresUrl } from './address.ts';

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

  it.each(['', 'not a url', 'postgres://u:secret@[x/y'])('refuses %j without repeating it', (url) => {
    expect(() => parsePostgresUrl(url)).toThrow(/^must /);
    expect(() => parsePostgresUrl(url)).not.toThrow(/secret/);
  });
});
