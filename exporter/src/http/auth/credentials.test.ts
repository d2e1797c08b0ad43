import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseAuthorization, sameSecret } from './credentials.ts';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('parseAuthorization', () => {
  it('reads bearer tokens, the scheme in any case', () => {
    expect(parseAuthorization('bEARER  abc ')).toEqual({ scheme: 'bearer', token: Buffer.from('abc') });
  });

  it('reads users and passwords, colons and umlauts in the password too', () => {
    expect(parseAuthorization(basic('ana:pä:ß'))).toEqual({ scheme: 'basic', user: 'ana', password: 'pä:ß' });
    expect(parseAuthorization(basic(':'))).toEqual({ scheme: 'basic', user: '', password: '' });
  });

  it.each([undefined, '', 'Bearer', 'Bearer ', 'Digest x', 'Basic !!!', basic('no colon'), 'Bearerabc'])(
    'takes %j for none',
    (header) => expect(parseAuthorization(header)).toEqual({ scheme: 'none' }),
  );

  it('gives back any user and password', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (user, password) => {
        fc.pre(!user.includes(':') && `${user}${password}`.isWellFormed());
        expect(parseAuthorization(basic(`${user}:${password}`))).toEqual({ scheme: 'basic', user, password });
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (header) => void parseAuthorization(header)));
  });
});

describe('sameSecret', () => {
  it('compares text and bytes of any length', () => {
    expect(sameSecret('tökén', 'tökén')).toBe(true);
    expect(sameSecret(Buffer.from('tökén'), 'tökén')).toBe(true);
    expect(sameSecret('tökén ', 'tökén')).toBe(false);
    expect(sameSecret('', 'tökén')).toBe(false);
  });
});
