import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { logEntry } from '../../../test/support/log-entry.ts';
import type { LogEntry } from '../entry.ts';
import { templateOf } from './pattern.ts';
import { createPatternStore } from './pattern-store.ts';

const create = (patternsPerService = 500) => createPatternStore({ patternsPerService });
type Store = ReturnType<typeof create>;

const mine = (store: Store, message: string, changes: Partial<LogEntry> = {}) => {
  const entry = logEntry({ ...changes, message });
  const pattern = store.mine(entry, entry.service);
  return { pattern, isNew: store.count(entry, pattern, 1) };
};
const templates = (store: Store): string[] => [...store.all()].map(templateOf).sort();

describe('mining', () => {
  it('finds one pattern where words differ, and keeps the id of before', () => {
    const store = create();
    const { pattern, isNew } = mine(store, 'Connection refused by host alpha');
    const before = pattern.id;
    expect(isNew).toBe(true);
    const again = mine(store, 'Connection refused by host beta');
    expect(again).toEqual({ pattern, isNew: false });
    expect(templateOf(pattern)).toBe('Connection refused by host <*>');
    expect(pattern.id).not.toBe(before);
    expect(store.currentId(before)).toBe(pattern.id);
    expect(store.withId(before)).toEqual([pattern]);
    expect(pattern.count).toBe(2);
  });

  it('does not call messages the same that have little in common', () => {
    const store = create();
    for (const text of ['connection open', 'connection closed', 'Started', 'Stopped'])
      expect(mine(store, text).isNew).toBe(true);
    mine(store, 'Failed to read config from disk');
    mine(store, 'Failed to write telemetry into database');
    expect(templates(store)).toHaveLength(6);
  });

  it('keeps services and levels apart under one id', () => {
    const store = create();
    const ids = [
      mine(store, 'disk 1 is full').pattern.id,
      mine(store, 'disk 2 is full', { level: 'ERROR' }).pattern.id,
      mine(store, 'disk 3 is full', { service: 'fleet' }).pattern.id,
    ];
    expect(new Set(ids).size).toBe(1);
    expect(store.withId(ids[0] ?? '')).toHaveLength(3);
    expect(mine(store, 'disk 4 is full', { level: 'WARNING' }).isNew).toBe(false);
  });

  it('mines a request by its method, path and class of status', () => {
    const store = create();
    const request = (url: string, status: number): Partial<LogEntry> => ({
      category: 'access',
      request: { method: 'GET', url, status },
    });
    mine(store, '10.0.0.1 - "GET /api/v1/devices/17?x=1"', request('/api/v1/devices/17?x=1', 200));
    mine(store, '10.0.0.2 - "GET /api/v1/devices/18"', request('/api/v1/devices/18', 201));
    mine(store, '10.0.0.2 - "GET /api/v1/devices/18"', request('/api/v1/devices/18', 404));
    expect(templates(store)).toEqual(['GET /api/v1/devices/<*> 2xx', 'GET /api/v1/devices/<*> 4xx']);
  });

  it('tells exceptions apart that stand behind the same message', () => {
    const store = create();
    const error = (type: string) => ({ level: 'ERROR', error: { type, message: 'no', stack: '' } }) as const;
    mine(store, 'Exception in ASGI application', error('ValueError'));
    const { pattern } = mine(store, 'Exception in ASGI application\nTraceback', error('TimeoutError'));
    expect(templateOf(pattern)).toBe('TimeoutError: no (Exception in ASGI application)');
    expect(pattern.errorClass).toBe('timeout_error');
  });

  it('has the same ids in another run', () => {
    const lines = ['a b c 1', 'Connection refused by host x', 'Connection refused by host y', 'done'];
    const idsOf = (store: Store): string[] => {
      for (const line of lines) mine(store, line);
      return [...store.all()].map(({ id }) => id).sort();
    };
    expect(idsOf(create())).toEqual(idsOf(create()));
  });

  it('forgets the pattern that was not used for the longest time, and never stops', () => {
    const store = create(3);
    for (const text of ['one', 'two', 'three']) mine(store, text);
    mine(store, 'one');
    const { pattern, isNew } = mine(store, 'four');
    expect(isNew).toBe(true);
    expect(templates(store)).toEqual(['four', 'one', 'three']);
    expect(store.forgotten()).toEqual({ patterns: 1, entries: 1 });
    expect(mine(store, 'four').pattern).toBe(pattern);
    expect(mine(store, 'two').isNew).toBe(true);
  });

  it('counts every entry once, whatever the messages are', () => {
    const word = fc.constantFrom('a', 'bee', '7', 'x=1', '"q"', 'seven', '10.0.0.1', 'id-123', 'é');
    const message = fc.array(word, { maxLength: 8 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(message, { maxLength: 60 }), fc.integer({ min: 1, max: 10 }), (messages, most) => {
        const store = create(most);
        for (const text of messages) {
          const { pattern } = mine(store, text);
          expect(store.withId(pattern.id)).toContain(pattern);
        }
        const patterns = [...store.all()];
        expect(patterns.length).toBeLessThanOrEqual(most);
        const counted = patterns.reduce((sum, { count }) => sum + count, store.forgotten().entries);
        expect(counted).toBe(messages.length);
      }),
      { seed: 7 },
    );
  });
});
