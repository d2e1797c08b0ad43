import { describe, expect, it } from '@jest/globals';
import { alternativeNames, refusal } from './client-certificate.ts';

describe('alternativeNames', () => {
  it.each([
    [undefined, []],
    ['', []],
    ['DNS:a.example', ['a.example']],
    [
      'DNS:a.example, IP Address:127.0.0.1, email:a@b.example, URI:spiffe://a/b',
      ['a.example', '127.0.0.1', 'a@b.example', 'spiffe://a/b'],
    ],
    ['DNS:"good.example, DNS:evil.example"', ['good.example, DNS:evil.example']],
    [String.raw`DNS:"a\"b", DNS:c`, ['a"b', 'c']],
    ['othername:<unsupported>, DNS:a', ['a']],
  ])('of %j', (text, names) => expect(alternativeNames(text)).toEqual(names));
});

describe('refusal', () => {
  const policy = { request: true, require: true, verify: true, allowedNames: ['a.example'] };
  const certificate = { subjectaltname: 'DNS:a.example' };

  it('lets the right certificate in', () => expect(refusal(policy, certificate, true)).toBeUndefined());
  it('wants one', () => expect(refusal(policy, undefined, true)).toBe('no client certificate'));
  it('wants it signed', () => expect(refusal(policy, certificate, false)).toMatch('not signed'));
  it('wants an allowed name', () =>
    expect(refusal(policy, { subjectaltname: 'DNS:b.example' }, true)).toMatch('only b.example'));
  it('takes none when none is required', () =>
    expect(refusal({ ...policy, require: false }, undefined, false)).toBeUndefined());
  it('takes any when it need not be verified', () =>
    expect(refusal({ ...policy, verify: false }, certificate, false)).toBeUndefined());
});
