import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Clients, createClients } from './clients.ts';

const MINUTE = 60_000;

let now = 0;
const open = (): Clients => {
  now = 100 * MINUTE;
  return createClients(() => now);
};

describe('clients', () => {
  it('are counted once however often they come', () => {
    const clients = open();
    for (const address of ['10.0.0.1', '10.0.0.2', '10.0.0.1']) clients.seen(address, 0);
    expect(clients.count()).toBe(2);
  });

  it('count for five minutes after their last request', () => {
    const clients = open();
    clients.seen('10.0.0.1', 0);
    clients.seen('10.0.0.2', 0);
    now += MINUTE;
    clients.seen('10.0.0.2', 0);
    now += 4 * MINUTE - 1;
    expect(clients.count()).toBe(2);
    now += 1;
    expect(clients.count()).toBe(1);
    now += MINUTE;
    expect(clients.count()).toBe(0);
  });

  it('go by the time of the line: a backlog brings nobody back, a clock ahead keeps nobody', () => {
    const clients = open();
    clients.seen('10.0.0.1', 5 * MINUTE);
    clients.seen('10.0.0.2', 4 * MINUTE);
    clients.seen('10.0.0.3', -60 * MINUTE);
    expect(clients.count()).toBe(2);
    now += 2 * MINUTE;
    expect(clients.count()).toBe(1);
    now += 3 * MINUTE;
    expect(clients.count()).toBe(0);
  });

  it('are told by address, whatever its spelling', () => {
    const clients = open();
    for (const address of [
      '2001:DB8::1',
      '2001:db8::1',
      '::ffff:10.0.0.1',
      '10.0.0.1',
      'fe80::1%eth0',
      'fe80::1',
    ])
      clients.seen(address, 0);
    expect(clients.count()).toBe(3);
  });

  it.each(['', 'unix', 'localhost', '10.0.0', '10.0.0.256', '<script>', '1.2.3.4 5', 'x'.repeat(1000)])(
    'is none: %.20j',
    (text) => {
      const clients = open();
      clients.seen(text, 0);
      expect(clients.count()).toBe(0);
    },
  );

  it('are exact up to ten thousand, then no more are counted, until old ones go', () => {
    const clients = open();
    const address = (index: number): string => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
    for (let index = 0; index < 12_000; index++) clients.seen(address(index), 0);
    expect(clients.count()).toBe(10_000);
    now += 5 * MINUTE;
    clients.seen('192.0.2.1', 0);
    expect(clients.count()).toBe(1);
  });

  it('are as many as a plain set has', () => {
    const visit = fc.record({ address: fc.ipV4(), age: fc.integer({ min: 0, max: 10 * MINUTE }) });
    fc.assert(
      fc.property(fc.array(visit), (visits) => {
        const clients = open();
        for (const { address, age } of visits) clients.seen(address, age);
        const recent = visits.filter(({ age }) => age < 5 * MINUTE).map(({ address }) => address);
        expect(clients.count()).toBe(new Set(recent).size);
      }),
    );
  });
});
