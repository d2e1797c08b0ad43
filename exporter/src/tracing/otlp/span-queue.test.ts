import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { recordingLogger } from '../../../test/support/http.ts';
import { encodePartialSuccess } from '../../../test/support/otlp-protobuf.ts';
import { type OtlpReceiver, startOtlpReceiver } from '../../../test/support/otlp-receiver.ts';
import { freePort, waitFor } from '../../../test/support/server.ts';
import { createSdk, decodeAnswer, type EndedSpan } from '../sdk.ts';
import { createCollectorClient } from './collector-client.ts';
import {
  createSpanQueue,
  type FailureReason,
  type LossReason,
  type SpanQueue,
  type SpanQueueLimits,
} from './span-queue.ts';

const SETTINGS = { address: 'otel.endpoint', authority: 'otel.ca_file' };

let receiver: OtlpReceiver;
let exported: number;
let lost: Record<LossReason, number>;
let failures: FailureReason[];
let logger: ReturnType<typeof recordingLogger>;
const running: SpanQueue<EndedSpan>[] = [];

beforeEach(async () => {
  receiver = await startOtlpReceiver();
  exported = 0;
  failures = [];
  lost = { queue_full: 0, refused: 0, unreachable: 0, shutdown: 0 };
  logger = recordingLogger();
});
afterEach(async () => {
  for (const queue of running.splice(0)) await queue.stop();
  await receiver.stop();
});

const sdk = createSdk({ resource: {}, version: '1', sampler: 'always_on', ratio: 1 });

function spansOf(count: number, size = 0): EndedSpan[] {
  return Array.from({ length: count }, (_, index) => ({
    record: {
      ...{ traceId: sdk.newTraceId(), spanId: sdk.newSpanId(), parentSpanId: undefined, service: 's' },
      ...{ name: `span ${index}`, kind: 'internal', start: 1_800_000_000_000_000, duration: 1000 },
      ...{ status: 'unset', statusMessage: undefined, events: [], links: [] },
      attributes: { padding: 'x'.repeat(size) },
    },
    ...{ sampled: true, traceState: undefined, dropped: { attributes: 0, events: 0, links: 0 } },
  }));
}

function queueTo(url: string, limits: Partial<SpanQueueLimits> = {}): SpanQueue<EndedSpan> {
  const client = createCollectorClient({ url, headers: {}, caFile: undefined, settings: SETTINGS });
  const queue = createSpanQueue<EndedSpan>({
    ...{ client, encode: sdk.encode, decodeAnswer, logger, random: () => 0 },
    onExported: (spans) => (exported += spans),
    onLost: (spans, reason) => (lost[reason] += spans),
    onFailure: (reason) => failures.push(reason),
    limits: { linger: 1, flush: 180_000, backoff: { initial: 1, max: 2 }, ...limits },
  });
  running.push(queue);
  return queue;
}

const NOTHING_LOST = { queue_full: 0, refused: 0, unreachable: 0, shutdown: 0 };
const names = (): string[] => receiver.taken().map(({ name }) => name);

