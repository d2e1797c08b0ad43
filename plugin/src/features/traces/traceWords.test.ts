import '../../test-support/grafanaMocks';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { speak } from '../../test-support/renderApp';
import { errorWords, latencyWords, rateWords } from './traceWords';

beforeAll(() => speak('en-US'));

describe('figures of calls', () => {
  it.each([
    [159.9609375, '160/s'],
    [12_345.6, '12,346/s'],
    [12.44, '12.4/s'],
    [0.0666, '0.0666/s'],
    [0, '0/s'],
  ])('say %d a second as %s', (rate, words) => {
    expect(rateWords(rate)).toBe(words);
  });

  it.each([
    [0.4249, '0.42 ms'],
    [8.51, '8.5 ms'],
    [239.6, '240 ms'],
    [1240, '1.2 s'],
    [90_000, '1 min'],
  ])('say %d ms as %s', (ms, words) => {
    expect(latencyWords(ms)).toBe(words);
  });

  it.each([
    [0, '0%'],
    [0.0001, '< 0.1%'],
    [0.008, '0.8%'],
    [1, '100%'],
  ])('say a share of %d as %s', (share, words) => {
    expect(errorWords(share)).toBe(words);
  });
});
