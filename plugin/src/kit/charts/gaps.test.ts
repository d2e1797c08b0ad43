import { describe, expect, it } from '@jest/globals';
import { withGaps } from './gaps';

describe('withGaps', () => {
  it('leaves a gap where samples are missing', () => {
    expect(withGaps({ times: [0, 10, 50, 60], values: [1, 1, 3, 3] }, 10)).toEqual({
      times: [0, 10, 20, 50, 60],
      values: [1, 1, null, 3, 3],
    });
  });
});
