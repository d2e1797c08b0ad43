import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseListenAddress, urlHost } from './listen-address.ts';

describe('parseListenAddress', () => {
  it.each([
    ['0.0.0.0:8001', '0.0.0.0', 8001],
    [':8001', undefined, 8001],
    ['[::]:8001', '::', 8001],
    ['[::1]:0', '::1', 0],
    ['[fe80::1%eth0]:8001', 'fe80::1%eth0', 8001],
    ['localhost:65535', 'localhost', 65_535],
  ])('%s', (text, host, port) => expect(parseListenAddress(text)).toEqual({ host, port }));

  it.each([
    '',
    '8001',
    'localhost',
    '::1:8001',
    '127.0.0.1:',
    '127.0.0.1:65536',
    'http://x:1',
    'a b:1',
    ':x',
    '[::1]',
  ])('refuses "%s" with what to write', (text) =>
    expect(() => parseListenAddress(text)).toThrow('write host:port, for example 127.0.0.1:8001'),
  );

  it('takes back what it gives out', () => {
    const host = fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain()).filter((h) => h !== '0.0.0.0' && h !== '::');
    fc.assert(
      fc.property(host, fc.integer({ min: 0, max: 65_535 }), (name, port) => {
        expect(parseListenAddress(urlHost({ host: name, port }))).toEqual({ host: name, port });
      }),
    );
  });
});

describe('urlHost', () => {
  it.each([undefined, '0.0.0.0', '::'])('shows every interface (%s) as localhost', (host) =>
    expect(urlHost({ host, port: 8001 })).toBe('localhost:8001'),
  );
});
