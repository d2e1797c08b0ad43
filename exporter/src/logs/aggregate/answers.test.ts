import { describe, expect, it } from '@jest/globals';
import { testAggregate as setUp } from '../../../test/support/log-aggregate.ts';
import { LOGGED_AT } from '../../../test/support/log-entry.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const ERROR = { level: 'ERROR' } as const;

describe('the error summary', () => {
  it('has the seed’s keys', () => {
    const { aggregate, add } = setUp();
    add('Connection refused by 10.0.0.1', ERROR);
    add('Connection refused by 10.0.0.1', { level: 'CRITICAL' });
    add('Database is locked', { ...ERROR, service: 'worker' });
    add('all is well');
    expect(aggregate.errors(24)).toEqual({
      period: '24h',
      total_errors: 3,
      errors_by_service: {
        'valtronics-api': {
          count: 2,
          rate: 2 / 24,
          top_messages: [{ message: 'Connection refused by 10.0.0.1', count: 2 }],
        },
        worker: { count: 1, rate: 1 / 24, top_messages: [{ message: 'Database is locked', count: 1 }] },
      },
      error_patterns: {
        ...{
          connection_error: 2,
          database_error: 1,
          timeout_error: 0,
          memory_error: 0,
          file_error: 0,
          other: 0,
        },
      },
      top_errors: [
        { message: 'Connection refused by 10.0.0.1', count: 2 },
        { message: 'Database is locked', count: 1 },
      ],
      counted: 'lines',
      oldest: LOGGED_AT,
    });
  });

  it('leaves out what is older', () => {
    const { aggregate, clock, add } = setUp();
    add('Connection refused', ERROR);
    clock.advance(2 * HOUR);
    expect(aggregate.errors(1)).toMatchObject({ total_errors: 0, errors_by_service: {} });
    expect(aggregate.errors(3)).toMatchObject({ total_errors: 1 });
  });

  it('counts by the hour what the buffer has no more, with templates for the messages', () => {
    const { aggregate, clock, add } = setUp({ capacity: 5 });
    for (let n = 0; n < 20; n++) add(`Timeout after ${n} ms`, ERROR);
    clock.advance(HOUR);
    expect(aggregate.errors(24)).toMatchObject({
      total_errors: 20,
      error_patterns: { timeout_error: 20 },
      top_errors: [{ message: 'Timeout after <*> ms', count: 20 }],
      counted: 'hours',
      oldest: LOGGED_AT,
    });
    // The buffer has all of what is newer than what it lost.
    expect(aggregate.errors(0.5)).toMatchObject({ total_errors: 0, counted: 'lines' });
  });

  it('takes names that are those of an object’s own', () => {
    const { aggregate, add } = setUp();
    for (const service of ['__proto__', 'constructor', 'toString']) add('Memory', { ...ERROR, service });
    const { errors_by_service: services } = aggregate.errors(1);
    expect(Object.keys(services).sort()).toEqual(['__proto__', 'constructor', 'toString']);
    expect(Object.keys(aggregate.health())).toHaveLength(3);
    expect(Object.keys(aggregate.trends({ hours: 1 }).service_trends)).toHaveLength(3);
  });
});

describe('the health of a service', () => {
  it('is the seed’s, over a window, with the reason', () => {
    const { aggregate, clock, add } = setUp();
    for (let n = 0; n < 61; n++) add('fine');
    for (let n = 0; n < 30; n++) add(`Connection refused by 10.0.0.${n}`, ERROR);
    for (let n = 0; n < 9; n++) add('Database is locked', ERROR);
    expect(aggregate.health()['valtronics-api']).toEqual({
      health_score: 61,
      total_logs: 100,
      error_rate: 0.39,
      status: 'degraded',
      reason: '39 % errors, mostly «Connection refused by <*>»',
      window_minutes: 15,
      top_error: {
        pattern: expect.stringMatching(/^[\da-f]{16}$/),
        template: 'Connection refused by <*>',
        count: 30,
      },
    });
    clock.advance(14 * MINUTE);
    add('fine');
    expect(aggregate.health(1)['valtronics-api']).toMatchObject({
      health_score: 100,
      status: 'healthy',
      reason: 'no error in 1 line of the last minute',
    });
    clock.advance(2 * MINUTE);
    expect(aggregate.health()['valtronics-api']).toMatchObject({ total_logs: 1 });
  });

  it.each([
    [1, 4, 'degraded', '20 % errors'],
    [3, 2, 'unhealthy', '60 % errors'],
    [1, 199, 'healthy', '0.5 % errors'],
  ])('with %d errors beside %d others is %s', (errors, others, status, words) => {
    const { aggregate, add } = setUp({ capacity: 1000 });
    for (let n = 0; n < errors; n++) add('it broke', ERROR);
    for (let n = 0; n < others; n++) add('fine');
    expect(aggregate.health()['valtronics-api']).toMatchObject({
      status,
      reason: `${words}, mostly «it broke»`,
    });
  });

  it('is unknown while nothing is said, whatever was before, and a clock that is set back changes nothing', () => {
    const { aggregate, clock, add } = setUp();
    add('fine');
    clock.step(-HOUR);
    expect(aggregate.health()['valtronics-api']).toMatchObject({ status: 'healthy', total_logs: 1 });
    clock.advance(HOUR);
    expect(aggregate.health()['valtronics-api']).toMatchObject({
      ...{ health_score: null, status: 'unknown', total_logs: 0, error_rate: 0 },
      reason: 'no line in the last 15 minutes',
    });
  });
});

