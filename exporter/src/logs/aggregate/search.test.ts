import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { testAggregate as setUp } from '../../../test/support/log-aggregate.ts';
import { LOGGED_AT } from '../../../test/support/log-entry.ts';
import type { LogEntry } from '../entry.ts';

const ERROR = { level: 'ERROR' } as const;
const messages = (items: readonly LogEntry[]): string[] => items.map(({ message }) => message);

describe('a search', () => {
  it('gives the newest lines first by their own time, in pages', () => {
    const { aggregate, add } = setUp();
    add('third', { timestamp: LOGGED_AT + 3 });
    add('first', { timestamp: LOGGED_AT + 1 });
    add('second a', { timestamp: LOGGED_AT + 2 });
    add('second b', { timestamp: LOGGED_AT + 2 });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = aggregate.search({}, 1, cursor);
      seen.push(...messages(page.items));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(['third', 'second b', 'second a', 'first']);
  });

  it('finds what a sorted list of all lines has', () => {
    const times = fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 60 });
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 8 }), (list, limit) => {
        const { aggregate, add } = setUp();
        list.forEach((time, n) => add(String(n % 3), { id: `l${n}`, timestamp: LOGGED_AT + time }));
        const expected = list
          .map((time, n) => ({ time, n }))
          .filter(({ n }) => n % 3 === 1)
          .sort((a, b) => b.time - a.time || b.n - a.n)
          .map(({ n }) => `l${n}`);
        const seen: string[] = [];
        let cursor: string | null | undefined;
        while (cursor !== null) {
          const page = aggregate.search({ text: '1' }, limit, cursor);
          seen.push(...page.items.map(({ id }) => id));
          cursor = page.nextCursor;
        }
        expect(seen).toEqual(expected);
      }),
      { seed: 7 },
    );
  });

  it('takes every filter', () => {
    const { aggregate, add } = setUp();
    const ids = { deviceId: 'd-1', traceId: 'a'.repeat(32), correlationId: 'r-1' };
    add('The needle', { ...ERROR, ...ids, service: 'worker', category: 'audit' });
    add('hay');
    for (const filter of [
      { text: 'NEEDLE' },
      { levels: ['ERROR', 'CRITICAL'] as const },
      { services: ['worker'] },
      { category: 'audit' as const },
      { deviceId: 'd-1' },
      { traceId: 'a'.repeat(32) },
      { correlationId: 'r-1' },
    ])
      expect(messages(aggregate.search(filter, 10).items)).toEqual(['The needle']);
    expect(aggregate.search({ text: 'n.*e' }, 10).items).toEqual([]);
    expect(aggregate.search({ from: LOGGED_AT + 1 }, 10).items).toEqual([]);
    expect(aggregate.search({ from: LOGGED_AT }, 10).items).toHaveLength(2);
  });

  it('finds the lines of a pattern under each of its ids', () => {
    const { aggregate, add } = setUp();
    const before = add('Connection refused by host alpha').pattern;
    add('Connection refused by host beta');
    const [now] = aggregate.patterns({ limit: 1 }).items;
    expect(now?.id).not.toBe(before);
    for (const pattern of [before, now?.id]) {
      const { items } = aggregate.search({ pattern }, 10);
      expect(items.map((entry) => entry.pattern)).toEqual([now?.id, now?.id]);
    }
  });

  it('is followed by a tail in the order of arrival, which says what it missed', () => {
    const { aggregate, add } = setUp({ capacity: 3 });
    add('a');
    let { tailCursor } = aggregate.search({}, 10);
    add('c', { timestamp: LOGGED_AT + 5 });
    add('b', { timestamp: LOGGED_AT - 5 });
    const first = aggregate.newer({}, 1, tailCursor);
    expect(messages(first.items)).toEqual(['c']);
    ({ tailCursor } = first);
    for (const message of ['d', 'e', 'f']) add(message);
    const second = aggregate.newer({}, 10, tailCursor);
    expect(second).toMatchObject({ missed: 1 });
    expect(messages(second.items)).toEqual(['d', 'e', 'f']);
    expect(aggregate.newer({}, 10, second.tailCursor)).toMatchObject({ items: [], missed: 0 });
  });

  it('goes on after a restart by the times', () => {
    const one = setUp();
    one.add('a');
    const { tailCursor } = one.aggregate.search({}, 10);
    const two = setUp();
    two.aggregate.refill(one.aggregate.search({}, 10).items);
    two.clock.advance(1);
    two.add('b');
    expect(messages(two.aggregate.newer({}, 10, tailCursor).items)).toEqual(['b']);
  });

  it('finds one line, and what stands around it in its file', () => {
    const { aggregate, add } = setUp();
    for (const n of [1, 2, 3, 4]) {
      add(`a${n}`, { id: `a${n}`, file: '/a.log' });
      add(`b${n}`, { id: `b${n}`, file: '/b.log' });
    }
    add('taken in', { id: 'c' });
    expect(aggregate.find('a2')).toMatchObject({ message: 'a2' });
    expect(aggregate.find('x')).toBeUndefined();
    const context = aggregate.context('a3', 1, 5);
    expect(context && { before: messages(context.before), after: messages(context.after) }).toEqual({
      ...{ before: ['a2'], after: ['a4'] },
    });
    expect(aggregate.context('c', 5, 5)).toMatchObject({ before: [], after: [] });
    expect(aggregate.context('x', 1, 1)).toBeUndefined();
  });
});
