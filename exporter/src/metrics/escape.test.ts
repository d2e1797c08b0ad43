import { describe, expect, it } from '@jest/globals';
import { escapeHelp, escapeLabelValue, labelBlock } from './escape.ts';

describe('escapeHelp', () => {
  it('escapes backslashes before line feeds, so that nothing is escaped twice', () => {
    expect(escapeHelp('a\\nb\nc "d"')).toBe('a\\\\nb\\nc "d"');
  });
});

describe('escapeLabelValue', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['"', '\\"'],
    ['\\', '\\\\'],
    ['\n', '\\n'],
    ['\\"\n', '\\\\\\"\\n'],
    ['\r\t\0', '\r\t\0'],
    ['°C 🌡', '°C 🌡'],
  ])('turns %j into %j', (text, escaped) => {
    expect(escapeLabelValue(text)).toBe(escaped);
  });
});

describe('labelBlock', () => {
  it('is empty without labels', () => {
    expect(labelBlock([])).toBe('');
  });

  it('keeps the order and the empty values', () => {
    expect(
      labelBlock([
        ['b', '1'],
        ['a', ''],
      ]),
    ).toBe('{b="1",a=""}');
  });
});