describe('spans on their way to the collector', () => {
  it('arrive in their order, in requests of a bounded size', async () => {
    const queue = queueTo(receiver.url, { batch: 4 });
    queue.add(spansOf(10));
    await receiver.hasTaken(10);
    expect(names()).toEqual(Array.from({ length: 10 }, (_, index) => `span ${index}`));
    expect(receiver.requests.map(({ spans }) => spans.length)).toEqual([4, 4, 2]);
    await queue.stop();
    expect({ exported, lost }).toEqual({ exported: 10, lost: NOTHING_LOST });
  });

  it('arrive in smaller requests where they have much to say', async () => {
    const queue = queueTo(receiver.url, { batch: 8, body: 5000 });
    queue.add(spansOf(8, 1000));
    await receiver.hasTaken(8);
    expect(receiver.requests.map(({ spans }) => spans.length)).toEqual([4, 4]);
    queue.add(spansOf(8, 6000));
    await receiver.hasTaken(16);
    expect(names().slice(8)).toEqual(names().slice(0, 8));
    expect(receiver.requests).toHaveLength(10);
  });

  it.each([429, 502, 503, 504])('are sent again after status %i', async (status) => {
    let failing = 2;
    receiver.reply = () => ({ status: failing-- > 0 ? status : 200 });
    const queue = queueTo(receiver.url);
    queue.add(spansOf(3));
    await receiver.hasTaken(3);
    await waitFor('the count', () => exported === 3);
    expect({ requests: receiver.requests.length, lost, failures, problem: queue.problem() }).toEqual({
      requests: 3,
      lost: NOTHING_LOST,
      failures: ['unavailable', 'unavailable'],
      problem: undefined,
    });
  });

  it('are sent again when the connection breaks', async () => {
    receiver.reply = () => (receiver.requests.length < 3 ? 'drop' : { status: 200 });
    queueTo(receiver.url).add(spansOf(1));
    await receiver.hasTaken(1);
    expect(receiver.requests).toHaveLength(3);
    expect(failures).toEqual(['unreachable', 'unreachable']);
  });

  it('wait as long as the collector asks for', async () => {
    receiver.reply = () => ({ status: 503, headers: { 'retry-after': '120' } });
    const queue = queueTo(receiver.url);
    queue.add(spansOf(1));
    await waitFor('a problem', () => queue.problem() !== undefined);
    receiver.reply = () => ({ status: 200 });
    // Only the end cuts the two minutes short.
    expect(receiver.requests).toHaveLength(1);
    await queue.stop();
    expect({ exported, requests: receiver.requests.length }).toEqual({ exported: 1, requests: 2 });
  });

  it.each([
    [400, ''],
    [401, ': give its key in otel.headers'],
    [404, ': correct otel.endpoint'],
    [413, ''],
    [500, ''],
  ])('are given up after status %i', async (status, advice) => {
    receiver.reply = () => ({ status });
    const queue = queueTo(receiver.url);
    queue.add(spansOf(2));
    await waitFor('the count', () => lost.refused === 2);
    expect(queue.problem()).toMatch(
      new RegExp(`^the collector of traces at 127.0.0.1:\\d+ answers ${status}${advice}$`),
    );
    receiver.reply = () => ({ status: 200 });
    queue.add(spansOf(1));
    await waitFor('what comes after', () => exported === 1);
    expect(queue.problem()).toBeUndefined();
    expect(failures).toEqual(['refused']);
  });

  it('are counted as refused where the collector takes a part of them', async () => {
    receiver.reply = () => ({ status: 200, body: encodePartialSuccess(2, 'too old') });
    const queue = queueTo(receiver.url);
    queue.add(spansOf(5));
    await waitFor('the count', () => exported === 3);
    expect({ refused: lost.refused, failures, problem: queue.problem() }).toEqual({
      refused: 2,
      failures: ['refused'],
      problem: 'the collector of traces refuses some spans: too old',
    });
  });

  it('count as taken where the answer is no protobuf', async () => {
    receiver.reply = () => ({ status: 200, body: Buffer.from('<html>thanks</html>') });
    queueTo(receiver.url).add(spansOf(2));
    await waitFor('the count', () => exported === 2);
    expect(lost).toEqual(NOTHING_LOST);
  });

  it('take a bounded place while the collector is gone, and the newest arrive when it is back', async () => {
    const port = await freePort();
    const queue = queueTo(`http://127.0.0.1:${port}/v1/traces`, { batch: 10, bytes: 40_000 });
    for (let round = 0; round < 50; round++) {
      queue.add(spansOf(10, 900));
      await new Promise(setImmediate);
    }
    await waitFor('the loss', () => lost.unreachable > 0);
    expect(queue.problem()).toMatch(
      /^the collector of traces at 127\.0\.0\.1:\d+ cannot be reached: .*ECONNREFUSED/,
    );
    const back = await startOtlpReceiver({ port });
    await waitFor('the rest', () => exported + lost.unreachable + lost.queue_full === 500);
    expect(exported).toBeLessThan(50);
    expect(back.taken()).toHaveLength(exported);
    await queue.stop();
    await back.stop();
    expect(logger.lines.map(({ message }) => message)).toEqual([
      'traces do not reach their collector',
      'traces reach their collector again',
    ]);
  });

  it('are lost as too many where the collector answers and is too slow', async () => {
    receiver.reply = () => ({ status: 503 });
    const queue = queueTo(receiver.url, { batch: 1, bytes: 2000, backoff: { initial: 60_000, max: 60_000 } });
    queue.add(spansOf(1, 900));
    await waitFor('an answer', () => queue.problem() !== undefined);
    queue.add(spansOf(9, 900));
    expect(lost).toMatchObject({ unreachable: 0, queue_full: 9 });
  });

  it('are counted where they cannot be encoded', async () => {
    const client = createCollectorClient({
      url: receiver.url,
      headers: {},
      caFile: undefined,
      settings: SETTINGS,
    });
    const queue = createSpanQueue<EndedSpan>({
      ...{ client, decodeAnswer, logger, onExported: () => undefined, onFailure: () => undefined },
      encode: () => {
        throw new Error('odd');
      },
      onLost: (spans, reason) => (lost[reason] += spans),
    });
    queue.add(spansOf(3));
    await queue.stop();
    expect(lost).toEqual({ ...NOTHING_LOST, refused: 3 });
    expect(logger.lines).toMatchObject([{ message: 'spans cannot be encoded', fields: { error: 'odd' } }]);
  });

  it('are sent at the end, and what arrives later is counted', async () => {
    const queue = queueTo(receiver.url, { linger: 60_000 });
    queue.add(spansOf(3));
    await queue.stop();
    queue.add(spansOf(2));
    expect({ exported, shutdown: lost.shutdown }).toEqual({ exported: 3, shutdown: 2 });
  });

  it('are given up at the end where the collector does not answer in time', async () => {
    receiver.reply = () => 'never';
    const queue = queueTo(receiver.url, { batch: 2, flush: 20 });
    queue.add(spansOf(5));
    await waitFor('the request', () => receiver.requests.length === 1);
    await queue.stop();
    expect({ exported, failures, shutdown: lost.shutdown }).toEqual({
      ...{ exported: 0, failures: [], shutdown: 5 },
    });
    expect(queue.problem()).toBeUndefined();
  });
});
