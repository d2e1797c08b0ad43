import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type LogApi, startLogApi } from '../../../test/support/log-api.ts';
import { LOGGED_AT, logEntry } from '../../../test/support/log-entry.ts';
import { StoreError } from '../../state/sqlite/errors.ts';
import type { KeptDeadLetter } from '../journal/dead-letters.ts';

let api: LogApi;
let letters: KeptDeadLetter[];
let isOut = false;

/** A queue with these letters: the journal's own tests have the real one. */
const queue = {
  deadLetters: (limit: number, before = Infinity) => {
    if (isOut) throw new StoreError('the disk is full');
    return letters.filter(({ id }) => id < before).slice(0, limit);
  },
  retryDeadLetters: (ids: readonly number[]) => {
    const kept = letters.filter(({ id }) => !ids.includes(id));
    const retried = letters.length - kept.length;
    letters = kept;
    return retried;
  },
};

beforeEach(async () => {
  isOut = false;
  letters = [3, 2, 1].map((id) => ({
    ...{ id, at: LOGGED_AT, status: 400, reason: 'mapper_parsing_exception' },
    entry: logEntry({ id: `entry-${id}` }),
  }));
  api = await startLogApi({ dependencies: { deadLetters: () => queue } });
});
afterEach(() => api.stop());

const retry = (body: object) => api.post(JSON.stringify(body), {}, '/logs/dead-letters/retry');

describe('dead letters over HTTP', () => {
  it('are listed page by page, with the line and the reason', async () => {
    const first = await api.get('/logs/dead-letters?limit=2');
    expect(first.body).toMatchObject({
      items: [
        {
          ...{ id: 3, at: '2026-11-29T12:00:00.000Z', status: 400, reason: 'mapper_parsing_exception' },
          line: { id: 'entry-3', level: 'INFO' },
        },
        { id: 2 },
      ],
      nextCursor: '2',
    });
    expect((await api.get('/logs/dead-letters?limit=2&cursor=2')).body).toMatchObject({
      ...{ items: [{ id: 1 }], nextCursor: null },
    });
  });

  it('are sent again, those that there are', async () => {
    expect(await retry({ ids: [1, 3, 99] })).toMatchObject({ status: 200, body: { retried: 2 } });
    expect((await api.get('/logs/dead-letters')).body).toMatchObject({ items: [{ id: 2 }] });
  });

  it.each([{}, { ids: [] }, { ids: ['1'] }, { ids: [1], all: true }])('refuses %j', async (body) => {
    expect([400, 422]).toContain((await retry(body)).status);
    expect(letters).toHaveLength(3);
  });

  it('say so when the disk does not answer, and while logs are switched off', async () => {
    isOut = true;
    expect(await api.get('/logs/dead-letters')).toMatchObject({
      ...{ status: 503, body: { error: { message: 'the disk is full' } } },
    });
    await api.stop();
    api = await startLogApi();
    expect(await api.get('/logs/dead-letters')).toMatchObject({ status: 503 });
  });
});
