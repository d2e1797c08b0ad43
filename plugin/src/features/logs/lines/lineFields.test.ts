import { describe, expect, it } from '@jest/globals';
import { lineFields } from './lineFields';

describe('the fields of a line', () => {
  it('are those that have a value, nested ones by their path', () => {
    const json = {
      ...{ id: 'a', message: 'shown elsewhere', raw: 'shown elsewhere', deviceId: null, file: '' },
      ...{ truncated: false, request: { status: 502, headers: ['a', 'b'] } },
    };
    expect(lineFields(json)).toEqual([
      { name: 'id', value: 'a' },
      { name: 'truncated', value: 'false' },
      { name: 'request.status', value: '502' },
      { name: 'request.headers', value: '["a","b"]' },
    ]);
  });
});
