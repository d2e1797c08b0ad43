import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createClients } from './clients.ts';

const MINUTE = 60_000;
const NOW = 100 * MINUTE;

describe('clients', () => {
  it('are counted once however often they come', () => {
    const clients = createClients();
    for (const address of ['10.0.0.1', '10.0.0.2', '10.0.0.1']) clients.seen(address, NOW, NOW);
    expect(clients.count(NOW)).toBe(2);
  });

  it('count for five minutes after their last request', () => {
    const clients = createClients();
    clients.seen('10.0.0.1', NOW, NOW);
    clients.seen('10.0.0.2', NOW, NOW);
    clients.seen('10.0.0.2', NOW + MINUTE, NOW + MINUTE);
    expect(clients.count(NOW + 5 * MINUTE - 1)).toBe(2);
    expect(clients.count(NOW + 5 * MINUTE)).toBe(1);
    expect(clients.count(NOW + 6 * MINUTE)).toBe(0);
  });

  it('go by the time of the line: a backlog brings nobody back', () => {
    const clients = createClients();
    clients.seen('10.0.0.1', NOW - 5 * MINUTE, NOW);
    clients.seen('10.0.0.2', NOW - 4 * MINUTE, NOW);
    clients.seen('10.0.0.3', NOW + 60 * MINUTE, NOW);
    expect(clients.count(NOW)).toBe(2);
    expect(clients.count(NOW + 2 * MINUTE)).toBe(1);
    expect(clients.count(NOW + 5 * MINUTE)).toBe(0);
  });

  it('are told by address, whatever its spelling', () => {
    const clients = createClients();
    for (const address of [
      '2001:DB8::1',
      '2001:db8::1',
      '::ffff:10.0.0.1',
      '10.0.0.1',
      'fe80::1%eth0',
      'fe80::1',
    ])
      clients.seen(address, NOW, NOW);
    expect(clients.count(NOW)).toBe(3);
  });

  it.each(['', 'unix', 'localhost', '10.0.0', '10.0.0.256', '<script>', '1.2.3.4 5', 'x'.repeat(1000)])(
    'is none: %.20j',
    (text) => {
      const clients = createClients();
      clients.seen(text, NOW, NOW);
      expect(clients.count(NOW)).toBe(0);
    },
  );

  it('are exact up to ten thousand, then no more are counted, until old ones go', () => {
    const clients = createClients();
    const address = (index: number): string => `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`;
    for (let index = 0; index < 12_000; index++) clients.seen(address(index), NOW, NOW);
    expect(clients.count(NOW)).toBe(10_000);
    clients.seen('192.0.2.1', NOW + 5 * MINUTE, NOW + 5 * MINUTE);
    expect(clients.count(NOW + 5 * MINUTE)).toBe(1);
  });

  it('are as many as a plain set has', () => {
    const visit = fc.record({ address: fc.ipV4(), at: fc.integer({ min: NOW - 10 * MINUTE, max: NOW }) });
    fc.assert(
      fc.property(fc.array(visit), (visits) => {
        const clients = createClients();
        for (const { address, at } of visits) clients.seen(address, at, NOW);
        const recent = visits.filter(({ at }) => at > NOW - 5 * MINUTE).map(({ address }) => address);
        expect(clients.count(NOW)).toBe(new Set(recent).size);
      }),
    );
  });
});
