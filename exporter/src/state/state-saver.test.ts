import { describe, expect, it, jest } from '@jest/globals';
import { silentLogger } from '../log/logger.ts';
import { createStateSaver } from './state-saver.ts';

interface Gate {
  readonly written: unknown[];
  release: () => void;
}

function slowStore(): Gate & { read: () => unknown; write: (name: string, doc: unknown) => Promise<void> } {
  const gate: Gate = { written: [], release: () => undefined };
  return Object.assign(gate, {
    read: () => undefined,
    write: (_name: string, document: unknown) =>
      new Promise<void>((resolve) => {
        gate.release = () => {
          gate.written.push(document);
          resolve();
        };
      }),
  });
}

describe('state saver', () => {
  it('writes one document at a time and skips those that were overtaken', async () => {
    const store = slowStore();
    const saver = createStateSaver(store, 'x', silentLogger());
    saver.save(1);
    saver.save(2);
    saver.save(3);
    store.release();
    await new Promise(setImmediate);
    store.release();
    await saver.settled();
    expect(store.written).toEqual([1, 3]);
  });

  it('is settled when nothing was saved', async () => {
    await createStateSaver(slowStore(), 'x', silentLogger()).settled();
  });

  it('logs a failing disk once, goes on, and speaks again after a recovery', async () => {
    const error = jest.fn();
    const write = jest.fn<(name: string, document: unknown) => Promise<void>>();
    write.mockRejectedValueOnce(new Error('ENOSPC')).mockRejectedValueOnce(new Error('ENOSPC'));
    write.mockResolvedValueOnce(undefined).mockRejectedValueOnce(new Error('EIO'));
    const logger = { ...silentLogger(), error };
    const saver = createStateSaver({ read: () => undefined, write }, 'telemetry', logger);
    for (const document of [1, 2, 3, 4]) {
      saver.save(document);
      await saver.settled();
    }
    expect(write.mock.calls.map((call) => call[1])).toEqual([1, 2, 3, 4]);
    expect(error.mock.calls.map((call) => call[0])).toEqual([
      { document: 'telemetry', error: 'ENOSPC' },
      { document: 'telemetry', error: 'EIO' },
    ]);
  });
});
