import { describe, expect, it } from '@jest/globals';
import { head, startTestGateway } from '../../test/support/gateway.ts';
import { clientAddress } from './forwarded.ts';
import { plainAddress, trustedProxies } from './trusted-proxies.ts';

const CLAIMS = [
  ...['X-Forwarded-For: 203.0.113.7', 'X-Forwarded-Proto: https', 'X-Forwarded-Host: shop.example'],
  ...['X-Forwarded-Port: 443', 'X-Forwarded-Prefix: /x', 'Forwarded: for=203.0.113.7;proto=https'],
];

/** What the API is told of the origin, in order. */
async function toldToApi(trusted: readonly string[], claims: readonly string[]): Promise<string[]> {
  const gateway = await startTestGateway({ trustedProxies: trusted });
  const { api } = await gateway.pass(head('GET / HTTP/1.1', 'Host: a.example', ...claims));
  return (await api.until('\r\n\r\n')).split('\r\n').filter((line) => /forwarded/i.test(line));
}

describe('for whom a request is made', () => {
  it('is not believed of anybody', async () => {
    const told = ['X-Forwarded-For: 127.0.0.1', 'X-Forwarded-Proto: http', 'X-Forwarded-Host: a.example'];
    expect(await toldToApi([], CLAIMS)).toEqual(told);
    expect(await toldToApi(['10.0.0.0/8', '::1'], CLAIMS)).toEqual(told);
  });

  it('is believed of a trusted proxy, which is added', async () => {
    expect(await toldToApi(['127.0.0.0/8'], [...CLAIMS, 'x-forwarded-for: 10.1.1.1'])).toEqual([
      ...['X-Forwarded-Port: 443', 'X-Forwarded-Prefix: /x'],
      ...['X-Forwarded-For: 203.0.113.7, 10.1.1.1, 127.0.0.1', 'X-Forwarded-Proto: https'],
      ...[
        'X-Forwarded-Host: shop.example',
        'Forwarded: for=203.0.113.7;proto=https, for=127.0.0.1;proto=http',
      ],
    ]);
  });

  it('is not made up where a trusted proxy said nothing of it', async () => {
    expect(await toldToApi(['127.0.0.1'], [])).toEqual([
      ...['X-Forwarded-For: 127.0.0.1', 'X-Forwarded-Proto: http', 'X-Forwarded-Host: a.example'],
    ]);
  });

  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['1.2.3.4, 203.0.113.7, 10.0.0.1', '203.0.113.7'],
    ['1.2.3.4, ::ffff:203.0.113.7', '203.0.113.7'],
    ['10.0.0.2, 10.0.0.1', '10.0.0.2'],
    ['', ''],
  ])('names the client of %j as %j', (list, client) => {
    const isTrusted = trustedProxies(['10.0.0.0/8']);
    const peer = { address: '10.0.0.1', trusted: true, scheme: 'http' } as const;
    expect(clientAddress({ 'x-forwarded-for': list }, peer, isTrusted)).toBe(client);
    expect(clientAddress({ 'x-forwarded-for': list }, { ...peer, trusted: false }, isTrusted)).toBe(
      '10.0.0.1',
    );
  });
});

describe('trusted proxies', () => {
  const isTrusted = trustedProxies([' 192.0.2.1', '10.0.0.0/8', '2001:db8::/32', 'fe80::1']);
  it.each([
    ['192.0.2.1', true],
    ['::ffff:192.0.2.1', true],
    ['192.0.2.2', false],
    ['10.255.0.1', true],
    ['2001:db8:1::1', true],
    ['2001:db9::1', false],
    ['fe80::1%eth0', true],
    ['', false],
    ['nonsense', false],
  ])('%j: %s', (address, trusted) => {
    expect(isTrusted(address)).toBe(trusted);
  });

  it.each(['host.example', '10.0.0.0/33', '10.0.0', '::1/129', '', '1.2.3.4/'])('refuses %j', (entry) => {
    expect(() => trustedProxies([entry])).toThrow(`gateway.trusted_proxies: "${entry}" is no address`);
  });

  it('knows an address of IPv4 in clothes of IPv6', () => {
    expect(plainAddress('::FFFF:1.2.3.4')).toBe('1.2.3.4');
    expect(plainAddress('::1')).toBe('::1');
  });
});