describe('trends', () => {
  it('have the seed’s keys', () => {
    const { aggregate, clock, add } = setUp();
    add('a', ERROR);
    add('b');
    clock.advance(HOUR);
    add('c', { service: 'worker' });
    const { hourly_stats, level_trends, service_trends, period, buckets } = aggregate.trends({ hours: 3 });
    expect({ hourly_stats, level_trends, service_trends, period }).toEqual({
      period: '3h',
      hourly_stats: {
        '2026-11-29-12': { 'valtronics-api': 2, ERROR: 1, INFO: 1 },
        '2026-11-29-13': { worker: 1, INFO: 1 },
      },
      level_trends: {
        ERROR: { total: 1, avg: 0.5, max: 1, min: 0 },
        WARNING: { total: 0, avg: 0, max: 0, min: 0 },
        INFO: { total: 2, avg: 1, max: 1, min: 1 },
        DEBUG: { total: 0, avg: 0, max: 0, min: 0 },
      },
      service_trends: {
        'valtronics-api': { total: 2, avg: 1, max: 2, min: 0 },
        worker: { total: 1, avg: 0.5, max: 1, min: 0 },
      },
    });
    expect(buckets.map(({ total }) => total)).toEqual([0, 0, 2, 1]);
  });

  it('count by the hour what the buffer has no more, by service and level', () => {
    const { aggregate, add } = setUp({ capacity: 5 });
    for (let n = 0; n < 20; n++) add('a', n < 8 ? ERROR : {});
    for (let n = 0; n < 20; n++) add('a', { service: 'worker' });
    expect(aggregate.trends({ hours: 2 })).toMatchObject({
      counted: 'hours',
      service_trends: { worker: { total: 20 }, 'valtronics-api': { total: 20 } },
    });
    const { level_trends, service_trends } = aggregate.trends({ hours: 2, levels: ['ERROR'] });
    expect(level_trends['ERROR']).toMatchObject({ total: 8 });
    expect(Object.keys(service_trends)).toEqual(['valtronics-api']);
  });

  it('count lines where the filter asks for what only lines have, or for smaller steps', () => {
    const { aggregate, clock, add } = setUp();
    add('a', { deviceId: 'd-1' });
    clock.advance(MINUTE);
    add('b', { deviceId: 'd-1' });
    add('c');
    const { buckets, counted, stepSeconds } = aggregate.trends({ hours: 1, step: MINUTE, deviceId: 'd-1' });
    expect({ counted, stepSeconds }).toEqual({ counted: 'lines', stepSeconds: 60 });
    expect(buckets.filter(({ total }) => total > 0)).toEqual([
      { at: LOGGED_AT, total: 1, levels: { INFO: 1 }, services: { 'valtronics-api': 1 } },
      { at: LOGGED_AT + MINUTE, total: 1, levels: { INFO: 1 }, services: { 'valtronics-api': 1 } },
    ]);
  });
});

