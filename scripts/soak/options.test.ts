import { describe, expect, it } from '@jest/globals';
import { parseOptions, UsageError } from './options.ts';

describe('options of a soak', () => {
  it('are two hours with 20,000 devices when nothing is said', () => {
    expect(parseOptions([])).toEqual({
      ...{ duration: 7_200_000, seed: 1, devices: 20_000, report: undefined, only: [] },
    });
  });

  it('are what the command line says', () => {
    const line = '--hours 0.05 --seed 7 --devices 50 --only broker,api --report soak.md';
    expect(parseOptions(line.split(' '))).toEqual({
      ...{ duration: 180_000, seed: 7, devices: 50, report: 'soak.md', only: ['broker', 'api'] },
    });
  });

  it.each([
    '--hours 0',
    '--hours soon',
    '--devices 5',
    '--devices 30000',
    '--seed -1',
    '--colour red',
    'twice',
  ])('refuse %s', (line) => {
    expect(() => parseOptions(line.split(' '))).toThrow(UsageError);
  });
});
