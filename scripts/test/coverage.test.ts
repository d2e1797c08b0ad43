import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../root.ts';

const DOCS = join(ROOT, 'docs');
const page = readFileSync(join(DOCS, 'coverage.md'), 'utf8');
const [covered = '', missing = ''] = page.split('\n## Not here\n');

/** Rows of the tables below headings, as their cells. */
const rows = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (?:in the guide|-)/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
const linksOf = (text: string): string[] => [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, path = '']) => path);

/** A test of code, of a page in a real Grafana, or of rules. */
const isTest = (path: string): boolean =>
  /\.(?:test|spec)\.tsx?$/.test(path) || path.includes('provisioning/prometheus/tests/');

describe('docs/coverage.md', () => {
  it('names places that exist', () => {
    expect(linksOf(page).filter((path) => !existsSync(join(DOCS, path)))).toEqual([]);
  });

  it.each(rows(covered).map(([part = '', here = '', shown = '']) => ({ part, here, shown })))(
    'says of “$part” where it is and which test shows it',
    ({ here, shown }) => {
      expect(here.length).toBeGreaterThan(20);
      const tests = linksOf(shown);
      expect(tests.length).toBeGreaterThan(0);
      expect(tests.filter((path) => !isTest(path))).toEqual([]);
    },
  );

  it('says why of what is not here', () => {
    for (const [part, why = ''] of rows(missing)) expect([part, why.length > 20]).toEqual([part, true]);
  });
});
