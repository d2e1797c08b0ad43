import { describe, expect, it } from '@jest/globals';
import type { FaultRecord } from './fault-record.ts';
import { type Fault, FAULTS } from './faults.ts';
import type { Outcome } from './outcome.ts';
import { clockOf, reportOf, verdictLines } from './report.ts';
import { verdictsOf } from './verdicts.ts';

function firstFault(): Fault {
  const [fault] = FAULTS;
  if (fault === undefined) throw new Error('there is no fault');
  return fault;
}
const fault = firstFault();

function record(changes: Partial<FaultRecord> = {}): FaultRecord {
  return {
    planned: { fault, from: 0, to: 60_000, long: false },
    named: { words: 'a | b', after: 5_000 },
    fired: new Set(),
    recovered: 10_000,
    lasted: 60_000,
    ...changes,
  };
}

const counted = { expected: 1000, counted: 1000, unseen: 0, repeated: 0 };
const figures = Array.from({ length: 61 }, (_, minute) => ({
  ...{
    at: minute * 60_000,
    process: 1,
    rss: 3e8,
    heap: 1e8,
    lagP99: 0.02,
    lagMax: 0.3,
    files: 50,
    scrape: 0.4,
  },
}));
const good: Outcome = {
  options: { duration: 3_600_000, seed: 1, devices: 20_000, report: undefined, only: [] },
  lasted: 3_600_000,
  faults: [record()],
  leftOut: [{ name: 'full disk', reason: 'no right to mount' }],
  figures,
  troubles: [],
  unanswered: 0,
  looks: 700,
  ownEnds: [],
  messages: counted,
  differences: {},
  points: counted,
  lines: { written: 100, missing: [], doubled: [] },
  entries: { shipped: 900, stored: 901 },
  alerts: { raised: 10, unheard: [], unresolved: [], repeated: 1 },
  spans: { exported: 5, received: 5 },
  devices: { expected: 20_000, counted: 20_000 },
  givenUp: { valtronics_log_dropped_total: 0 },
  unwell: [],
  wellAfter: 20_000,
};

/** Names of the checks that fail. */
const failed = (changes: Partial<Outcome>): string[] =>
  verdictsOf({ ...good, ...changes })
    .filter(({ is }) => is === 'bad')
    .map(({ check }) => check);

describe('verdicts', () => {
  it('find nothing in a good run', () => {
    expect(failed({})).toEqual([]);
  });

  it.each<[string, Partial<Outcome>]>([
    ['memory flat', { figures: figures.map((figure, minute) => ({ ...figure, rss: 3e8 + minute * 4e6 })) }],
    ['heap flat', { figures: figures.map((figure, minute) => ({ ...figure, heap: 1e8 + minute * 4e6 })) }],
    ['event loop', { figures: figures.map((figure) => ({ ...figure, lagP99: 0.4 })) }],
    ['open files', { figures: figures.map((figure, minute) => ({ ...figure, files: 50 + minute })) }],
    ['always answers', { unanswered: 1 }],
    ['never ends by itself', { ownEnds: ['SIGSEGV'] }],
    ['messages counted', { messages: { ...counted, counted: 999 } }],
    ['messages counted', { messages: { ...counted, counted: 1011, repeated: 10 } }],
    ['points counted', { points: { ...counted, counted: 989, unseen: 10 } }],
    ['log lines once', { lines: { written: 100, missing: [7], doubled: [] } }],
    ['log lines once', { lines: { written: 100, missing: [], doubled: [3] } }],
    ['log entries arrive', { entries: { shipped: 902, stored: 901 } }],
    ['alerts told', { alerts: { ...good.alerts, unheard: [1] } }],
    ['alerts told', { alerts: { ...good.alerts, unresolved: [1] } }],
    ['spans arrive', { spans: { exported: 6, received: 5 } }],
    ['devices known', { devices: { expected: 20_000, counted: 19_999 } }],
    ['nothing given up', { givenUp: { valtronics_log_dropped_total: 3 } }],
    ['faults injected', { troubles: ['it did not come back'] }],
    ['faults named', { faults: [record({ named: undefined })] }],
    ['faults named', { faults: [record({ named: { words: 'late', after: 1e6 } })] }],
    [
      'alerts fired',
      { faults: [record({ planned: { fault, from: 0, to: 1, long: true }, lasted: 390_000 })] },
    ],
    ['recovered', { faults: [record({ recovered: undefined })] }],
    ['well without a hand', { wellAfter: undefined, unwell: ['/-/ready is not 200'] }],
  ])('see: not %s', (check, changes) => {
    expect(failed(changes)).toEqual([check]);
  });

  it('allow what processes counted unseen, and what QoS 1 repeats', () => {
    expect(failed({ messages: { expected: 1000, counted: 990, unseen: 10, repeated: 0 } })).toEqual([]);
    expect(failed({ messages: { expected: 1000, counted: 1010, unseen: 0, repeated: 10 } })).toEqual([]);
  });

  it('ask for no name and no alert of what was cut short', () => {
    const short = record({ planned: { fault, from: 0, to: 1, long: true }, named: undefined, lasted: 5_000 });
    expect(failed({ faults: [short] })).toEqual([]);
  });

  it('name the topics that differ', () => {
    const verdicts = verdictsOf({ ...good, differences: { 'valtronics/+/alert': -2 } });
    const messages = verdicts.find(({ check }) => check === 'messages counted');
    expect(messages?.words).toContain('valtronics/+/alert -2');
  });

  it('say that a run was too short instead of good', () => {
    const unknown = verdictsOf({ ...good, figures: figures.slice(0, 5), faults: [] }).filter(
      ({ is }) => is === 'unknown',
    );
    expect(unknown.map(({ check }) => check)).toEqual([
      ...['memory flat', 'heap flat', 'faults named', 'alerts fired', 'recovered'],
    ]);
  });
});

describe('the report', () => {
  it('has every check, the figures, every fault and what was left out', () => {
    const verdicts = verdictsOf(good);
    const report = reportOf(good, verdicts);
    expect(report).toContain('1:00:00 hours with 20000 devices and 1 faults (seed 1).');
    for (const { check } of verdicts) expect(report).toContain(`| ${check} `);
    expect(report).toMatch(/\| api refuse +\| 1 +\| `a \\\| b` +\| 5 s +\| – +\| 10 s +\|/);
    expect(report).toContain('Left out here: full disk (no right to mount).');
    expect(verdictLines(verdicts).split('\n')).toHaveLength(verdicts.length);
  });

  it('writes times as hours, minutes and seconds', () => {
    expect(clockOf(3_723_400)).toBe('1:02:03');
  });
});
