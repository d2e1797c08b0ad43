import { describe, expect, it } from '@jest/globals';
import { activeParts, idFilter, isStory, NO_LOG_FILTER } from './logFilter';

describe('a filter of lines', () => {
  it('names the parts that keep lines away', () => {
    expect(activeParts(NO_LOG_FILTER)).toEqual([]);
    expect(activeParts({ ...NO_LOG_FILTER, text: 'x', levels: ['ERROR'], hidden: ['p'] })).toEqual([
      'text',
      'levels',
      'hidden',
    ]);
  });

  it('is a story when it is about one request', () => {
    expect(isStory({ ...NO_LOG_FILTER, correlation: 'r1' })).toBe(true);
    expect(isStory({ ...NO_LOG_FILTER, text: 'r1' })).toBe(false);
  });

  it.each([
    ['4BF92F3577B34DA6A3CE929D0E0E4736', { trace: '4bf92f3577b34da6a3ce929d0e0e4736', correlation: '' }],
    [' 3f2a-11 ', { trace: '', correlation: '3f2a-11' }],
    ['', { trace: '', correlation: '' }],
  ])('takes %j for a trace or a correlation id', (text, expected) => {
    expect(idFilter(text)).toEqual(expected);
  });
});
