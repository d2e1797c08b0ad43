import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type FakeLogStore, startFakeLogStore } from '../../../test/support/fake-log-store.ts';
import { recordingLogger } from '../../../test/support/http.ts';
import { logEntry } from '../../../test/support/log-entry.ts';
import { temporaryFolder, waitFor } from '../../../test/support/server.ts';
import { systemClock } from '../../base/clock.ts';
import { createJournal, type Journal } from '../journal/journal.ts';
import { createShipper, type Shipper, type ShipperOptions } from './shipper.ts';
import { createStoreClient, StoreUnreachableError } from './store-client.ts';

let folder: ReturnType<typeof temporaryFolder>;
let store: FakeLogStore;
let journal: Journal;
let shipped: number;
let failures: string[];
let logger: ReturnType<typeof recordingLogger>;
const running: Shipper[] = [];

beforeEach(async () => {
  folder = temporaryFolder('shipper');
  store = await startFakeLogStore();
  logger = recordingLogger();
  [shipped, failures] = [0, []];
  journal = createJournal({
    ...{ path: join(folder.path, 'logs.db'), logger, clock: systemClock, maxBytes: 1e9 },
    ...{ whenFull: 'block', shipping: true, keepNewest: 0, onDrop: () => undefined },
  });
});
afterEach(async () => {
  for (const shipper of running.splice(0)) await shipper.stop();
  journal.close();
  await store.close();
  await folder.remove();
});

function start(options: Partial<ShipperOptions> = {}): Shipper {
  const shipper = createShipper({
    ...{ journal, logger, clock: systemClock, client: createStoreClient({ url: store.url }) },
    ...{ backoff: { initial: 1, max: 5 }, random: () => 0 },
    onShipped: (entries) => (shipped += entries),
    onFailure: (reason) => failures.push(reason),
    ...options,
  });
  running.push(shipper);
  shipper.start();
  return shipper;
}

function write(count: number, size = 10): string[] {
  const entries = Array.from({ length: count }, (_, index) =>
    logEntry({ id: `e${index}`, raw: 'x'.repeat(size) }),
  );
  for (let first = 0; first < count; first += 500)
    journal.append({ entries: entries.slice(first, first + 500) });
  return entries.map(({ id }) => id);
}

const isEmpty = (): Promise<void> =>
  waitFor('an empty queue', () => journal.stats().waitingEntries === 0, undefined, 5);
const stored = (): string[] => [...store.documents.keys()].map((key) => key.split('/')[1] ?? '');

