import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { describeStores } from '../../../test/support/alert-stores.ts';
import { alertContent, decision, T0 } from '../../../test/support/alerts.ts';
import { system } from '../alert.ts';
import { createOutbox, type Outbox } from '../delivery/outbox.ts';
import type { Database } from './sql.ts';
import { type AlertStore, createAlertStore } from './store.ts';

const BY = system('test');
describeStores((stores) => {
  let database: Database;
  let outbox: Outbox;
  let store: AlertStore;

  beforeEach(() => {
    database = stores.open();
    outbox = createOutbox({
      database,
      receivers: ['slack', 'email'],
      coverage: () => Promise.resolve(() => false),
    });
    store = createAlertStore({
      ...{ database, externalLabels: [], limits: { entries: 5, age: 1000 }, maxOpen: 5000 },
      onChange: outbox.enqueue,
    });
  });
  afterEach(async () => {
    await store.close();
  });

  async function raise(names: readonly string[], now = T0, severity = 'warning'): Promise<string[]> {
    const firing = names.map((name) => alertContent({ name, severity, startsAt: now }));
    const report = { source: 'api', firing, gone: [], comment: '', by: BY, now } as const;
    return (await store.report(report)).alerts.map(({ fingerprint }) => fingerprint);
  }

  const row = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
  const rows = async (text: string): Promise<string[]> =>
    (await database.read((sql) => sql.all(row, text))).map((found) => JSON.stringify(Object.values(found)));

  /** What the tallies say, kept by triggers or views, and what a count says. */
  const PAIRS: readonly (readonly [string, string])[] = [
    [
      'select source, state, severity, count from tally_kinds order by 1, 2, 3',
      'select source, state, severity, count(*) from alerts group by 1, 2, 3 order by 1, 2, 3',
    ],
    [
      'select kind, count from tally_kind_words order by 1',
      'select kind, count(*) from alerts group by 1 order by 1',
    ],
    [
      'select minute, count from tally_minutes order by 1',
      'select raised_at / 60000, count(*) from alerts group by 1 order by 1',
    ],
    [
      "select count, total from tally_times where what = 'acknowledge'",
      'select count(first_acknowledged), coalesce(sum(first_acknowledged - starts_at), 0) from alerts',
    ],
    [
      "select count, total from tally_times where what = 'resolve'",
      'select count(resolved_at), coalesce(sum(resolved_at - starts_at), 0) from alerts',
    ],
    [
      'select receiver, state, held, count from tally_deliveries where count > 0 order by 1, 2, 3',
      'select receiver, state, held, count(*) from deliveries group by 1, 2, 3 order by 1, 2, 3',
    ],
  ];

  describe('the tallies', () => {
    it('are what a count says, whatever happens', async () => {
      const step = fc.tuple(
        fc.constantFrom('raise', 'acknowledge', 'resolve', 'prune', 'tell', 'clock'),
        fc.nat(9),
      );
      let now = T0;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
          for (const [what, which] of steps) {
            now += 20_000;
            const fingerprint = store.fingerprint(alertContent({ name: `A${which}` }).labels);
            if (what === 'raise') await raise([`A${which}`], now);
            else if (what === 'prune') await store.prune(now);
            else if (what === 'tell')
              await outbox.delivered(
                (await outbox.due('slack', now, which)).map(({ id }) => id),
                now,
              );
            else if (what === 'clock') await outbox.moveWaiting(which * 60_000);
            else
              await store.decide(
                what === 'acknowledge' ? 'acknowledged' : 'resolved',
                [fingerprint],
                decision(now),
              );
          }
          for (const [tally, count] of PAIRS) expect(await rows(tally)).toEqual(await rows(count));
        }),
        { seed: 9, numRuns: 30 },
      );
    });

    it('take back what a report that failed had changed', async () => {
      await raise(['A']);
      const tallies = () => Promise.all(PAIRS.map(([tally]) => rows(tally)));
      const before = await tallies();
      await expect(
        database.write(async (sql) => {
          await sql.run("update alerts set state = 'resolved', resolved_at = 5");
          throw new Error('no');
        }),
      ).rejects.toThrow('no');
      expect(await tallies()).toEqual(before);
    });
  });

  describe('critical alerts', () => {
    it('are found whatever word they use', async () => {
      const words = ['CRITICAL', ' emergency', 'Page', 'high'];
      for (const [i, severity] of words.entries()) await raise([`C${i}`], T0, severity);
      await raise(['W']);
      const escalated = await store.escalate({ after: 1000, every: 0 }, () => false, T0 + 5000);
      expect(escalated.map(({ severity }) => severity)).toEqual(words);
    });
  });
});
