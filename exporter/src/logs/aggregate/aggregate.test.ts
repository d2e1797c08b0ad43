import { describe, expect, it } from '@jest/globals';
import { testAggregate as setUp } from '../../../test/support/log-aggregate.ts';
import { logEntry } from '../../../test/support/log-entry.ts';
import {
  LOG_ENTRIES,
  LOG_ERRORS,
  LOG_NEW_PATTERNS,
  LOG_SERVICE_HEALTH,
  LOG_TOP_ERROR_PATTERN,
  LOG_UNPARSED,
} from '../../metrics/catalogue/logs.ts';
import type { LogEntry } from '../entry.ts';
import { logDocumentSchema } from './document.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const ERROR = { level: 'ERROR' } as const;
const messages = (items: readonly LogEntry[]): string[] => items.map(({ message }) => message);

describe('what is kept', () => {
  it('is so many lines, and so much text', () => {
    const { aggregate, add } = setUp({ capacity: 10 });
    for (let n = 0; n < 25; n++) add(`line ${n}`);
    expect(aggregate.statistics()).toMatchObject({
      ...{ total_logs: 25, info_logs: 25, error_logs: 0, patterns: 1 },
      buffer: { size: 10, capacity: 10 },
    });
    const long = 'x'.repeat(20 * 1024 * 1024);
    for (let n = 0; n < 5; n++) add(long);
    expect(aggregate.statistics().buffer.size).toBe(1);
  });

  it('survives a restart: counts, patterns with their ids, and the lines that the journal gives back', () => {
    const one = setUp();
    one.add('Connection refused by host alpha', ERROR);
    one.add('Connection refused by host beta', ERROR);
    const document = logDocumentSchema.parse(JSON.parse(JSON.stringify(one.aggregate.document())));
    one.clock.advance(MINUTE);
    one.add('Connection refused by host gamma', ERROR);

    const two = setUp({ document });
    two.clock.advance(2 * MINUTE);
    two.aggregate.refill(one.aggregate.search({}, 10).items.toReversed());
    expect(two.aggregate.errors(24)).toMatchObject({
      ...{ total_errors: 3, error_patterns: { connection_error: 3 } },
    });
    expect(two.aggregate.patterns({ limit: 9 }).items).toMatchObject([
      { template: 'Connection refused by host <*>', count: 3, isNew: false },
    ]);
    expect(two.aggregate.patterns({ limit: 9 }).items[0]?.id).toBe(
      one.aggregate.patterns({ limit: 9 }).items[0]?.id,
    );
    expect(two.aggregate.statistics()).toMatchObject({ total_logs: 3, buffer: { size: 3 } });
    expect(two.metrics.samples(LOG_ENTRIES)).toEqual([]);
    expect(two.aggregate.health()['valtronics-api']).toMatchObject({ status: 'unknown' });
    two.add('Connection refused by host delta', ERROR);
    expect(two.metrics.samples(LOG_NEW_PATTERNS)).toMatchObject([{ value: 0 }]);
  });
});

describe('a document of an older version', () => {
  it('does not keep a class that its words do not have today', () => {
    const one = setUp();
    one.add('psycopg2.OperationalError: connection refused', ERROR);
    one.add('value too long', ERROR);
    const written = one.aggregate.document();
    const patterns = written.patterns.map((pattern) => ({ ...pattern, class: 'connection_error' }));
    const two = setUp({ document: logDocumentSchema.parse({ ...written, patterns }) });
    const classes = two.aggregate.patterns({ limit: 9 }).items.map(({ class: word }) => word);
    expect(classes.toSorted()).toEqual(['connection_error', 'database_error']);
  });
});

