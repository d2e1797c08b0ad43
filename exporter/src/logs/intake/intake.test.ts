import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { manualClock } from '../../../test/support/clock.ts';
import type { LogEntry } from '../entry.ts';
import { BATCH, createIntake } from './intake.ts';

function setUp(room = Infinity) {
  const entries: LogEntry[] = [];
  let left = room;
  const intake = createIntake({
    clock: manualClock(),
    take: (batch) => {
      if (left <= 0) return false;
      left--;
      entries.push(...batch);
      return true;
    },
  });
  return {
    entries,
    take: (text: string | Buffer) => intake.take(Buffer.from(text)),
    more: (batches: number) => {
      left = batches;
    },
  };
}

const lines = (count: number): string =>
  Array.from({ length: count }, (_, n) => `{"time":"2026-11-29T12:00:00Z","message":"m${n}"}`).join('\n');

it('a secret is masked in whatever field it stands', async () => {
  const { entries, take } = setUp();
  const secret = 'Bearer abcdefgh1234567890';
  await take(
    JSON.stringify({
      ...{ message: 'm', level: secret, service: secret, logger: secret },
      ...{ correlation_id: secret, device_id: 'password=hunter2hunter2' },
    }),
  );
  expect(entries).toHaveLength(1);
  expect(JSON.stringify(entries)).not.toMatch(/abcdefgh1234567890|hunter2hunter2/);
});

describe('a large request', () => {
  it('is handed on in batches', async () => {
    const { entries, take } = setUp();
    expect(await take(lines(3 * BATCH + 1))).toMatchObject({ accepted: 3 * BATCH + 1, rejectedTotal: 0 });
    expect(new Set(entries.map(({ id }) => id)).size).toBe(3 * BATCH + 1);
  });

  it('for which there is no room in the middle is taken once, however often it is sent', async () => {
    const { entries, take, more } = setUp(2);
    const body = lines(4 * BATCH);
    expect(await take(body)).toBe('full');
    expect(await take(body)).toBe('full');
    expect(entries).toHaveLength(2 * BATCH);
    more(9);
    expect(await take(body)).toMatchObject({ accepted: 4 * BATCH });
    expect(entries.map(({ message }) => message)).toEqual(
      Array.from({ length: 4 * BATCH }, (_, n) => `m${n}`),
    );
  });

  it('tells a thousand refusals and counts the others', async () => {
    const { take } = setUp();
    const outcome = await take(`${'1\n'.repeat(2500)}{"message":"m"}`);
    expect(outcome).toMatchObject({ accepted: 1, rejectedTotal: 2500 });
    expect(outcome === 'full' ? [] : outcome.rejected).toHaveLength(1000);
  });
});

it('what was sent long ago is forgotten, what was sent lately is known', async () => {
  const { entries, take } = setUp();
  const first = lines(1);
  await take(first);
  await take(first);
  expect(entries).toHaveLength(1);
  await take(lines(60_000));
  await take(lines(60_000).split('\n').slice(-25_000).join('\n'));
  expect(entries).toHaveLength(60_000);
  await take(first);
  expect(entries).toHaveLength(60_001);
});

describe('any body', () => {
  it('is read without a fault: every part is accepted or refused', async () => {
    const json = fc.json({ maxDepth: 3 });
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      fc.array(fc.oneof(json, fc.string()), { maxLength: 6 }).map((parts) => Buffer.from(parts.join('\n'))),
      fc.array(json, { maxLength: 6 }).map((parts) => Buffer.from(`[${parts.join(',')}]`)),
    );
    await fc.assert(
      fc.asyncProperty(body, async (bytes) => {
        const { entries, take } = setUp();
        const outcome = await take(bytes);
        expect(outcome).toEqual({
          accepted: entries.length,
          rejected: expect.any(Array),
          rejectedTotal: expect.any(Number),
        });
        for (const entry of entries) {
          expect(entry.id).toMatch(/^[\w-]{24}$/);
          expect(() => new Date(entry.timestamp).toISOString()).not.toThrow();
        }
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('has its fields read whatever names and values stand beside them', async () => {
    const dictionary = fc.dictionary(
      fc.oneof(fc.constantFrom('level', 'time', 'service', 'trace', '__proto__'), fc.string()),
      fc.jsonValue(),
    );
    await fc.assert(
      fc.asyncProperty(dictionary, async (fields) => {
        const { entries, take } = setUp();
        await take(JSON.stringify({ ...fields, message: 'm' }));
        expect(entries).toMatchObject([{ message: 'm' }]);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
