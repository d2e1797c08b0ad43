import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { alertContent, decision, listed, T0 } from '../../../test/support/alerts.ts';
import { temporaryFolder } from '../../../test/support/server.ts';
import { silentLogger } from '../../log/logger.ts';
import { system } from '../alert.ts';
import { createOutbox, type Outbox } from '../delivery/outbox.ts';
import { openDatabase } from './database.ts';
import type { Database } from '../../state/sqlite/database.ts';
import { type AlertStore, createAlertStore } from './store.ts';

const BY = system('test');
let folder: ReturnType<typeof temporaryFolder>;
let database: Database;
let outbox: Outbox;
let store: AlertStore;

beforeEach(() => {
  folder = temporaryFolder('tallies');
  database = openDatabase({ path: join(folder.path, 'alerts.db'), logger: silentLogger() });
  outbox = createOutbox({ database, receivers: ['slack', 'email'], coverage: () => () => false });
  store = createAlertStore({
    ...{ database, externalLabels: [], limits: { entries: 5, age: 1000 }, maxOpen: 5000 },
    onChange: outbox.enqueue,
  });
});
afterEach(async () => {
  store.close();
  await folder.remove();
});

function raise(names: readonly string[], now = T0, severity = 'warning'): string[] {
  const firing = names.map((name) => alertContent({ name, severity, startsAt: now }));
  const report = { source: 'api', firing, gone: [], comment: '', by: BY, now } as const;
  return store.report(report).alerts.map(({ fingerprint }) => fingerprint);
}

const row = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
const rows = (text: string): string[] =>
  database.read((sql) => sql.all(row, text)).map((found) => JSON.stringify(Object.values(found)));

/** What the tallies say, and what a count says. */
const PAIRS: readonly (readonly [string, string])[] = [
  [
    'select source, state, severity, count from tally_kinds order by 1, 2, 3',
    'select source, state, severity, count(*) from alerts group by 1, 2, 3',
  ],
  ['select kind, count from tally_kind_words order by 1', 'select kind, count(*) from alerts group by 1'],
  [
    'select minute, count from tally_minutes order by 1',
    'select raised_at / 60000, count(*) from alerts group by 1',
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
    'select receiver, state, held, count(*) from deliveries group by 1, 2, 3',
  ],
];

describe('the tallies', () => {
  it('are what a count says, whatever happens', () => {
    const step = fc.tuple(
      fc.constantFrom('raise', 'acknowledge', 'resolve', 'prune', 'tell', 'clock'),
      fc.nat(9),
    );
    let now = T0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        for (const [what, which] of steps) {
          now += 20_000;
          const fingerprint = store.fingerprint(alertContent({ name: `A${which}` }).labels);
          if (what === 'raise') raise([`A${which}`], now);
          else if (what === 'prune') store.prune(now);
          else if (what === 'tell')
            outbox.delivered(
              outbox.due('slack', now, which).map(({ id }) => id),
              now,
            );
          else if (what === 'clock') outbox.moveWaiting(which * 60_000);
          else
            store.decide(what === 'acknowledge' ? 'acknowledged' : 'resolved', [fingerprint], decision(now));
        }
        for (const [tally, count] of PAIRS) expect(rows(tally)).toEqual(rows(count));
      }),
      { seed: 9, numRuns: 30 },
    );
  });

  it('take back what a report that failed had changed', () => {
    raise(['A']);
    const before = PAIRS.map(([tally]) => rows(tally));
    expect(() =>
      database.write((sql) => {
        sql.run("update alerts set state = 'resolved', resolved_at = 5");
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(PAIRS.map(([tally]) => rows(tally))).toEqual(before);
  });
});

describe('a long list', () => {
  it('is read in short steps, whose result is the same', () => {
    const names = Array.from({ length: 1600 }, (_, i) => `A${i}`);
    raise(names);
    const work = store.list('history', { text: 'A77', limit: 1000 });
    let steps = 0;
    while (work.next().done !== true) steps += 1;
    expect(steps).toBeGreaterThanOrEqual(3);
    const wanted = names.filter((name) => name.includes('A77')).reverse();
    expect(listed(store, 'history', { text: 'a77', limit: 1000 }).items.map(({ name }) => name)).toEqual(
      wanted,
    );
    expect(listed(store, 'current', { limit: 1000 }).items).toHaveLength(1000);
  });

  it('finds what JSON writes in another way', () => {
    const labels = { path: 'C:\\x "y"\tz' };
    const firing = [alertContent({ name: 'A', labels })];
    store.report({ source: 'api', firing, gone: [], comment: '', by: BY, now: T0 });
    for (const text of ['C:\\x', '"y"', 'y"\tz', 'c:', '_'])
      expect(listed(store, 'current', { text, limit: 5 }).items).toHaveLength(text === '_' ? 0 : 1);
  });
});

describe('critical alerts', () => {
  it('are found by their index whatever word they use', () => {
    const words = ['CRITICAL', ' emergency', 'Page', 'high'];
    for (const [i, severity] of words.entries()) raise([`C${i}`], T0, severity);
    raise(['W']);
    const escalated = store.escalate({ after: 1000, every: 0 }, () => false, T0 + 5000);
    expect(escalated.map(({ severity }) => severity)).toEqual(words);
    const plan = database.read((sql) =>
      sql.all(
        row,
        `explain query plan select id from alerts where state = 'active' and lower(trim(severity)) in
         ('critical', 'crit', 'emergency', 'emerg', 'fatal', 'disaster', 'page', 'high', 'p1', 'sev1')
         and raised_at <= 5`,
      ),
    );
    expect(JSON.stringify(plan)).toContain('alerts_critical');
  });
});