describe('the error that rose most', () => {
  it('is named, and gives its place only to one that clearly rose more', () => {
    const { aggregate, add, metrics, clock } = setUp();
    const named = (): unknown => {
      aggregate.update();
      return metrics.samples(LOG_TOP_ERROR_PATTERN).map(({ labels }) => labels['template']);
    };
    add('all is well');
    expect(named()).toEqual([]);
    for (let n = 0; n < 3; n++) add('the disk is full', ERROR);
    expect(named()).toEqual(['the disk is full']);
    for (let n = 0; n < 5; n++) add('nobody answers', ERROR);
    expect(named()).toEqual(['the disk is full']);
    add('nobody answers', ERROR);
    expect(named()).toEqual(['nobody answers']);
    clock.advance(6 * MINUTE);
    expect(named()).toEqual([]);
  });

  it('is a text on one line', () => {
    const { aggregate, add, metrics } = setUp();
    add('cannot open \0file\nat line two', ERROR);
    aggregate.update();
    expect(metrics.samples(LOG_TOP_ERROR_PATTERN)[0]?.labels['template']).toMatch(/^\P{Cc}+$/u);
  });

  it('is what rose, not what always comes', () => {
    const { aggregate, add, metrics, clock } = setUp();
    for (let minute = 0; minute < 57; minute++) {
      for (let n = 0; n < 20; n++) add('a sensor sends nonsense', ERROR);
      clock.advance(MINUTE);
    }
    for (let n = 0; n < 20; n++) add('a sensor sends nonsense', ERROR);
    for (let n = 0; n < 8; n++) add('the disk is full', ERROR);
    aggregate.update();
    expect(metrics.samples(LOG_TOP_ERROR_PATTERN)[0]?.labels['template']).toBe('the disk is full');
  });
});

describe('metrics', () => {
  it('count entries, errors, unparsed lines and new patterns, and show health', () => {
    const { aggregate, add, metrics, clock } = setUp();
    add('Timeout', ERROR);
    add('it broke', ERROR);
    add('fine');
    aggregate.add(aggregate.mine(logEntry({ message: '???', format: undefined, level: 'UNKNOWN' })));
    aggregate.update();
    const service = 'valtronics-api';
    // All begin at 0, so that `increase()` sees the first error.
    expect(metrics.samples(LOG_ENTRIES)).toEqual([
      { labels: { service, level: 'UNKNOWN' }, value: 1 },
      { labels: { service, level: 'DEBUG' }, value: 0 },
      { labels: { service, level: 'INFO' }, value: 1 },
      { labels: { service, level: 'WARNING' }, value: 0 },
      { labels: { service, level: 'ERROR' }, value: 2 },
      { labels: { service, level: 'CRITICAL' }, value: 0 },
    ]);
    expect(metrics.samples(LOG_ERRORS)).toHaveLength(6);
    expect(metrics.samples(LOG_ERRORS).filter(({ value }) => value > 0)).toEqual([
      { labels: { class: 'timeout_error' }, value: 1 },
      { labels: { class: 'other' }, value: 1 },
    ]);
    expect(metrics.samples(LOG_UNPARSED)).toEqual([{ labels: { service }, value: 1 }]);
    expect(metrics.samples(LOG_NEW_PATTERNS)).toEqual([{ labels: { service }, value: 4 }]);
    expect(metrics.samples(LOG_SERVICE_HEALTH)).toEqual([{ labels: { service }, value: 50 }]);
    clock.advance(HOUR);
    aggregate.update();
    expect(metrics.samples(LOG_SERVICE_HEALTH)).toEqual([]);
    add('fine');
    aggregate.update();
    aggregate.withdraw();
    expect(metrics.samples(LOG_SERVICE_HEALTH)).toEqual([]);
  });

  it('have a bounded number of services', () => {
    const { aggregate, add, metrics } = setUp();
    for (let n = 0; n < 150; n++) add('fine', { service: `s${n}` });
    add('fine', { service: 'x'.repeat(1000) });
    expect(metrics.samples(LOG_ENTRIES)).toHaveLength(6 * 101);
    expect(metrics.samples(LOG_ENTRIES)).toContainEqual({
      ...{ labels: { service: 'other', level: 'INFO' }, value: 51 },
    });
    expect(messages(aggregate.search({ services: ['s149'] }, 5).items)).toEqual(['fine']);
  });
});
