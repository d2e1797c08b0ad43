import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { type CountingLogStore, startCountingLogStore } from './log-store.ts';

describe('the log store that counts', () => {
  let store: CountingLogStore;
  beforeEach(async () => {
    store = await startCountingLogStore();
  });
  afterEach(() => store.stop());

  async function bulk(...ids: readonly string[]): Promise<{ status: number; text: string }> {
    const lines = ids.map(
      (id, number) =>
        `${JSON.stringify({ create: { _index: 'logs', _id: id } })}\n${JSON.stringify({ message: `witness line ${number} of the soak` })}\n`,
    );
    const answer = await fetch(`http://127.0.0.1:${store.port}/_bulk`, {
      method: 'POST',
      headers: { 'content-encoding': 'gzip' },
      body: gzipSync(lines.join('')),
    });
    return { status: answer.status, text: await answer.text() };
  }

  it('creates each document once and knows the lines of the witness', async () => {
    expect((await bulk('a', 'b')).status).toBe(200);
    expect((await bulk('a')).text).toContain('"errors":true');
    expect([store.created, store.repeated, store.timesOf(0), store.timesOf(1), store.timesOf(2)]).toEqual([
      2, 1, 1, 1, 0,
    ]);
  });

  it('sees a line that comes under two ids', async () => {
    await bulk('a');
    await bulk('b');
    expect(store.timesOf(0)).toBe(2);
  });

  it('creates nothing while it answers otherwise', async () => {
    store.status = 503;
    expect((await bulk('a')).status).toBe(503);
    expect(store.created).toBe(0);
  });
});
