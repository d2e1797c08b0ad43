import { describe, expect, it } from '@jest/globals';
import { run } from '@valtronics/promql';
import fc from 'fast-check';
import { createSampleStore, type SampleStore } from './sample-store.ts';
import { HistorySeries } from './series.ts';

const KEEP = 60_000;

function storeOf(limits: { maxSeries?: number; maxSamples?: number } = {}): SampleStore {
  const keep = new Map([
    ['latest', 0],
    ['long', KEEP],
  ]);
  return createSampleStore({ keep, maxSeries: 100, maxSamples: 10_000, ...limits });
}

/** What the series shows at the time: value, `ended`, or undefined. */
function shown(store: SampleStore, metric: string, time: number): (number | 'ended' | undefined)[] {
  return [...store.series(metric)].map((series) => {
    const index = series.indexAt(time);
    if (index < 0) return undefined;
    return series.ended(index) ? 'ended' : series.value(index);
  });
}

describe('HistorySeries', () => {
  it('keeps exactly the samples of its time, whatever the distances', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 200 }), (gaps) => {
        const series = new HistorySeries({}, KEEP);
        const times: number[] = [];
        let time = 0;
        for (const gap of gaps) {
          time += gap;
          times.push(time);
          series.append(time, time / 2);
        }
        const kept = times.filter((at) => at >= time - KEEP);
        expect(series.indexAt(time)).toBe(kept.length - 1);
        for (const [index, at] of kept.entries()) {
          expect([series.time(index), series.value(index)]).toEqual([at, at / 2]);
          expect(series.indexAt(at)).toBe(index);
          expect(series.indexAt(at - 1)).toBe(kept.findLastIndex((other) => other <= at - 1));
        }
      }),
    );
  });
});

describe('the sample store', () => {
  it('keeps only what it was asked for', () => {
    const store = storeOf();
    const writer = store.writer();
    writer.begin(0);
    writer.put('x', 'other', () => ({}), 1);
    run(writer.finish());
    expect(store.keeps('other')).toBe(false);
    expect([...store.series('other')]).toEqual([]);
    expect(store.size.series).toBe(0);
  });

  it('forgets at once what is gone where the newest sample is enough, and marks it where history counts', () => {
    const store = storeOf();
    const writer = store.writer();
    writer.begin(1000);
    writer.put('a', 'latest', () => ({ x: '1' }), 1);
    writer.put('b', 'long', () => ({ x: '1' }), 2);
    run(writer.finish());
    expect([shown(store, 'latest', 1000), shown(store, 'long', 1000)]).toEqual([[1], [2]]);
    writer.begin(2000);
    run(writer.finish());
    expect([shown(store, 'latest', 2000), shown(store, 'long', 2000)]).toEqual([[], ['ended']]);
    expect(shown(store, 'long', 1500)).toEqual([2]);
    writer.begin(3000);
    writer.put('b', 'long', () => ({ x: '1' }), 3);
    run(writer.finish());
    expect(shown(store, 'long', 3000)).toEqual([3]);
    writer.begin(4000);
    run(writer.finish());
    writer.begin(4000 + KEEP + 1);
    run(writer.finish());
    expect(store.size).toEqual({ series: 0, samples: 0 });
  });

  it('lets each writer end only what is its own', () => {
    const store = storeOf();
    const [one, other] = [store.writer(), store.writer()];
    one.begin(1000);
    one.put('k', 'latest', () => ({ from: 'one' }), 1);
    run(one.finish());
    other.begin(1000);
    other.put('k', 'latest', () => ({ from: 'other' }), 2);
    run(other.finish());
    other.begin(2000);
    run(other.finish());
    expect(shown(store, 'latest', 2000)).toEqual([1]);
  });

  it('gives a metric up that has too many series, and goes on with the others', () => {
    const store = storeOf({ maxSeries: 3 });
    const writer = store.writer();
    for (const time of [1000, 2000]) {
      writer.begin(time);
      writer.put('long', 'long', () => ({}), 1);
      for (const n of ['1', '2', '3', '4']) writer.put(n, 'latest', () => ({ n }), 1);
      run(writer.finish());
    }
    expect([...store.givenUp.keys()]).toEqual(['latest']);
    expect([...store.series('latest')]).toEqual([]);
    expect(shown(store, 'long', 2000)).toEqual([1]);
    expect(store.size.series).toBe(1);
  });

  it('gives up the biggest metric, not the one that came last, and takes it back once there is room', () => {
    const keep = new Map([
      ['big', 0],
      ['small', 0],
    ]);
    const store = createSampleStore({ keep, maxSeries: 10, maxSamples: 10_000 });
    const writer = store.writer();
    const round = (time: number, big: number): void => {
      writer.begin(time);
      for (let n = 0; n < big; n += 1) writer.put(`big${n}`, 'big', () => ({ n: String(n) }), n);
      writer.put('small', 'small', () => ({}), 1);
      run(writer.finish());
      store.endRound();
    };
    for (const time of [1000, 2000, 3000]) round(time, 10);
    expect([...store.givenUp.keys()]).toEqual(['big']);
    expect(shown(store, 'small', 3000)).toEqual([1]);
    round(4000, 5);
    round(5000, 5);
    round(6000, 5);
    expect([...store.givenUp.keys()]).toEqual([]);
    expect(shown(store, 'big', 6000)).toEqual([0, 1, 2, 3, 4]);
    expect(shown(store, 'small', 6000)).toEqual([1]);
  });

  it('moves what it has with the wall clock', () => {
    const store = storeOf();
    const writer = store.writer();
    writer.begin(7_200_000);
    writer.put('b', 'long', () => ({}), 1);
    writer.put('a', 'latest', () => ({}), 2);
    run(writer.finish());
    store.shift(-3_600_000);
    expect([shown(store, 'long', 3_600_000), shown(store, 'latest', 3_600_000)]).toEqual([[1], [2]]);
    expect([shown(store, 'long', 3_599_999), shown(store, 'latest', 3_599_999)]).toEqual([
      [undefined],
      [undefined],
    ]);
  });

  it('gives a metric up whose history takes too much room', () => {
    const store = storeOf({ maxSamples: 40 });
    const writer = store.writer();
    for (let time = 0; time < 100; time += 1) {
      writer.begin(time);
      writer.put('a', 'long', () => ({}), time);
      run(writer.finish());
    }
    expect([...store.givenUp.keys()]).toEqual(['long']);
    expect(store.size).toEqual({ series: 0, samples: 0 });
  });
});
