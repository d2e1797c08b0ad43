import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../../../test/support/server.ts';
import { readWebConfig } from './read.ts';

const folder = temporaryFolder('web-config');
afterAll(folder.remove);
const HASH = '$2y$10$X0h1gDsPszWURQaxFh.zoubFi6DXncSjhoQNJgRrnGs7EsimhC7zG';

async function read(text: string) {
  const path = join(folder.path, 'web-config.yml');
  writeFileSync(path, text);
  return readWebConfig(path);
}

describe('readWebConfig', () => {
  it.each([
    '',
    '# nothing\n',
    '{}',
    'tls_server_config:\nbasic_auth_users:\n',
    'tls_server_config: {min_version: TLS13}',
  ])('takes %j for plain HTTP without users', async (text) => {
    expect(await read(text)).toMatchObject({ tls: undefined, headers: {}, rateLimit: undefined });
    expect((await read(text)).users.size).toBe(0);
  });

  it('reads users, headers and the rate limit', async () => {
    const config = await read(`
basic_auth_users:
  ana: ${HASH}
http_server_config:
  http2: true
  headers:
    X-Frame-Options: sameorigin
    Content-Security-Policy: ""
    Strict-Transport-Security: max-age=600
rate_limit:
  interval: 100ms
  burst: 20
`);
    expect([...config.users]).toEqual([['ana', HASH]]);
    expect(config.headers).toEqual({
      'X-Frame-Options': 'sameorigin',
      'Content-Security-Policy': '',
      'Strict-Transport-Security': 'max-age=600',
    });
    expect(config.rateLimit).toEqual({ interval: 100, burst: 20 });
  });

  it('takes the interval as nanoseconds too, and 0 for no limit', async () => {
    expect((await read('rate_limit: {interval: 2000000, burst: 1}')).rateLimit?.interval).toBe(2);
    expect((await read('rate_limit: {interval: 0, burst: 1}')).rateLimit).toBeUndefined();
  });

  it.each([
    ['unknown: 1', 'unknown'],
    ['tls_server_config: {cert_files: x}', 'cert_files'],
    ['http_server_config: {http3: true}', 'http3'],
    ['http_server_config: {headers: {X-Evil: a}}', 'X-Evil'],
    ['http_server_config: {headers: {X-Frame-Options: allow}}', 'X-Frame-Options'],
    ['http_server_config: {headers: {X-Content-Type-Options: sniff}}', 'X-Content-Type-Options'],
    ['basic_auth_users: {ana: secret}', 'basic_auth_users.ana: must be a bcrypt hash'],
    [`basic_auth_users: {ana: ${HASH.replace('$10$', '$32$')}}`, 'bcrypt'],
    [`basic_auth_users: {"a:b": ${HASH}}`, 'colon'],
    [`basic_auth_users: [${HASH}]`, 'basic_auth_users'],
    ['tls_server_config: {cert_file: a.pem}', 'one of key or key_file is missing'],
    ['tls_server_config: {key_file: a.pem}', 'one of cert or cert_file is missing'],
    [
      'tls_server_config: {client_auth_type: RequireAndVerifyClientCert}',
      'one of cert or cert_file is missing',
    ],
    ['tls_server_config: {cert_file: a, key_file: b, client_ca_file: c}', 'without a client_auth_type'],
    [
      'tls_server_config: {cert_file: a, key_file: b, client_allowed_sans: [x]}',
      'client_allowed_sans requires',
    ],
    [
      'tls_server_config: {cert_file: a, key_file: b, client_auth_type: VerifyClientCertIfGiven, client_allowed_sans: [x]}',
      'client_allowed_sans requires',
    ],
    ['tls_server_config: {cert_file: a, key_file: b, client_auth_type: Everything}', 'client_auth_type'],
    ['tls_server_config: {cert_file: a, key_file: b, min_version: TLS14}', 'min_version'],
    [
      'tls_server_config: {cert_file: a, key_file: b, cipher_suites: [TLS_RSA_WITH_RC4_128_SHA]}',
      'cipher_suites',
    ],
    ['tls_server_config: {cert_file: a, key_file: b, curve_preferences: [Curve1]}', 'curve_preferences'],
    ['tls_server_config: {cert: x, key: y}', 'cannot be used'],
    ['rate_limit: {interval: soon}', 'rate_limit.interval'],
    ['rate_limit: {burst: -1}', 'rate_limit.burst'],
    ['a: [', 'web configuration'],
    ['basic_auth_users: {}\nbasic_auth_users: {}', 'unique'],
    ['just text', 'expected object'],
  ])('refuses %j', async (text, message) => {
    const failure = read(text);
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toThrow(join(folder.path, 'web-config.yml'));
  });

  it('looks for relative files beside its own, and says which is missing', async () => {
    await expect(read('tls_server_config: {cert_file: tls/a.pem, key_file: b.pem}')).rejects.toThrow(
      new RegExp(`cert_file: cannot read ${join(folder.path, 'tls/a.pem')}: .*ENOENT`),
    );
  });

  it('says that the file itself is missing', async () => {
    await expect(readWebConfig('/nonexistent/web.yml')).rejects.toThrow(
      /web configuration \/nonexistent\/web\.yml: .*ENOENT/,
    );
  });

  it('has a fingerprint that changes with the file', async () => {
    const first = await read('rate_limit: {burst: 1}');
    expect((await read('rate_limit: {burst: 1}')).fingerprint).toBe(first.fingerprint);
    expect((await read('rate_limit: {burst: 2}')).fingerprint).not.toBe(first.fingerprint);
  });
});
