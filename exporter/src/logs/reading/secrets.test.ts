import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { expectQuick } from '../../../test/support/quick.ts';
import { SECRET_NAMES, TOKEN_BEGINS } from './secret-names.ts';
import { maskSecrets } from './secrets.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';

describe('a secret is masked', () => {
  it.each([
    ['password=hunter2 user=x', 'password=*** user=x'],
    ['password = hunter2', 'password = ***'],
    ['DB_PASSWORD: hunter2', 'DB_PASSWORD: ***'],
    ['{"user":"a","password":"hun\\"ter2","x":1}', '{"user":"a","password":"***","x":1}'],
    ['{"token": 12345, "x": 1}', '{"token": "***", "x": 1}'],
    ['{"msg":"{\\"password\\":\\"hunter2\\",\\"x\\":1}"}', '{"msg":"{\\"password\\":\\"***\\",\\"x\\":1}"}'],
    ["{'passwd': 'hunter2', 'x': 1}", "{'passwd': '***', 'x': 1}"],
    ["{'password': b'hunter2'}", "{'password': '***'}"],
    ["SecretStr: password=Secret('hunter2')", 'SecretStr: password=***)'],
    ["['password' => 'hunter2']", "['password' => '***']"],
    ['password="hunter 2" x', 'password="***" x'],
    ['password="hunter 2', 'password="***'],
    ['GET /login?user=a&password=hunter2&x=1 HTTP/1.1', 'GET /login?user=a&password=***&x=1 HTTP/1.1'],
    ['?access_token=abc.def-ghi#x', '?access_token=***'],
    ['(api_key=abc)', '(api_key=***)'],
    ['[secret=abc, x=1]', '[secret=***, x=1]'],
    ['secret=a,b;c', 'secret=***'],
    ['password=a,token="b c" x', 'password=*** x'],
    ["Settings(password=abc,token='hunter 2')", 'Settings(password=***)'],
    ["ALTER USER bob WITH PASSWORD 'hun''ter2' x", "ALTER USER bob WITH PASSWORD '***' x"],
    ["create role bob encrypted password  E'hunter2'", "create role bob encrypted password  E'***'"],
    ['X-Api-Key: abc', 'X-Api-Key: ***'],
    ["CREATE USER bob IDENTIFIED BY 'hunter2'", "CREATE USER bob IDENTIFIED BY '***'"],
    ["identified by password 'hun''ter2' x", "identified by password '***' x"],
    ['GET /?next=%2Flogin%3Fpassword%3Dhunter2', 'GET /?next=%2Flogin%3Fpassword%3D***'],
    ['pwd=a;secret: "b c" x', 'pwd=***;secret: "***" x'],
    ['pwd=a,my_token= b x', 'pwd=***,my_token= *** x'],
    ['Authorization: Custom s3cr3t x', 'Authorization: *** x'],
    ['curl -s -u bob:hunter2 http://x', 'curl -s -u bob:*** http://x'],
    ['curl --user "bob:hunter2" http://x', 'curl --user "bob:***" http://x'],
    [`curl -u ${'x'.repeat(1500)}:hunter2 x`, `curl -u ${'x'.repeat(1500)}:*** x`],
    ['curl --proxy-user=bob:hunter2 http://x', 'curl --proxy-user=bob:*** http://x'],
    ['aws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'aws_secret_access_key=***'],
    ['clientSecret: abc', 'clientSecret: ***'],
    ['mysql --password hunter2 -h x', 'mysql --password *** -h x'],
    ['mysql --password=hunter2 -h x', 'mysql --password=*** -h x'],
    ['Authorization: Bearer abc', 'Authorization: Bearer ***'],
    ['Authorization: abc x', 'Authorization: *** x'],
    ['"authorization":"Basic dXNlcjpwYXNz"', '"authorization":"Basic ***"'],
    ['Authorization: Digest username="a", response="b"', 'Authorization: Digest ***'],
    [
      'Proxy-Authorization: AWS4-HMAC-SHA256 Credential=a, Signature=b',
      'Proxy-Authorization: AWS4-HMAC-SHA256 ***',
    ],
    ["curl -H 'Cookie: session=abc; csrf=def' http://x", "curl -H 'Cookie: ***' http://x"],
    ['"set-cookie":["a=b","c=d"]', '"set-cookie":["***"]'],
    ['sent bearer abc12345 to x', 'sent bearer *** to x'],
    ['with Basic dXNlcjpwYXNz to x', 'with Basic *** to x'],
    ['postgres://valtronics:hunter2@db:5432/x', 'postgres://valtronics:***@db:5432/x'],
    ['mqtts://u:p@ss:w@broker', 'mqtts://u:***@broker'],
    ['redis://:hunter2@cache', 'redis://:***@cache'],
    ['postgres://valtronics:hun/ter2@db/x', 'postgres://valtronics:***@db/x'],
    [`https://${'x1'.repeat(20)}@github.com/a`, 'https://***@github.com/a'],
    ['cookie=cookie=""hunter2 x=1', 'cookie=*** x=1'],
    ['key AKIAIOSFODNN7EXAMPLE is old', 'key *** is old'],
    [`jwt ${JWT}.`, 'jwt ***'],
    ['glsa_0123456789abcdefghij', '***'],
    [
      '-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----\nx',
      '-----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY-----\nx',
    ],
    ['-----BEGIN PRIVATE KEY-----\nMIIE', '-----BEGIN PRIVATE KEY-----***'],
  ])('%s', (text, expected) => {
    expect(maskSecrets(text)).toBe(expected);
    expect(maskSecrets(expected)).toBe(expected);
  });

  it.each([...SECRET_NAMES])('behind the name %s', (name) => {
    expect(maskSecrets(`x ${name}=s3cr3t y`)).toBe(`x ${name}=*** y`);
    expect(maskSecrets(`{"my_${name.toUpperCase()}":"s3cr3t"}`)).toBe(`{"my_${name.toUpperCase()}":"***"}`);
  });

  it.each([...TOKEN_BEGINS])('that begins with %s', (begin, least) => {
    expect(maskSecrets(`x ${begin.padEnd(least, '0')} y`)).toBe('x *** y');
    expect(maskSecrets(`x ${begin.padEnd(least - 1, '0')} y`)).toBe(`x ${begin.padEnd(least - 1, '0')} y`);
  });
});

describe('no secret', () => {
  it.each([
    'docker run -u 1000:1000 image',
    'id -u bob',
    'verified by the device',
    'INFO:     127.0.0.1:59046 - "GET /api/v1/devices/7?limit=5 HTTP/1.1" 200 OK',
    '2026-11-22 23:25:06.838 UTC [27008] valtronics@valtronics_db ERROR:  password is wrong',
    'http://10.0.0.2:8000/api/@me?x=a@b',
    'http://[::1]:8000/x',
    'mailto admin@valtronics.com',
    'Basic authentication failed, bearer authentication too',
    'Key (device_id)=(999999) is not present in table "devices"',
    '"password":null,"token":None,"secret":{"name":"x"}',
    'password=',
    'tokens=5 keyboard=x',
    '-----BEGIN CERTIFICATE-----',
    'a token is not a key',
    '',
  ])('%s', (text) => {
    expect(maskSecrets(text)).toBe(text);
  });
});

describe('e-mail addresses', () => {
  it('lose their names when asked', () => {
    const text = 'email to admin@valtronics.com';
    expect(maskSecrets(text)).toBe(text);
    expect(maskSecrets(text, { emails: true })).toBe('email to ***@valtronics.com');
  });
});

describe('any text', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...[
        'password',
        'token',
        '=',
        ':',
        '"',
        "'",
        '\\"',
        '\\',
        ' ',
        '://',
        '@',
        'Bearer ',
        'Basic ',
        '{',
        '[',
      ],
      ...[
        'Authorization: ',
        '-u=',
        '--proxy-user ',
        'cookie=',
        '-----BEGIN ',
        'PRIVATE KEY-----',
        '-----END',
        'AKIA',
        '/',
        ',',
        '\n',
      ],
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
  );

  it('is masked once and for all, and stays what it is around the masks', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.boolean(), (pieces, emails) => {
        const text = pieces.join('');
        const masked = maskSecrets(text, { emails });
        expect(maskSecrets(masked, { emails })).toBe(masked);
        let from = 0;
        for (const part of masked.split(/["'`\\]*\*\*\*["'`\\]*/)) {
          const place = text.indexOf(part, from);
          expect(place).not.toBe(-1);
          from = place + part.length;
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('takes time in proportion to its length', () => {
    expectQuick(() => maskSecrets(`token ${'-u='.repeat(12_000)}`));
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 4 }), (pieces) => {
        const unit = pieces.join('');
        expectQuick(() => maskSecrets(unit.repeat(Math.ceil(60_000 / Math.max(1, unit.length)))));
      }),
      { numRuns: 60 },
    );
  });
});
