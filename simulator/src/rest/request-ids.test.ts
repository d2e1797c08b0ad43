import { describe, expect, it } from '@jest/globals';
import { requestIds } from './request-ids.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

describe('the ids of a request', () => {
  it('are those of its headers', () => {
    expect(requestIds({ 'x-request-id': 'req-7', traceparent: `00-${TRACE}-00f067aa0ba902b7-01` })).toBe(
      ` request_id=req-7 trace_id=${TRACE}`,
    );
    expect(requestIds({ 'x-request-id': 'req-7' })).toBe(' request_id=req-7');
  });

  it('are none where nothing marked it, or with what would make lines of its own', () => {
    expect(requestIds({})).toBe('');
    expect(requestIds({ 'x-request-id': 'a b\nERROR:x:y', traceparent: '00-x' })).toBe('');
  });
});
