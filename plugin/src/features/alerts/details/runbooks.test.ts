import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RUNBOOKS, runbookOf, runbookText } from './runbooks';

const FOLDER = join(__dirname, '../../../../../docs/runbooks');
const URL_OF = 'https://valtronics.example.com/docs/runbooks/ApiDown.md';

describe('runbooks', () => {
  it('are those of the documentation', () => {
    const pages = readdirSync(FOLDER).map((file) => file.replace(/\.md$/, ''));
    expect([...RUNBOOKS].sort()).toEqual(pages.sort());
  });

  it.each([
    [URL_OF, 'ApiDown'],
    [`${URL_OF}#mitigation`, 'ApiDown'],
    ['https://x/docs/runbooks/ApiDown', 'ApiDown'],
    ['https://x/docs/runbooks/Unknown.md', undefined],
    ['https://x/other/ApiDown.md', undefined],
    ['', undefined],
  ])('of %s', (url, name) => {
    expect(runbookOf(url)).toBe(name);
  });

  it('keep their links and lose their heading', () => {
    const text = runbookText(
      '# ApiDown\n\nSee [that](DatabaseDown.md) and [this](https://y/z), [up](#top).',
      URL_OF,
    );
    expect(text).toBe(
      'See [that](https://valtronics.example.com/docs/runbooks/DatabaseDown.md) and [this](https://y/z), [up](#top).',
    );
    expect(runbookText('[that](X.md)', 'javascript:x')).toBe('[that](X.md)');
  });
});
