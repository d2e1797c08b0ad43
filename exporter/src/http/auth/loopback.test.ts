import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalHost, isLoopbackAddress, isLoopbackHost } from './loopback.ts';

describe('isLoopbackAddress', () => {
  it.each(['127.0.0.1', '127.255.0.9', '::1', '::ffff:127.0.0.1'])('knows %s', (address) =>
    expect(isLoopbackAddress(address)).toBe(true),
  );
  it.each([
    undefined,
    '',
    'localhost',
    '128.0.0.1',
    '10.127.0.1',
    '0.0.0.0',
    '::',
    '::2',
    '::ffff:10.0.0.1',
    '127.1',
  ])('does not take %s', (address) => expect(isLoopbackAddress(address)).toBe(false));
  it('takes exactly 127.0.0.0/8 of IPv4, mapped or not', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const loopback = address.startsWith('127.');
        expect(isLoopbackAddress(address)).toBe(loopback);
        expect(isLoopbackAddress(`::ffff:${address}`)).toBe(loopback);
      }),
    );
  });
});

describe('isLoopbackHost', () => {
  it.each(['localhost', 'LOCALHOST:8001', 'a.localhost', '127.0.0.1:8001', '[::1]:8001', '127.0.0.2'])(
    'takes %s',
    (host) => expect(isLoopbackHost(host)).toBe(true),
  );
  it.each([
    undefined,
    '',
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example:8001',
    'evil.example/localhost',
    'localhost@evil.example',
    'evil.example#localhost',
    'evil.example\\localhost',
    '10.0.0.1',
    '[::2]',
    'local host',
  ])('refuses %s', (host) => expect(isLoopbackHost(host)).toBe(false));
  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (host) => void isLoopbackHost(host)));
  });
});

describe('canonicalHost', () => {
  it('drops the port that the scheme has anyway', () => {
    expect(canonicalHost('http:', 'A.example:80')).toBe('a.example');
    expect(canonicalHost('https:', 'a.example:80')).toBe('a.example:80');
  });
});
