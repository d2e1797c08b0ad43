import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type FakeLogStore,
  startFakeLogStore,
  type StoreCall,
} from '../../../test/support/fake-log-store.ts';
import { LOGGED_AT, logEntry } from '../../../test/support/log-entry.ts';
import { temporaryFolder, waitFor } from '../../../test/support/server.ts';
import { systemClock } from '../../base/clock.ts';
import { settingsSchema } from '../../config/schema.ts';
import { silentLogger } from '../../log/logger.ts';
import {
  LOG_DEAD_LETTERS,
  LOG_QUEUE_BYTES,
  LOG_QUEUE_OLDEST,
  LOG_SHIP_FAILURES,
  LOG_SHIPPED,
} from '../../metrics/catalogue/logs.ts';
import type { Family } from '../../metrics/family.ts';
import { createMetrics } from '../../metrics/registry.ts';
import { createJournal, type Journal } from '../journal/journal.ts';
import { toEcs } from './ecs.ts';
import { createLogShipping, type LogShipping } from './log-shipping.ts';

let folder: ReturnType<typeof temporaryFolder>;
let store: FakeLogStore;
let journal: Journal;
let metrics: ReturnType<typeof createMetrics>;
let shipping: LogShipping | undefined;

beforeEach(async () => {
  folder = temporaryFolder('log-shipping');
  store = await startFakeLogStore();
  metrics = createMetrics({ defaultMetrics: false });
  journal = createJournal({
    ...{ path: join(folder.path, 'logs.db'), logger: silentLogger(), clock: systemClock, maxBytes: 1e8 },
    ...{ whenFull: 'block', shipping: true, keepNewest: 0, onDrop: () => undefined },
  });
});
afterEach(async () => {
  await shipping?.stop();
  journal.close();
  await store.close();
  await folder.remove();
});

function create(elasticsearch: object = {}): LogShipping | undefined {
  const settings = settingsSchema.parse({ elasticsearch: { url: store.url, ...elasticsearch } });
  shipping = createLogShipping({
    ...{ settings, journal, metrics, clock: systemClock, logger: silentLogger() },
    patternIds: (pattern) => [pattern, `${pattern}-before`],
  });
  return shipping;
}

/** The only value that a family shows; undefined when it shows none. */
const value = (family: Family): number | undefined => metrics.samples(family)[0]?.value;

describe('createLogShipping', () => {
  it('is nothing without a log store', () => {
    expect(create({ url: undefined })).toBeUndefined();
  });

  it('shows what waits, and since when only while something does', async () => {
    create({ setup: false });
    shipping?.update();
    expect([LOG_QUEUE_BYTES, LOG_QUEUE_OLDEST, LOG_DEAD_LETTERS].map(value)).toEqual([0, undefined, 0]);
    journal.append({ entries: [logEntry({ created: LOGGED_AT })] });
    shipping?.update();
    expect(value(LOG_QUEUE_BYTES)).toBeGreaterThan(100);
    expect(value(LOG_QUEUE_OLDEST)).toBe(LOGGED_AT / 1000);
    shipping?.start();
    await waitFor('an empty queue', () => journal.stats().waitingEntries === 0);
    shipping?.update();
    expect([LOG_QUEUE_BYTES, LOG_QUEUE_OLDEST, LOG_SHIPPED].map(value)).toEqual([0, undefined, 1]);
    await shipping?.stop();
    expect([LOG_QUEUE_BYTES, LOG_DEAD_LETTERS].map(value)).toEqual([undefined, undefined]);
  });

  it('counts failures by reason, and dead letters', async () => {
    journal.append({ entries: [logEntry()] });
    const replies = [{ status: 429 }];
    store.onCall = () => replies.shift();
    store.onItem = () => ({ status: 400, type: 'document_parsing_exception' });
    create({ setup: false })?.start();
    await waitFor('a dead letter', () => journal.stats().deadLetters === 1);
    shipping?.update();
    expect(metrics.samples(LOG_SHIP_FAILURES)).toMatchObject([
      { labels: { reason: 'overloaded' }, value: 1 },
    ]);
    expect(value(LOG_DEAD_LETTERS)).toBe(1);
  });

  it('sets the store up before the first entry where that is wanted', async () => {
    journal.append({ entries: [logEntry()] });
    store.onCall = ({ url }) =>
      url === '/'
        ? { status: 200, body: { version: { number: '9.1.0' } } }
        : url.startsWith('/_bulk')
          ? undefined
          : { status: 200 };
    create()?.start();
    await waitFor('an empty queue', () => journal.stats().waitingEntries === 0);
    const paths = store.calls.map(({ url }) => url.split('?')[0]);
    expect(paths.slice(0, 3)).toEqual([
      ...['/', '/_ilm/policy/valtronics-logs', '/_index_template/valtronics-logs'],
    ]);
    expect(paths.at(-1)).toBe('/_bulk');
  });

  it('searches with all ids of a pattern, and asks for the oldest once a minute', async () => {
    const hit = { _id: 'a', _source: toEcs(logEntry()), sort: [LOGGED_AT, -1, 'a'] };
    store.onCall = () => ({ status: 200, body: { hits: { hits: [hit] } } });
    const found = create()?.store;
    expect((await found?.search({ pattern: 'p' }, 10))?.items.map(({ id }) => id)).toEqual(['a']);
    expect(store.calls.map(({ body }: StoreCall) => body)[0]).toContain('"labels.pattern":["p","p-before"]');
    expect([await found?.oldest(), await found?.oldest()]).toEqual([LOGGED_AT, LOGGED_AT]);
    expect(store.calls).toHaveLength(2);
    expect((await found?.find('a'))?.id).toBe('a');
  });

  it('says in words that a search failed', async () => {
    store.onCall = () => ({ status: 403, body: 'no permission' });
    await expect(create()?.store?.search({}, 10)).rejects.toThrow(
      /^the log store at 127\.0\.0\.1:\d+ answers a search with 403: .*no permission/,
    );
  });

  it('leaves searches of VictoriaLogs to the buffer', () => {
    expect(create({ url: `${store.url}/insert/elasticsearch` })?.store).toBeUndefined();
  });
});
