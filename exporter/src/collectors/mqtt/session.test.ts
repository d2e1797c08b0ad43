import { describe, expect, it, jest } from '@jest/globals';
import { silentLogger } from '../../log/logger.ts';
import type { StateStore } from '../../state/state-store.ts';
import { openSession } from './session.ts';

function memoryStore(document?: unknown): StateStore & { written: unknown[] } {
  let current = document;
  const written: unknown[] = [];
  return {
    written,
    read: () => current,
    write: (_name, value) => {
      current = value;
      written.push(value);
      return Promise.resolve();
    },
  };
}

describe('openSession', () => {
  it('makes an id once and keeps it', async () => {
    const store = memoryStore();
    const first = openSession(store, undefined, silentLogger());
    await first.remember(['a']);
    expect(first.clientId).toMatch(/^valtronics-exporter-[\da-f]{16}$/);
    expect(openSession(store, undefined, silentLogger()).clientId).toBe(first.clientId);
    expect(openSession(memoryStore(), undefined, silentLogger()).clientId).not.toBe(first.clientId);
  });

  it('prefers the given id and takes nothing over from another one', () => {
    const store = memoryStore({ clientId: 'old', filters: ['a'] });
    const session = openSession(store, 'new', silentLogger());
    expect(session.clientId).toBe('new');
    expect(session.stale(['b'])).toEqual([]);
  });

  it('knows which filters of the run before are no longer wanted', () => {
    const store = memoryStore({ clientId: 'x', filters: ['a', 'b'] });
    expect(openSession(store, undefined, silentLogger()).stale(['b', 'c'])).toEqual(['a']);
  });

  it('starts anew from a document that makes no sense', () => {
    for (const document of [null, 3, {}, { clientId: '', filters: [] }, { clientId: 'x', filters: 'a' }])
      expect(openSession(memoryStore(document), undefined, silentLogger()).stale([])).toEqual([]);
  });

  it('writes only what is new', async () => {
    const store = memoryStore();
    const session = openSession(store, 'x', silentLogger());
    await session.remember(['a']);
    await session.remember(['a']);
    await session.remember(['a', 'b']);
    expect(store.written).toEqual([
      { clientId: 'x', filters: ['a'] },
      { clientId: 'x', filters: ['a', 'b'] },
    ]);
  });

  it('logs a full disk and goes on', async () => {
    const error = jest.fn();
    const store: StateStore = {
      read: () => undefined,
      write: () => Promise.reject(new Error('no space left')),
    };
    await openSession(store, 'x', { ...silentLogger(), error }).remember(['a']);
    expect(error).toHaveBeenCalledWith(
      { error: 'no space left' },
      expect.stringContaining('cannot be saved'),
    );
  });
});
