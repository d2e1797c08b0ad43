import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hostileText } from '../../test/support/recorded-families.ts';
import { CATALOGUE } from './catalogue/index.ts';
import { family } from './family.ts';
import { createMetrics, type OwnedMetrics } from './registry.ts';

const base = { help: 'Of the test', owner: 'exporter', cardinality: '1' } as const;
const EVENTS = family({ ...base, name: 'events_total', type: 'counter', labels: ['kind', 'state'] });
const LEVEL = family({ ...base, name: 'level', type: 'gauge', labels: ['kind'] });
const GIVEN = family({ ...base, name: 'given_total', type: 'untyped', labels: ['kind'] });
const DURATION = family({
  ...base,
  name: 'duration_seconds',
  type: 'histogram',
  labels: ['kind'],
  buckets: [1],
});

const samplesOf = async (metrics: OwnedMetrics, name: string): Promise<readonly unknown[] | undefined> =>
  (await metrics.snapshot()).find((each) => each.name === name)?.samples;

describe('createMetrics', () => {
  it('has nothing to show at first', async () => {
    expect(await createMetrics({ defaultMetrics: false }).snapshot()).toEqual([]);
  });

  it('makes a counter at 0 and gives the same cell for the same labels in any order', async () => {
    const metrics = createMetrics({ defaultMetrics: false });
    const cell = metrics.counter(EVENTS, { kind: 'a', state: 'b' });
    expect(await samplesOf(metrics, 'events_total')).toEqual([
      { labels: { kind: 'a', state: 'b' }, value: 0 },
    ]);
    cell.inc(2);
    expect(metrics.counter(EVENTS, { state: 'b', kind: 'a' })).toBe(cell);
    expect(metrics.counter(EVENTS, { kind: 'b', state: 'a' })).not.toBe(cell);
    expect(cell.value).toBe(2);
  });

  it('never takes two different label sets for one', () => {
    const pair = fc.record({ kind: hostileText, state: hostileText });
    fc.assert(
      fc.property(pair, pair, (a, b) => {
        const metrics = createMetrics({ defaultMetrics: false });
        const same = metrics.counter(EVENTS, a) === metrics.counter(EVENTS, b);
        expect(same).toBe(a.kind === b.kind && a.state === b.state);
      }),
    );
    const metrics = createMetrics({ defaultMetrics: false });
    const cell = metrics.counter(EVENTS, { kind: 'x,state:y', state: 'z' });
    expect(metrics.counter(EVENTS, { kind: 'x', state: 'y,state:z' })).not.toBe(cell);
  });

  it('copies labels, so that a caller who changes them changes nothing', async () => {
    const metrics = createMetrics({ defaultMetrics: false });
    const labels = { kind: 'a', state: 'b' };
    metrics.counter(EVENTS, labels);
    labels.kind = 'changed';
    expect(await samplesOf(metrics, 'events_total')).toEqual([
      { labels: { kind: 'a', state: 'b' }, value: 0 },
    ]);
  });

  it('replaces published samples whole, in the family’s label order, the last of equal labels winning', async () => {
    const metrics = createMetrics({ defaultMetrics: false });
    metrics.publish(LEVEL, [
      { labels: { kind: 'a' }, value: 1 },
      { labels: { kind: 'b' }, value: 2 },
      { labels: { kind: 'a' }, value: 3 },
    ]);
    expect(await samplesOf(metrics, 'level')).toEqual([
      { labels: { kind: 'a' }, value: 3 },
      { labels: { kind: 'b' }, value: 2 },
    ]);
    metrics.publish(LEVEL, [{ labels: { kind: 'c' }, value: 4 }]);
    expect(await samplesOf(metrics, 'level')).toEqual([{ labels: { kind: 'c' }, value: 4 }]);
  });

  it('leaves a family out that was withdrawn or published empty, and takes it back', async () => {
    const metrics = createMetrics({ defaultMetrics: false });
    metrics.withdraw(LEVEL);
    metrics.publish(LEVEL, [{ labels: { kind: 'a' }, value: 1 }]);
    metrics.withdraw(LEVEL);
    expect(await metrics.snapshot()).toEqual([]);
    metrics.publish(LEVEL, []);
    expect(await metrics.snapshot()).toEqual([]);
    metrics.publish(LEVEL, [{ labels: { kind: 'a' }, value: 2 }]);
    expect(await samplesOf(metrics, 'level')).toHaveLength(1);
  });

  it('keeps types, help and samples of every kind, sorted by name', async () => {
    const metrics = createMetrics({ defaultMetrics: false });
    metrics.publish(LEVEL, [{ labels: { kind: 'a' }, value: NaN }]);
    metrics.publish(GIVEN, [{ labels: { kind: 'a' }, value: 5 }]);
    metrics.histogram(DURATION, { kind: 'a' }).observe(2);
    metrics.counter(EVENTS, { kind: 'a', state: 'b' });
    const families = await metrics.snapshot();
    expect(families.map(({ name, type, help }) => [name, type, help])).toEqual([
      ['duration_seconds', 'histogram', 'Of the test'],
      ['events_total', 'counter', 'Of the test'],
      ['given_total', 'untyped', 'Of the test'],
      ['level', 'gauge', 'Of the test'],
    ]);
    expect(families[0]?.samples).toEqual([
      { suffix: '_bucket', labels: { le: '1', kind: 'a' }, value: 0 },
      { suffix: '_bucket', labels: { le: '+Inf', kind: 'a' }, value: 1 },
      { suffix: '_sum', labels: { kind: 'a' }, value: 2 },
      { suffix: '_count', labels: { kind: 'a' }, value: 1 },
    ]);
  });

  it('shows one moment, whatever happens while a snapshot is awaited', async () => {
    const metrics = createMetrics({ defaultMetrics: false });
    const cell = metrics.counter(EVENTS, { kind: 'a', state: 'b' });
    const publish = (value: number): void => {
      metrics.publish(LEVEL, [{ labels: { kind: 'a' }, value }]);
      metrics.publish(GIVEN, [{ labels: { kind: 'a' }, value }]);
      cell.inc();
    };
    publish(1);
    const first = metrics.snapshot();
    publish(2);
    const second = metrics.snapshot();
    publish(3);
    const values = (await Promise.all([first, second])).map((families) =>
      families.map(({ samples }) => samples[0]?.value),
    );
    expect(values).toEqual([
      [1, 1, 1],
      [2, 2, 2],
    ]);
  });

  it('takes every family of the catalogue', () => {
    const metrics = createMetrics({ defaultMetrics: false });
    for (const each of CATALOGUE) {
      const labels = Object.fromEntries(each.labels.map((name) => [name, 'x']));
      if (each.type === 'histogram') metrics.histogram(each, labels).observe(1);
      else metrics.publish(each, [{ labels, value: 1 }]);
    }
    expect(CATALOGUE.length).toBeGreaterThan(30);
  });
});

