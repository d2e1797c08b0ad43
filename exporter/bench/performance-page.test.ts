import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { replaceResults, resultSection } from './performance-page.ts';
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
  });
});
