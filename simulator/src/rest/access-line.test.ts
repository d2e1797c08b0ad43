import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { accessLine, type ServedRequest, timeLocal } from './access-line.ts';

const request: ServedRequest = {
  address: '10.20.0.11',
  at: Date.parse('2026-11-02T03:04:05.678Z'),
  method: 'GET',
  target: '/api/v1/devices/?limit=5',
  httpVersion: '1.1',
  status: 200,
  bodyBytes: 123,
  referer: undefined,
  userAgent: 'curl/8',
  duration: 0.0423,
};
const COMBINED = /^\S+ - - \[[^\]]+\] "([^"]*)" (\d{3}) (\d+) "([^"]*)" "([^"]*)" (\d+\.\d{3})$/;

describe('accessLine', () => {
  it('is nginx combined with the request time at the end', () => {
    expect(accessLine(request)).toBe(
      '10.20.0.11 - - [02/Nov/2026:03:04:05 +0000] "GET /api/v1/devices/?limit=5 HTTP/1.1" 200 123 "-" "curl/8" 0.042',
    );
  });

  it('escapes quotes, backslashes and what is not ASCII', () => {
    const line = accessLine({ ...request, target: '/a"b\\c', userAgent: 'ü\n' });
    expect(line).toContain('/a\\x22b\\x5Cc');
    expect(line).toContain('"\\xC3\\xBC\\x0A"');
  });

  it('stays one line of the format whatever the client sends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (target, userAgent) => {
        expect(accessLine({ ...request, target, userAgent })).toMatch(COMBINED);
      }),
    );
  });
});

describe('timeLocal', () => {
  it('names the month', () => {
    expect(timeLocal(Date.parse('2026-01-31T23:59:59Z'))).toBe('31/Jan/2026:23:59:59 +0000');
  });
});