describe('createMetrics against misuse', () => {
  const metrics = createMetrics({ defaultMetrics: false });
  const labels = { kind: 'a', state: 'b' };

  it.each([
    ['counts a gauge', () => metrics.counter(LEVEL, labels), 'level is a gauge and cannot be counted'],
    ['observes a counter', () => metrics.histogram(EVENTS, labels), 'cannot be observed'],
    ['publishes a histogram', () => metrics.publish(DURATION, []), 'duration_seconds is a histogram'],
  ])('throws when somebody %s', (_, misuse, message) => {
    expect(misuse).toThrow(TypeError);
    expect(misuse).toThrow(message);
  });

  it('throws when a counter is both counted and published', () => {
    const both = createMetrics({ defaultMetrics: false });
    both.counter(EVENTS, labels);
    expect(() => both.publish(EVENTS, [])).toThrow('counted here');
    const other = createMetrics({ defaultMetrics: false });
    other.publish(EVENTS, []);
    expect(() => other.counter(EVENTS, labels)).toThrow('is published');
  });

  it('throws when two families have one name, or a name is none', () => {
    metrics.counter(EVENTS, labels);
    expect(() => metrics.counter({ ...EVENTS }, labels)).toThrow('already been registered');
    expect(() => metrics.publish({ ...LEVEL, name: 'no-name' }, [])).toThrow('Invalid metric name');
  });
});

describe('runtime metrics', () => {
  const made: OwnedMetrics[] = [];
  const withRuntime = (): OwnedMetrics => {
    const metrics = createMetrics({ defaultMetrics: true });
    metrics.start();
    made.push(metrics);
    return metrics;
  };
  afterEach(() => {
    for (const metrics of made.splice(0)) metrics.stop();
  });

  it('shows process and runtime families with label texts, and no gauge with a counter’s suffix', async () => {
    const families = await withRuntime().snapshot();
    const names = families.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['process_cpu_seconds_total', 'nodejs_heap_size_used_bytes']),
    );
    expect(names).toEqual(names.toSorted());
    expect(families.filter(({ name, type }) => name.endsWith('_total') && type !== 'counter')).toEqual([]);
    expect(families.find(({ name }) => name === 'nodejs_version_info')?.samples[0]?.labels['major']).toBe(
      process.versions.node.split('.')[0],
    );
  });

  it('leaves what was counted before the start where it is', async () => {
    const metrics = createMetrics({ defaultMetrics: true });
    made.push(metrics);
    metrics.counter(EVENTS, { kind: 'a', state: 'b' }).inc(3);
    metrics.start();
    expect(await samplesOf(metrics, EVENTS.name)).toMatchObject([{ value: 3 }]);
  });

  it('lets two registries live side by side, and go on after the end', async () => {
    const first = withRuntime();
    const second = withRuntime();
    first.stop();
    first.stop();
    first.publish(LEVEL, [{ labels: { kind: 'a' }, value: 1 }]);
    expect(await samplesOf(first, 'level')).toHaveLength(1);
    expect(await samplesOf(second, 'process_resident_memory_bytes')).toHaveLength(1);
  });
});
