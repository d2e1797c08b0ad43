import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DEVICE_STATUSES } from '../metrics/catalogue/devices.ts';
import {
  effectiveStatus,
  reportedStatus,
  silenceLimit,
  statusOfCode,
  statusWord,
  type StatusFacts,
} from './effective-status.ts';

const NOW = 1_000_000;
const facts: StatusFacts = {
  reports: {},
  lastSeen: NOW - 10,
  quietFrom: NOW - 10,
  limit: 300,
  wokeAt: NaN,
  firstKnown: NOW - 5000,
  first: true,
  now: NOW,
};

function status(changes: Partial<StatusFacts>): string {
  const result = effectiveStatus({ ...facts, ...changes });
  return `${result.status} since ${result.from - NOW}`;
}

describe('effectiveStatus', () => {
  it.each<[string, Partial<StatusFacts>, string]>([
    ['no report, heard', {}, 'online since -5000'],
    ['no report, heard again after silence', { wokeAt: NOW - 40 }, 'online since -40'],
    ['no report, silent', { lastSeen: NOW - 400, quietFrom: NOW - 400 }, 'offline since -100'],
    ['exactly at the limit', { lastSeen: NOW - 300, quietFrom: NOW - 300 }, 'online since -5000'],
    [
      'never heard',
      { lastSeen: NaN, quietFrom: NaN, reports: { api: { status: 'online', at: NOW - 9 } } },
      'unknown since -9',
    ],
    ['never heard, no report', { lastSeen: NaN, quietFrom: NaN }, 'unknown since -5000'],
    ['NULL', { reports: { api: { status: null, at: NOW - 9 } } }, 'unknown since -9'],
    ['no word of the list', { reports: { api: { status: 'broken', at: NOW - 9 } } }, 'unknown since -9'],
    ['case and space', { reports: { api: { status: ' ErroR ', at: NOW - 9 } } }, 'error since -9'],
    [
      'the newest of three',
      {
        reports: {
          api: { status: 'error', at: NOW - 30 },
          postgres: { status: 'warning', at: NOW - 10 },
          mqtt: { status: 'online', at: NOW - 20 },
        },
      },
      'warning since -10',
    ],
    [
      'equal dates: the device counts most',
      { reports: { api: { status: 'error', at: NOW - 5 }, mqtt: { status: 'warning', at: NOW - 5 } } },
      'warning since -5',
    ],
    [
      'reports that agree date from the oldest at first sight',
      { reports: { api: { status: 'online', at: NOW - 900 }, mqtt: { status: 'online', at: NOW - 5 } } },
      'online since -900',
    ],
    [
      'later, the newest one is the change',
      {
        first: false,
        reports: { api: { status: 'online', at: NOW - 900 }, mqtt: { status: 'online', at: NOW - 5 } },
      },
      'online since -5',
    ],
    [
      'silence overrules the newest report',
      { lastSeen: NOW - 400, quietFrom: NOW - 400, reports: { api: { status: 'error', at: NOW - 5 } } },
      'offline since -100',
    ],
    [
      'silence overrules NULL',
      { lastSeen: NOW - 400, quietFrom: NOW - 400, reports: { api: { status: null, at: NOW - 5 } } },
      'offline since -100',
    ],
    [
      'reported offline before the silence',
      { lastSeen: NOW - 400, quietFrom: NOW - 400, reports: { api: { status: 'offline', at: NOW - 390 } } },
      'offline since -390',
    ],
    [
      'maintenance is never overruled by silence',
      { lastSeen: NOW - 400, quietFrom: NOW - 400, reports: { api: { status: 'maintenance', at: NOW - 5 } } },
      'maintenance since -5',
    ],
    [
      'maintenance of a device that was never heard',
      { lastSeen: NaN, quietFrom: NaN, reports: { api: { status: 'Maintenance', at: NOW - 5 } } },
      'maintenance since -5',
    ],
    ['an undated report', { reports: { mqtt: { status: 'error', at: 0 } } }, 'error since -5000'],
    ['a report from the future', { reports: { mqtt: { status: 'error', at: NOW + 7 } } }, 'error since 0'],
    [
      'nobody listened: the limit counts from then, the date does not',
      { lastSeen: NOW - 900, quietFrom: NOW - 400 },
      'offline since -600',
    ],
  ])('%s', (_, changes, expected) => {
    expect(status(changes)).toBe(expected);
  });

  it('always gives a word of the list that begins no later than now', () => {
    const time = fc.oneof(fc.constant(NaN), fc.integer({ min: 1, max: 2 * NOW }));
    const report = fc.record({
      status: fc.option(fc.oneof(fc.constantFrom(...DEVICE_STATUSES), fc.string())),
      at: fc.nat(2 * NOW),
    });
    const reports = fc.record({ api: report, postgres: report, mqtt: report }, { requiredKeys: [] });
    const known = fc.record({ reports, lastSeen: time, quietFrom: time, wokeAt: time, first: fc.boolean() });
    fc.assert(
      fc.property(known, (changes) => {
        const result = effectiveStatus({ ...facts, ...changes });
        expect(DEVICE_STATUSES).toContain(result.status);
        expect(result.from).toBeLessThanOrEqual(NOW);
      }),
    );
  });
});

describe('silenceLimit', () => {
  it.each([
    ['without a known interval', NaN, 300_000],
    ['a quick device', 10_000, 300_000],
    ['a slow device', 3_600_000, 3 * 3_600_000],
    ['at most a day', 40 * 3_600_000, 24 * 3_600_000],
  ])('%s', (_, interval, limit) => {
    expect(silenceLimit(300_000, interval)).toBe(limit);
  });

  it('never is less than what the operator set', () => {
    expect(silenceLimit(48 * 3_600_000, 40 * 3_600_000)).toBe(48 * 3_600_000);
  });
});

describe('words', () => {
  it('knows those of the list, whatever their case', () => {
    expect(DEVICE_STATUSES.map((word) => statusWord(word.toUpperCase()))).toEqual(DEVICE_STATUSES);
    expect(['constructor', '__proto__', '', 'on line'].map(statusWord)).toEqual([
      'unknown',
      'unknown',
      'unknown',
      'unknown',
    ]);
  });

  it('are kept in lower case and of bounded length', () => {
    expect(reportedStatus(' ONLINE ')).toBe('online');
    expect(reportedStatus(' Broken ')).toBe('broken');
    expect(reportedStatus(null)).toBeNull();
    expect(reportedStatus('x'.repeat(1_000_000))).toHaveLength(256);
  });

  it('have the codes of the contract', () => {
    expect([0, 1, 2, 3, 4, 5, -1, 6].map(statusOfCode)).toEqual([
      'unknown',
      'online',
      'warning',
      'error',
      'offline',
      'maintenance',
      'unknown',
      'unknown',
    ]);
  });
});