describe('createShipper', () => {
  it('sends compressed bodies of limited size, each entry once, into the index of its day', async () => {
    const ids = write(5000);
    start();
    await isEmpty();
    expect(stored()).toEqual(ids);
    expect(store.sent).toEqual(ids);
    expect(shipped).toBe(5000);
    expect([...store.documents.keys()].every((key) => key.startsWith('valtronics-logs-2026.11.29/'))).toBe(
      true,
    );
    expect(store.calls.length).toBeLessThan(6);
    for (const { method, headers, body } of store.calls) {
      expect(method).toBe('POST');
      expect(headers).toMatchObject({
        ...{ 'content-encoding': 'gzip', 'content-type': 'application/x-ndjson' },
        'content-length': expect.stringMatching(/^\d+$/),
      });
      expect(body.split('\n').length).toBeLessThanOrEqual(4001);
    }
  });

  it('keeps bodies below five megabytes', async () => {
    write(400, 30_000);
    start();
    await isEmpty();
    expect(store.documents.size).toBe(400);
    const sizes = store.calls.map(({ body }) => Buffer.byteLength(body));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(5_000_000);
    expect(store.calls.length).toBeGreaterThan(2);
  });

  it('sends again only the entries of an answer that have to be', async () => {
    const ids = write(300);
    const busy = new Set(['e7', 'e200']);
    store.onItem = (id) =>
      busy.delete(id) ? { status: 429, type: 'es_rejected_execution_exception' } : undefined;
    start();
    await isEmpty();
    expect(store.sent).toEqual([...ids, 'e7', 'e200']);
    expect(shipped).toBe(300);
    expect(failures).toEqual(['overloaded']);
  });

  it('takes an entry that is there already for done', async () => {
    write(10);
    store.documents.set('valtronics-logs-2026.11.29/e3', {});
    start();
    await isEmpty();
    expect(store.documents.size).toBe(10);
    expect([shipped, failures]).toEqual([10, []]);
  });

  it('goes on after broken connections, answers of proxies and an overloaded store', async () => {
    const ids = write(100);
    const replies = [
      'drop' as const,
      { status: 503, body: 'no healthy upstream' },
      { status: 429, headers: { 'Retry-After': '0' } },
      { status: 200, body: '<html>sign in</html>' },
      { status: 401, body: { error: 'missing credentials' } },
    ];
    store.onCall = () => replies.shift();
    const shipper = start();
    await isEmpty();
    expect(stored()).toEqual(ids);
    expect(failures).toEqual(['unreachable', 'unavailable', 'overloaded', 'answer', 'unauthorized']);
    await waitFor('the end of the problem', () => shipper.status().problem === undefined);
    expect(logger.lines.map(({ message }) => message)).toEqual([
      'log entries cannot be shipped',
      'log entries are shipped again',
    ]);
  });

  it('says what is wrong while nothing arrives', async () => {
    write(1);
    store.onCall = () => ({
      status: 403,
      body: { error: { reason: 'action [indices:data/write/bulk] is unauthorized' } },
    });
    const shipper = start();
    await waitFor('a failure', () => failures.length > 0, undefined, 5);
    expect(shipper.status().problem).toMatch(
      /^the log store at 127\.0\.0\.1:\d+ answers 403 .* is unauthorized.*: correct elasticsearch\.api_key/,
    );
    expect(shipper.status().lastShipped).toBeUndefined();
  });

  it('leaves the store alone as long as it wants', async () => {
    write(1);
    const asked: number[] = [];
    store.onCall = () => {
      asked.push(performance.now());
      return asked.length === 1 ? { status: 429, headers: { 'Retry-After': '1' } } : undefined;
    };
    start();
    await isEmpty();
    expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThan(900);
  });

  it('halves a body that is too large until it fits, and gives up an entry that never does', async () => {
    const ids = write(100, 1000);
    journal.append({ entries: [logEntry({ id: 'huge', raw: 'x'.repeat(60_000) })] });
    store.onCall = ({ body }) => (body.length > 20_000 ? { status: 413, body: 'too large' } : undefined);
    start();
    await isEmpty();
    expect(stored()).toEqual(ids);
    expect(failures).toEqual([]);
    expect(journal.deadLetters(10)).toEqual([
      expect.objectContaining({ status: 413, entry: expect.objectContaining({ id: 'huge' }) }),
    ]);
  });

  it('keeps what the store refuses as dead letters with the reason, and lets the others through', async () => {
    write(50);
    store.onItem = (id) =>
      id === 'e20'
        ? { status: 400, type: 'document_parsing_exception', reason: 'failed to parse field [x]' }
        : undefined;
    start();
    await isEmpty();
    expect(shipped).toBe(49);
    expect(journal.deadLetters(10)).toMatchObject([
      { status: 400, reason: 'document_parsing_exception: failed to parse field [x]', entry: { id: 'e20' } },
    ]);
    store.onItem = () => undefined;
    journal.retryDeadLetters([1]);
    await isEmpty();
    expect(store.documents.size).toBe(50);
    expect(journal.stats().deadLetters).toBe(0);
  });

  it.each([
    ['cluster_block_exception', 403, 'index is read-only'],
    ['index_not_found_exception', 404, 'no such index'],
    ['validation_exception', 400, 'this action would add [2] shards, but this cluster has [1000]/[1000]'],
  ])('gives nothing up for %s, which is the store’s trouble', async (type, status, reason) => {
    write(5);
    let refusals = 7;
    store.onItem = () => (refusals-- > 0 ? { status, type, reason } : undefined);
    start();
    await isEmpty();
    expect(store.documents.size).toBe(5);
    expect(journal.stats().deadLetters).toBe(0);
  });

  it('finds the entry for which a whole body is refused', async () => {
    write(40);
    store.onCall = ({ body }) => (body.includes('"e33"') ? { status: 400, body: 'malformed' } : undefined);
    start();
    await isEmpty();
    expect(shipped).toBe(39);
    expect(journal.deadLetters(10)).toMatchObject([
      { status: 400, reason: 'malformed', entry: { id: 'e33' } },
    ]);
  });

  it('gives up no more than a few entries when every body is refused', async () => {
    write(40);
    store.onCall = () => ({ status: 400, body: 'this is no log store' });
    const shipper = start();
    await waitFor('several failures', () => failures.length > 3, undefined, 5);
    expect(shipper.status().problem).toContain('400 this is no log store: correct elasticsearch.url');
    await shipper.stop();
    expect(journal.stats().deadLetters).toBeLessThanOrEqual(3);
  });

  it('prepares the store before the first entry, again until it works', async () => {
    write(3);
    let attempts = 0;
    start({
      prepare: async () => {
        attempts += 1;
        expect(store.calls).toEqual([]);
        await Promise.resolve();
        if (attempts < 3) throw new StoreUnreachableError('not yet', 'unreachable');
      },
    });
    await isEmpty();
    expect([attempts, failures]).toEqual([3, ['unreachable', 'unreachable']]);
  });
});

describe('stopping', () => {
  it('sends what waits', async () => {
    const shipper = start({ flush: 180_000 });
    await new Promise((resolve) => setImmediate(resolve));
    write(3000);
    await shipper.stop();
    expect(store.documents.size).toBe(3000);
    expect(journal.stats().waitingEntries).toBe(0);
  });

  it('does not wait for a store that is in trouble, and loses nothing', async () => {
    write(10);
    store.onCall = () => ({ status: 503 });
    const shipper = start({ backoff: { initial: 60_000, max: 60_000 } });
    await waitFor('a failure', () => failures.length > 0, undefined, 5);
    await shipper.stop();
    expect(journal.stats().waitingEntries).toBe(10);
    expect(store.calls).toHaveLength(1);
  });
});
