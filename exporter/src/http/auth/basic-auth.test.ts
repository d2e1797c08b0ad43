import { describe, expect, it } from '@jest/globals';
import bcrypt from 'bcryptjs';
import { createBasicAuth, type BasicUsers } from './basic-auth.ts';

const HASH = bcrypt.hashSync('secret', 4);
const users = (): BasicUsers => new Map([['ana', HASH]]);

describe('createBasicAuth', () => {
  it('lets the right password in, again and again', async () => {
    const check = createBasicAuth({ users, now: () => 0, failures: 1 });
    for (let i = 0; i < 5; i += 1) expect(await check('10.0.0.1', 'ana', 'secret')).toBe('right');
  });

  it('takes hashes of every spelling', async () => {
    for (const prefix of ['$2a$', '$2b$', '$2y$']) {
      const check = createBasicAuth({
        users: () => new Map([['ana', prefix + HASH.slice(4)]]),
        now: () => 0,
      });
      expect(await check('10.0.0.1', 'ana', 'secret')).toBe('right');
    }
  });

  it('refuses a wrong password, an unknown user, and everybody when there are no users', async () => {
    const check = createBasicAuth({ users, now: () => 0 });
    expect(await check('10.0.0.1', 'ana', 'Secret')).toBe('wrong');
    expect(await check('10.0.0.1', 'ana', '')).toBe('wrong');
    expect(await check('10.0.0.1', 'eve', 'secret')).toBe('wrong');
    const empty = createBasicAuth({ users: () => new Map(), now: () => 0 });
    expect(await empty('10.0.0.1', 'ana', 'secret')).toBe('wrong');
  });

  it('makes an address wait that fails too often, and nobody else', async () => {
    let now = 0;
    const check = createBasicAuth({ users, now: () => now, failures: 2 });
    expect(await check('10.0.0.2', 'ana', 'secret')).toBe('right');
    expect(await check('10.0.0.2', 'ana', 'a')).toBe('wrong');
    expect(await check('10.0.0.2', 'ana', 'a')).toBe('wrong');
    expect(await check('10.0.0.2', 'ana', 'a')).toEqual({ retryAfter: 6000 });
    expect(await check('10.0.0.2', 'ana', 'secret')).toBe('right');
    expect(await check('10.0.0.3', 'ana', 'b')).toBe('wrong');
    now = 6000;
    expect(await check('10.0.0.2', 'ana', 'c')).toBe('wrong');
  });

  it('takes the addresses of one IPv6 network for one client', async () => {
    const check = createBasicAuth({ users, now: () => 0, failures: 2 });
    expect(await check('2001:db8:1:2::1', 'ana', 'a')).toBe('wrong');
    expect(await check('2001:db8:1:2:aaaa::', 'ana', 'b')).toBe('wrong');
    expect(await check('2001:db8:1:2::3', 'ana', 'c')).toEqual({ retryAfter: 6000 });
    expect(await check('2001:db8:1:3::1', 'ana', 'd')).toBe('wrong');
  });

  it('forgets a user at once who is taken out or gets another password', async () => {
    let current = users();
    const check = createBasicAuth({ users: () => current, now: () => 0 });
    expect(await check('10.0.0.1', 'ana', 'secret')).toBe('right');
    current = new Map([['ana', bcrypt.hashSync('other', 4)]]);
    expect(await check('10.0.0.1', 'ana', 'secret')).toBe('wrong');
    expect(await check('10.0.0.1', 'ana', 'other')).toBe('right');
    current = new Map([['bob', HASH]]);
    expect(await check('10.0.0.1', 'ana', 'other')).toBe('wrong');
  });

  it('turns comparisons away when too many wait', async () => {
    const check = createBasicAuth({ users, now: () => 0, failures: 1000 });
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, (_, i) => check('10.0.0.1', 'ana', `wrong ${i}`)),
    );
    expect(outcomes.filter((outcome) => outcome === 'wrong')).toHaveLength(16);
    expect(outcomes).toContainEqual({ retryAfter: 1000 });
    expect(await check('10.0.0.1', 'ana', 'secret')).toBe('right');
  });
});
