import { expect, it } from '@jest/globals';
import { parseQuietSpan } from './quiet-hours.ts';

it.each([
  ['22:00-06:00', [0, 1, 2, 3, 4, 5, 6], 1320, 360],
  ['Sat-Sun 00:00-24:00', [6, 0], 0, 1440],
  ['fri-mon 18:30-07:15', [5, 6, 0, 1], 1110, 435],
  ['Wed 12:00-13:00', [3], 720, 780],
])('%s', (text, days, from, to) => {
  expect(parseQuietSpan(text)).toEqual({ days: new Set(days), from, to });
});

it.each(['', '22-06', '25:00-06:00', '22:60-06:00', '06:00-06:00', '24:00-06:00', 'Xyz 22:00-06:00', 'Sat'])(
  'refuses %j',
  (text) => {
    expect(parseQuietSpan(text)).toBeUndefined();
  },
);
