import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { at, MINUTE, RANGE } from '../data/frames.fixture';
import type { Track } from '../data/row';
import { eachRun, EMPTY, fillBins } from './bins';
import { createLayout, HEADING_HEIGHT, rowAt, rowTop, visibleRows } from './layout';
import { ticksOf } from './ticks';

const trackOf = (states: readonly (readonly [from: number, to: number, kind: number])[]): Track => ({
  from: Float64Array.from(states, ([from]) => at(from)),
  to: Float64Array.from(states, ([, to]) => at(to)),
  kinds: Uint16Array.from(states, ([, , kind]) => kind),
  samples: new Int32Array(states.length),
});

/** Kind 0 is an error, 1 is online. */
const RULE = { urgency: [0, 7], isWide: [true, false], least: 2 };

function binsOf(states: readonly (readonly [number, number, number])[], width: number): number[] {
  const bins = new Int16Array(width);
  fillBins(bins, trackOf(states), RANGE, RULE);
  return [...bins];
}

describe('pixels of a row', () => {
  it('have the state of their time, and none in a gap', () => {
    expect(
      binsOf(
        [
          [0, 20, 1],
          [40, 60, 0],
        ],
        6,
      ),
    ).toEqual([1, 1, EMPTY, EMPTY, 0, 0]);
  });

  it('show the most urgent of the states that share one, however short', () => {
    const second = 1 / 60;
    expect(
      binsOf(
        [
          [0, 33, 1],
          [33, 33 + second, 0],
          [33 + second, 60, 1],
        ],
        6,
      ),
    ).toEqual([1, 1, 1, 0, 0, 1]);
  });

  it('are drawn in runs', () => {
    const runs: number[][] = [];
    eachRun(Int16Array.from([1, 1, EMPTY, 0, 1]), (...run) => runs.push(run));
    expect(runs).toEqual([
      [1, 0, 2],
      [0, 3, 4],
      [1, 4, 5],
    ]);
  });

  it('keep every trouble in sight', () => {
    const minutes = fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(minutes, fc.integer({ min: 1, max: 50 }), (starts, width) => {
        const states = [...starts]
          .sort((a, b) => a - b)
          .map((start): [number, number, number] => [start, start + 0.001, 0]);
        const bins = binsOf(states, width);
        for (const [start] of states) {
          const column = Math.floor((start * MINUTE * width) / (60 * MINUTE));
          expect(bins[column]).toBe(0);
        }
      }),
      { seed: 7 },
    );
  });
});

describe('layout', () => {
  const groups = [
    { name: 'a', first: 0, count: 3, counts: [], online: 1 },
    { name: 'b', first: 3, count: 2, counts: [], online: 1 },
  ];
  const layoutOf = (width: number, hasSummary = true) =>
    createLayout({ set: { groups }, width, rowHeight: 20, nameWidth: 120, hasHeadings: true, hasSummary });

  it('finds rows by their height and back, and none in headings', () => {
    const layout = layoutOf(1000);
    for (const index of [0, 1, 2, 3, 4]) {
      const top = rowTop(layout, index) ?? Number.NaN;
      expect([rowAt(layout, top), rowAt(layout, top + 19)]).toEqual([index, index]);
    }
    expect(rowAt(layout, 3)).toBe(-1);
    expect(rowAt(layout, 3 * 20 + HEADING_HEIGHT + 4)).toBe(-1);
    expect(rowAt(layout, 10_000)).toBe(-1);
    expect(rowTop(layout, 5)).toBeUndefined();
    expect(layout.height).toBe(5 * 20 + 2 * HEADING_HEIGHT);
  });

  it('knows which rows are in sight', () => {
    const layout = layoutOf(1000);
    const [first, second] = layout.sections;
    if (first === undefined || second === undefined) throw new Error('there are two groups');
    expect(visibleRows(layout, first, HEADING_HEIGHT + 25, 1000)).toEqual([1, 3]);
    expect(visibleRows(layout, second, 0, 50)).toEqual([3, 3]);
  });

  it('gives the states most room, and columns what is left', () => {
    expect(layoutOf(1200).columns.map(({ name }) => name)).toEqual([
      'online',
      'changes',
      'lastChange',
      'mtbf',
      'mttr',
    ]);
    expect(layoutOf(500).columns.map(({ name }) => name)).toEqual(['online']);
    expect(layoutOf(300).columns).toEqual([]);
    expect(layoutOf(1200, false).columns).toEqual([]);
    for (const width of [200, 400, 800, 1600]) {
      expect(layoutOf(width).trackWidth).toBeGreaterThan(width * 0.38);
    }
  });
});

describe('ticks', () => {
  it('are round times of the zone', () => {
    const [first] = ticksOf({ from: at(0), to: at(24 * 60) }, 600, 'Asia/Kolkata');
    expect(first?.text).toMatch(/:00$/);
    expect(ticksOf(RANGE, 700, 'utc').map(({ text }) => text)).toEqual([
      '08:00',
      '08:10',
      '08:20',
      '08:30',
      '08:40',
      '08:50',
      '09:00',
    ]);
  });

  it('are none without room or time', () => {
    expect(ticksOf(RANGE, 0, 'utc')).toEqual([]);
    expect(ticksOf({ from: 5, to: 5 }, 100, 'utc')).toEqual([]);
  });

  it('are few and in order, whatever the range', () => {
    const ranges = fc.tuple(
      fc.integer({ min: 1, max: 2_000_000_000_000 }),
      fc.integer({ min: 1000, max: 1e12 }),
    );
    fc.assert(
      fc.property(ranges, ([from, length]) => {
        const ticks = ticksOf({ from, to: from + length }, 800, 'Europe/Berlin');
        expect(ticks.length).toBeLessThan(40);
        for (let index = 1; index < ticks.length; index += 1) {
          expect(ticks[index]?.at).toBeGreaterThan(ticks[index - 1]?.at ?? Infinity);
        }
      }),
      { seed: 7 },
    );
  });
});
