import { describe, expect, it } from '@jest/globals';
import { messageOf } from './errors.ts';
import { basicAuthorization, parseCredentialUrl } from './credential-url.ts';

const MQTT = { schemes: ['mqtt', 'mqtts'] };
const POSTGRES = { schemes: ['postgresql', 'postgres'], hostOptional: true };
const HTTP = { schemes: ['http', 'https'] };

function complaint(text: string, rules: Parameters<typeof parseCredentialUrl>[1]): string {
  try {
    parseCredentialUrl(text, rules);
  } catch (error) {
    return messageOf(error);
  }
  return 'taken';
}

describe('parseCredentialUrl', () => {
  it('takes all parts apart and decodes them', () => {
    expect(parseCredentialUrl('MQTTS://us%40er:p%2Fss%3A%C3%A9@broker.example:1884/x?a=%20b', MQTT)).toEqual({
      scheme: 'mqtts',
      user: 'us@er',
      password: 'p/ss:é',
      host: 'broker.example',
      port: 1884,
      place: 'broker.example:1884',
      path: '/x',
      query: new URLSearchParams({ a: ' b' }),
    });
  });

  it.each([
    ['mqtt://h', { user: undefined, password: undefined, host: 'h', port: undefined, place: 'h', path: '' }],
    ['mqtt://[::1]:1883', { host: '::1', port: 1883, place: '[::1]:1883' }],
    ['mqtt://:secret@h', { user: undefined, password: 'secret' }],
    ['mqtt://user@h', { user: 'user', password: undefined }],
    ['mqtt://e:p@ss:w[o^r d@h', { user: 'e', password: 'p@ss:w[o^r d', host: 'h' }],
    ['mqtt://e:50%25off@h', { password: '50%off' }],
    ['mqtt://h:', { port: undefined }],
    [' mqtt://h\n', { host: 'h' }],
  ])('reads %s', (text, parts) => expect(parseCredentialUrl(text, MQTT)).toMatchObject(parts));

  it.each([
    ['postgresql://u:p@/db?host=/run/postgresql', { user: 'u', host: '', path: '/db' }],
    ['postgresql:///db', { host: '', place: '' }],
    ['postgresql://u@%2Frun%2Fpostgresql/db', { host: '/run/postgresql' }],
    ['postgres://db:5432/x?user=me@server', { host: 'db', port: 5432 }],
  ])('reads %s of PostgreSQL', (text, parts) =>
    expect(parseCredentialUrl(text, POSTGRES)).toMatchObject(parts),
  );

  it('leaves an @ in a path where one may be', () => {
    const rules = { ...HTTP, atInPath: true };
    expect(parseCredentialUrl('https://social.example/@ops/hook', rules).path).toBe('/@ops/hook');
    expect(complaint('https://e:secret/x@h/hook', rules)).toContain('write %2F in place of /');
  });

  it.each([
    ['mqtt://e:50%off@h', 'must have no bare % in the password: write %25 in place of %'],
    ['mqtt://50%off:secret@h', 'must have no bare % in the user: write %25 in place of %'],
    ['mqtt://e:secret%FF@h', 'must have UTF-8 behind the percent signs of the password'],
    ['mqtt://e:sec#ret@h', 'must have no bare # in user or password: write %23 in place of #'],
    ['mqtt://e:sec/ret@h', 'must have no bare / in user or password: write %2F in place of /'],
    ['mqtt://e:sec?ret@h', 'must have no bare ? in user or password: write %3F in place of ?'],
    ['mqtt://e:12/34@h', 'must have no bare / in user or password: write %2F in place of /'],
    ['mqtt://e:s@cr/et@h', 'must have no bare / in user or password: write %2F in place of /'],
    ['mqtt://e:s@cr#et@h', 'must have no bare # in user or password: write %23 in place of #'],
    ['mqtt://h/50%off', 'must have no bare % in the path: write %25 in place of %'],
    ['mqtt://h/#x', 'must have no bare # in it: write %23 in place of #'],
    ['mqtt://e:sec\tret@h', 'must have no tab or other control character in it'],
    ['mqtt://e:sec\nret@h', 'must have no line break in it'],
    ['mqtt://e:secret@h1:1883,h2:1883', 'must name one host: several, with commas, are not supported'],
    ['mqtt://e:secret@', 'must name a host'],
    ['mqtt://', 'must name a host'],
    ['mqtt://:1883', 'must name a host'],
    ['mqtt://e:secret', 'must have a number as the port (user and password stand before an @ and the host)'],
    ['mqtt://h:70000', 'must have a port from 1 to 65535'],
    ['mqtt://::1:1883', 'must have an IPv6 address in square brackets, e.g. [::1]'],
    ['mqtt://[::1', 'must have an IPv6 address in square brackets, e.g. [::1]'],
    ['mqtt://[secret]', 'must have a host that is a name or an address'],
    ['mqtt://ho st', 'must have a host that is a name or an address'],
    ['http://e:secret@h', 'must begin with mqtt:// or mqtts://'],
    ['mqtt:e:secret@h', 'must begin with mqtt:// or mqtts://'],
    ['', 'must begin with mqtt:// or mqtts://'],
  ])('says what is wrong with %j', (text, words) => {
    expect(complaint(text, MQTT)).toBe(words);
    expect(complaint(text, MQTT)).not.toContain('secret');
  });

  it('knows that the web reads a backslash as a slash', () => {
    expect(complaint('http://e:sec\\ret@h', HTTP)).toBe(
      'must have no bare \\ in user or password: write %5C in place of \\',
    );
  });
});

describe('basicAuthorization', () => {
  it('is there with a user or a password', () => {
    const of = (text: string) => basicAuthorization(parseCredentialUrl(text, HTTP));
    expect(of('http://h')).toBeUndefined();
    expect(of('http://u:%C3%A9@h')).toBe(`Basic ${Buffer.from('u:é').toString('base64')}`);
  });
});
