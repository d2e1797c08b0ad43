import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { alertContent } from '../../../test/support/alerts.ts';
import { type ManualClock, manualClock } from '../../../test/support/clock.ts';
import { recordingLogger } from '../../../test/support/http.ts';
import { waitFor } from '../../../test/support/server.ts';
import { z } from 'zod';
import type { Database } from '../store/sql.ts';
import { system } from '../alert.ts';
import type { Loop } from '../loop.ts';
import { DeliveryError, type Letter, type Receiver } from '../receivers/receiver.ts';
import { type AlertStore, createAlertStore } from '../store/store.ts';
import { createDigest } from './digest.ts';

const HOUR = 3_600_000;
const dayRow = z.object({ day: z.string() });

describeStores((stores) => {
  let clock: ManualClock;
  let database: Database;
  let store: AlertStore;
  let loop: Loop;
  let letters: string[];
  let failure: DeliveryError | undefined;
  let tries: number;
  let logger: ReturnType<typeof recordingLogger>;

  function open(): void {
    logger = recordingLogger();
    database = stores.open(logger);
    store = createAlertStore({
      ...{ database, externalLabels: [], limits: { entries: 1000, age: 1e12 }, maxOpen: 50 },
    });
    const slack: Receiver = {
      ...{ name: 'slack', integration: 'slack', batch: 1 },
      send: () => Promise.resolve(''),
      write: ({ key, subject, lines }: Letter) => {
        tries += 1;
        if (failure !== undefined) return Promise.reject(failure);
        letters.push([key, subject, ...lines].join('\n'));
        return Promise.resolve('');
      },
    };
    const webhook: Receiver = {
      name: 'webhook',
      integration: 'webhook',
      batch: 1,
      send: () => Promise.resolve(''),
    };
    // 08:00 in Berlin is 07:00 UTC in winter.
    loop = createDigest({
      ...{ database, receivers: [slack, webhook], at: 480, timeZone: 'Europe/Berlin', logger, clock },
    });
    loop.start();
  }
  beforeEach(() => {
    clock = manualClock(Date.parse('2026-11-23T12:00:00Z'));
    [letters, failure, tries] = [[], undefined, 0];
    open();
  });
  async function close(): Promise<void> {
    await loop.stop();
    await store.close();
  }
  afterEach(async () => {
    await close();
  });

  const known = async (): Promise<string | undefined> => {
    const { day } = await database.read(
      async (sql) => (await sql.first(dayRow, 'select day from digests')) ?? { day: undefined },
    );
    return day;
  };
  const logged = (): string[] =>
    logger.lines.map(({ message }) => message).filter((message) => message.includes('daily digest'));
  async function until(what: string, isDone: () => boolean | Promise<boolean>): Promise<void> {
    await waitFor(what, () => {
      loop.wake();
      return isDone();
    });
  }

  it('writes once a day what the last one was like, over restarts, and nothing of the days before the first', async () => {
    await until('the first look', async () => (await known()) === '2026-11-23');
    const { alerts } = await store.report({
      ...{ source: 'api', gone: [], comment: '', by: system('x'), now: clock.wall() },
      firing: [
        alertContent({
          name: 'FanStuck',
          severity: 'critical',
          startsAt: clock.wall(),
          labels: { device_id: 'A' },
        }),
        alertContent({ name: 'Dry', startsAt: clock.wall() }),
      ],
    });
    clock.advance(HOUR);
    await store.resolve(alerts[1]?.fingerprint ?? '', { by: system('x'), at: clock.wall(), comment: '' });
    expect(tries).toBe(0);
    clock.advance(18 * HOUR);
    await until('the digest', () => letters.length === 1);
    await close();
    open();
    clock.advance(24 * HOUR);
    await until('the next digest', () => letters.length === 2);
    expect(letters[0]?.split('\n')).toEqual([
      'digest.2026-11-24',
      'Valtronics, 2026-11-24: 2 alerts began, 1 are open',
      'In the last 24 hours 2 alerts began and 1 ended, after 1h in the mean.',
      'Open now: 1 critical.',
      'Most often:',
      '• Dry: 1',
      '• FanStuck: 1',
      'Open for longest:',
      '• critical FanStuck A, for 19h',
    ]);
    expect(letters[1]).toContain('digest.2026-11-25');
  });

  it('is tried again when it is not taken, for six hours', async () => {
    await until('the first look', async () => (await known()) === '2026-11-23');
    failure = new DeliveryError('busy');
    clock.advance(19 * HOUR);
    await until('a failure', () => tries > 0);
    const before = tries;
    clock.advance(5 * HOUR);
    await until('another try', () => tries > before);
    expect(await known()).toBe('2026-11-23');
    clock.advance(2 * HOUR);
    await until('giving up', async () => (await known()) === '2026-11-24');
    failure = undefined;
    clock.advance(17 * HOUR);
    await until('the next digest', () => letters.length === 1);
    expect(letters[0]).toContain('digest.2026-11-25');
    failure = new DeliveryError('busy');
    clock.advance(24 * HOUR);
    await until('another failure', () => logged().length === 4);
    expect(logged()).toEqual([
      expect.stringContaining('tried again for six hours'),
      'the daily digest was given up',
      'the daily digest was written',
      expect.stringContaining('tried again for six hours'),
    ]);
  });
});