describe('patterns', () => {
  it('have count, share, errors, services, an example and hours', () => {
    const { aggregate, clock, add } = setUp();
    add('Connection refused by 10.0.0.1', ERROR);
    clock.advance(HOUR);
    add('Connection refused by 10.0.0.2', { ...ERROR, service: 'worker' });
    add('Connection refused by 10.0.0.3', { service: 'worker' });
    add('fine');
    const { items, total } = aggregate.patterns({ limit: 1 });
    expect(total).toBe(2);
    expect(items).toEqual([
      {
        id: expect.stringMatching(/^[\da-f]{16}$/),
        template: 'Connection refused by <*>',
        ...{ count: 3, share: 0.75, errors: 2, class: 'connection_error', isNew: false },
        ...{ firstSeen: LOGGED_AT, lastSeen: LOGGED_AT + HOUR },
        services: [
          { service: 'worker', count: 2 },
          { service: 'valtronics-api', count: 1 },
        ],
        levels: { ERROR: 2, INFO: 1 },
        example: 'Connection refused by 10.0.0.1',
        hours: [
          { at: LOGGED_AT, count: 1 },
          { at: LOGGED_AT + HOUR, count: 2 },
        ],
        course: [1, 2],
      },
    ]);
  });

  it('are new when they came later than asked for, in a service that was known by then', () => {
    const { aggregate, clock, add } = setUp();
    add('first');
    clock.advance(HOUR);
    add('second');
    const isNew = (newSince?: number) =>
      Object.fromEntries(
        aggregate.patterns({ limit: 10, newSince }).items.map((item) => [item.template, item.isNew]),
      );
    expect(isNew()).toEqual({ first: false, second: true });
    expect(isNew(clock.wall() + 1)).toEqual({ first: false, second: false });
    clock.advance(25 * HOUR);
    expect(isNew()).toEqual({ first: false, second: false });
  });

  it('follow every filter that lines follow', () => {
    const { aggregate, add } = setUp();
    add('fine 1', { deviceId: 'd-1' });
    add('fine 2');
    add('it broke', { ...ERROR, deviceId: 'd-1', category: 'error' });
    const templates = (filter: object) =>
      aggregate.patterns({ limit: 10, ...filter }).items.map(({ template, count }) => `${count} ${template}`);
    expect(templates({ deviceId: 'd-1' })).toEqual(expect.arrayContaining(['1 fine <*>', '1 it broke']));
    expect(templates({ levels: ['ERROR'] })).toEqual(['1 it broke']);
    expect(templates({ text: 'FINE' })).toEqual(['2 fine <*>']);
    expect(templates({ category: 'error' })).toEqual(['1 it broke']);
    expect(templates({ to: LOGGED_AT })).toEqual([]);
    const [broke] = aggregate.patterns({ limit: 10, levels: ['ERROR'] }).items;
    expect(templates({ pattern: broke?.id })).toEqual(['1 it broke']);
  });

  it('are hidden with their lines and their part of the trend, by any id that they ever had', () => {
    const { aggregate, add } = setUp();
    const { pattern = '' } = add('Connection refused by host alpha');
    add('Connection refused by host beta');
    add('it broke', ERROR);
    const filter = { hiddenPatterns: [pattern] };
    expect(aggregate.patterns({ limit: 10, ...filter }).items).toMatchObject([{ template: 'it broke' }]);
    expect(aggregate.search(filter, 10).items.map(({ message }) => message)).toEqual(['it broke']);
    expect(aggregate.trends({ hours: 1, ...filter }).level_trends).toMatchObject({ ERROR: { total: 1 } });
    expect(aggregate.trends({ hours: 1, ...filter }).level_trends['INFO']).toMatchObject({ total: 0 });
  });

  it('have a course over the range: of its lines, else of the hours that are known', () => {
    const { aggregate, clock, add } = setUp({ capacity: 3 });
    const to = LOGGED_AT + 24 * MINUTE;
    add('fine 1');
    add('fine 2');
    clock.advance(23 * MINUTE);
    add('fine 3');
    const [fine] = aggregate.patterns({ limit: 1, from: LOGGED_AT, to }).items;
    expect(fine?.course).toEqual([2, ...Array<number>(22).fill(0), 1]);
    clock.advance(2 * HOUR);
    for (let n = 0; n < 4; n++) add(`fine ${n}`);
    const [later] = aggregate.patterns({ limit: 1, from: LOGGED_AT, to: LOGGED_AT + 3 * HOUR }).items;
    expect(later?.course).toEqual([3, 0, 4]);
    expect(aggregate.patterns({ limit: 1 }).items[0]?.course).toEqual([3, 0, 4]);
  });
});
