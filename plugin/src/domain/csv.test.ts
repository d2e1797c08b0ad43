import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvFile, type CsvCell } from './csv';

const line = (...cells: CsvCell[]): string => csvFile([cells]).slice(1).trimEnd();

/** A small reader after RFC 4180, to read back what was written. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^,\r\n"]*))(,|\r\n)/gy;
  for (const [, quoted, plain, end] of text.slice(1).matchAll(pattern)) {
    rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe('csvFile', () => {
  it('begins with the mark that makes Excel read UTF-8, and ends lines as RFC 4180 says', () => {
    expect(csvFile([['a'], ['b']])).toBe('\ufeffa\r\nb\r\n');
  });

  it.each<[CsvCell, string]>([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    [' padded ', '" padded "'],
    [null, ''],
    [-5, '-5'],
    [Number.NaN, ''],
  ])('%j', (cell, expected) => {
    expect(line(cell)).toBe(expected);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', '\u0000=1'])(
    'makes %j harmless',
    (cell) => {
      expect(line(cell)).toMatch(/^"[^=+\-@＝]*'[=+\-@＝]/);
    },
  );

  it.each(['a;=1+1', 'a;"=1+1', 'a\n=1+1', 'a\t@x', 'a,b; +1'])(
    'has no formula in %j where cells are parted by semicolons',
    (cell) => {
      const cells = csvFile([[cell, 'x']]).split(/[;\t\r\n]/);
      for (const one of cells) expect(one).not.toMatch(/^[\s"]*[=+\-@]/);
      expect(line(cell)).toContain("'");
    },
  );

  it('leaves signs within a text alone', () => {
    expect(line('between -5 and +5; a=b, x@y.z')).toBe('"between -5 and +5; a=b, x@y.z"');
  });

  it('never lets a text begin a formula, and keeps every text readable', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 4 }), (cells) => {
        const [read] = readCsv(csvFile([cells]));
        expect(read?.length).toBe(cells.length);
        read?.forEach((cell, index) => {
          expect(cell).not.toMatch(/^\s*[=+\-@]/);
          expect(cell.replaceAll("'", '')).toBe(cells[index]?.replaceAll("'", ''));
        });
      }),
    );
  });
});
