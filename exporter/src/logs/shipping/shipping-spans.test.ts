import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type FakeLogStore, startFakeLogStore } from '../../../test/support/fake-log-store.ts';
import { logEntry } from '../../../test/support/log-entry.ts';
import { recordingTracer, type RecordingTracer } from '../../../test/support/recording-tracer.ts';
import { temporaryFolder, waitFor } from '../../../test/support/server.ts';
import { systemClock } from '../../base/clock.ts';
import { silentLogger } from '../../log/logger.ts';
import { readContext } from '../../trace/trace-context.ts';
import { createIntake } from '../intake/intake.ts';
import { createJournal, type Journal } from '../journal/journal.ts';
import { createShipper, type Shipper } from './shipper.ts';
import { createStoreClient } from './store-client.ts';

let folder: ReturnType<typeof temporaryFolder>;
let store: FakeLogStore;
let journal: Journal;
let shipper: Shipper;
beforeEach(async () => {
  folder = temporaryFolder('shipping-spans');
  store = await startFakeLogStore();
  journal = createJournal({
    ...{ path: join(folder.path, 'logs.db'), logger: silentLogger(), clock: systemClock, maxBytes: 1e9 },
    ...{ whenFull: 'block', shipping: true, keepNewest: 0, onDrop: () => undefined },
  });
});
afterEach(async () => {
  await shipper.stop();
  journal.close();
  await store.close();
  await folder.remove();
});

/** Ships one entry, to an address with a secret in its query. */
async function ship(tracer: RecordingTracer): Promise<void> {
  const url = `${store.url.replace('//', '//elastic:s3cr3t@')}?token=s3cr3t`;
  journal.append({ entries: [logEntry({ id: 'e1' })] });
  shipper = createShipper({
    ...{ journal, logger: silentLogger(), clock: systemClock, client: createStoreClient({ url, tracer }) },
    ...{ backoff: { initial: 1, max: 5 }, random: () => 0, tracer },
    ...{ onShipped: () => undefined, onFailure: () => undefined },
  });
  shipper.start();
  await waitFor('an empty queue', () => journal.stats().waitingEntries === 0, undefined, 5);
  await waitFor('the end of all', () => tracer.spans.every(({ ended }) => ended));
}

describe('the spans of shipping', () => {
  it('are one an attempt, with its requests below, which carry their context and no secret', async () => {
    const tracer = recordingTracer();
    await ship(tracer);
    const attempt = tracer.only('ship log entries');
    expect(attempt.parent).toBeUndefined();
    expect(attempt.attributes).toEqual({ 'valtronics.log.entries': 1 });
    const [request] = tracer.childrenOf(attempt);
    expect(request?.name).toBe('POST /_bulk');
    expect(request?.attributes).toMatchObject({
      'db.system.name': 'elasticsearch',
      'http.response.status_code': 200,
    });
    expect(readContext(store.calls[0]?.headers ?? {})).toEqual(request?.context);
    expect(JSON.stringify(tracer.spans)).not.toContain('s3cr3t');
  });

  it('fail one by one while the store takes nothing, each a trace of its own', async () => {
    const tracer = recordingTracer();
    store.onCall = () => (store.calls.length < 3 ? { status: 503 } : undefined);
    await ship(tracer);
    const attempts = tracer.named('ship log entries');
    expect(attempts.map(({ error }) => error?.includes('answers 503') ?? false)).toEqual([true, true, false]);
    expect(new Set(attempts.map(({ context }) => context.traceId)).size).toBe(3);
  });

  it('end when the connection breaks', async () => {
    const tracer = recordingTracer();
    store.onCall = () => (store.calls.length < 2 ? 'drop' : undefined);
    await ship(tracer);
    expect(tracer.named('POST /_bulk').map(({ error }) => error === undefined)).toEqual([false, true]);
  });
});

describe('the span of an intake', () => {
  it('says how many entries were taken and refused', async () => {
    const tracer = recordingTracer();
    await ship(recordingTracer());
    const intake = createIntake({ take: () => true, clock: systemClock, tracer });
    await intake.take(Buffer.from('{"message":"hello"}\nnonsense'));
    expect(tracer.only('take log entries').attributes).toEqual({
      ...{ 'valtronics.log.entries': 1, 'valtronics.log.refused': 1 },
    });
  });
});
