import { describe, expect, it } from '@jest/globals';
import { maskSecrets } from '../logs/reading/secrets.ts';
import { cleanText, cleanValue, withoutLiterals } from './clean-values.ts';

const nothing = (text: string): string => text;

describe('a value that goes with a span', () => {
  it('stays what it is', () => {
    for (const value of ['GET', '', 200, 0.5, true, false, ['a', 'b']])
      expect(cleanValue('name', value, nothing)).toEqual(value);
  });

  it('is a text where a number is none that a store could take', () => {
    expect(cleanValue('name', NaN, nothing)).toBe('NaN');
    expect(cleanValue('name', -Infinity, nothing)).toBe('-Infinity');
  });

  it('is cut to 1,024 characters, and a list to 64 texts', () => {
    expect(cleanText('x'.repeat(1024), nothing)).toBe('x'.repeat(1024));
    expect(cleanText('x'.repeat(1025), nothing)).toBe(`${'x'.repeat(1023)}…`);
    expect(cleanText('x'.repeat(10_000_000), nothing)).toHaveLength(1024);
    expect(cleanText('😀'.repeat(600), nothing).isWellFormed()).toBe(true);
    expect(
      cleanValue(
        'name',
        Array.from({ length: 100 }, () => 'x'.repeat(2000)),
        nothing,
      ),
    ).toEqual(Array.from({ length: 64 }, () => `${'x'.repeat(1023)}…`));
  });

  it.each([
    ['url.full', 'http://user:hunter2@host/path', 'http://user:***@host/path'],
    ['url.full', 'http://host/path?token=hunter2&page=3', 'http://host/path?token=***&page=3'],
    ['header', 'Authorization: Bearer abcdefgh12345678', 'Authorization: Bearer ***'],
    ['error', 'connect postgresql://u:hunter2@db/x failed', 'connect postgresql://u:***@db/x failed'],
  ])('holds no secret: %s %j', (name, value, clean) => {
    expect(cleanValue(name, value, maskSecrets)).toBe(clean);
  });

  it('holds no secret that the cut divides', () => {
    const text = `${'x '.repeat(505)}password=${'hunter2'.repeat(20)}`;
    expect(cleanText(text, maskSecrets)).not.toContain('hunter');
  });
});

describe('a statement', () => {
  it.each([
    ["SELECT * FROM devices WHERE id = 17 AND name = 'x'", 'SELECT * FROM devices WHERE id = ? AND name = ?'],
    ["SELECT 'it''s', E'a\\'b', $$body$$, $t$a'b$t$", 'SELECT ?, ?, ?, ?'],
    ['SELECT a1, "t2".c3 FROM t2 WHERE x > -1.5e3', 'SELECT a1, "t2".c3 FROM t2 WHERE x > -?'],
    ['SELECT $1, $2::int LIMIT 10', 'SELECT $1, $2::int LIMIT ?'],
    ["INSERT INTO t VALUES ('never closed", 'INSERT INTO t VALUES (?'],
    ['SELECT $$never closed', 'SELECT ?'],
  ])('loses its literals: %s', (statement, clean) => {
    expect(withoutLiterals(statement)).toBe(clean);
    expect(cleanValue('db.query.text', statement, nothing)).toBe(clean);
  });

  it('is told from other texts by its name', () => {
    expect(cleanValue('db.query.summary', 'SELECT 17', nothing)).toBe('SELECT 17');
  });
});
