import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { renewRows, replaceResults, resultSection, resultsOf } from './performance-page.ts';
import { atMost, info } from './rows.ts';

const CIRCUMSTANCES = { date: '2026-01-02', machine: '2 × a processor, 4 GiB', runtimes: 'Node 24, no Go' };

describe('resultSection', () => {
  it('names the circumstances and keeps figures without target apart', () => {
    const section = resultSection([info('speed', 1, 'ms'), atMost('ratio', 1, 2, '×')], CIRCUMSTANCES);
    expect(section).toMatch(/^Taken on 2026-01-02 .* on 2 × a processor, 4 GiB; Node 24, no Go\.\n/);
    expect(section.indexOf('| ratio')).toBeLessThan(section.indexOf('For orientation'));
    expect(section.indexOf('| speed')).toBeGreaterThan(section.indexOf('For orientation'));
  });
});

describe('renewRows', () => {
  const old = resultSection(
    [atMost('ratio', 1, 2, '×'), atMost('size', 3, 2, 'B'), info('speed', 1, 'ms')],
    CIRCUMSTANCES,
  );
  const later = { ...CIRCUMSTANCES, date: '2026-02-03' };

  it('renews the rows of some benches, adds new ones, and says which and when', () => {
    const section = renewRows(old, [atMost('size', 1, 2, 'B'), info('heap', 5, 'MiB')], ['a', 'b'], later);
    expect(section).toContain('Taken on 2026-01-02 by');
    expect(section).toContain('Taken again alone: `a`, `b`, on 2026-02-03 on 2 × a processor');
    expect(section.match(/^\| (?!measure).*\|$/gm)).toEqual([
      ...['| ratio | 1 × | ≤ 2 × | met |', '| size | 1 B | ≤ 2 B | met |'],
      ...['| speed | 1 ms |  | info |', '| heap | 5 MiB |  | info |'],
    ]);
  });

  it('says it once for each bench', () => {
    const once = renewRows(old, [], ['a'], CIRCUMSTANCES);
    const twice = renewRows(renewRows(once, [], ['b'], later), [], ['a'], later);
    expect(twice.match(/^Taken again.*$/gm)).toEqual([
      expect.stringContaining('`b`, on 2026-02-03'),
      expect.stringContaining('`a`, on 2026-02-03'),
    ]);
    expect(renewRows(once, [], ['a'], CIRCUMSTANCES)).toBe(once);
  });
});

describe('replaceResults', () => {
  it('replaces what is between the markers, any number of times', () => {
    const page = '# T\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nrest\n';
    const once = replaceResults(page, 'new\n');
    expect(once).toBe('# T\n<!-- bench:begin -->\n\nnew\n\n<!-- bench:end -->\nrest\n');
    expect(replaceResults(once, 'new\n')).toBe(once);
  });

  it.each(['# T\n', '<!-- bench:begin -->', '<!-- bench:end --><!-- bench:begin -->'])(
    'refuses the page %j',
    (page) => {
      expect(() => replaceResults(page, 'new')).toThrow('needs the lines');
    },
  );

  it('finds its markers in the page of the repository', async () => {
    const page = await readFile(join(import.meta.dirname, '..', '..', 'docs', 'performance.md'), 'utf8');
    expect(replaceResults(page, 'new')).toContain('\nnew\n');
    expect(resultsOf(page)).toMatch(/^\s+Taken on .*\| measure \|/s);
  });
});
