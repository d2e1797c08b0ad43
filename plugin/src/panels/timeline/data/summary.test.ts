import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { at, MINUTE, prepare, RANGE, series, table } from './frames.fixture';
import { summaryCsv } from './summary-csv';
import { createTrack, inOrder, spanAt, stepOf } from './track';
import { NO_FILTER } from '../../../kit/legend/filter';
import { filterRows } from './filter';

const summaryOf = (points: readonly (readonly [number, unknown])[]) => {
  const [row] = prepare([series({ device_id: 'A' }, points)], { gaps: 'never' }).rows;
  if (row === undefined) throw new Error('there is no row');
  return row.summary;
};

describe('the summary of a row', () => {
  it('knows shares, changes and the last of them', () => {
    const summary = summaryOf([
      [0, 1],
      [15, 2],
      [30, 1],
    ]);
    expect(summary).toMatchObject({ online: 0.75, changes: 2, lastChange: at(30), known: 60 * MINUTE });
  });

  it('takes error and offline in a row for one trouble', () => {
    const summary = summaryOf([
      [0, 1],
      [10, 3],
      [20, 4],
      [30, 1],
      [50, 3],
    ]);
    expect(summary.failures).toBe(2);
    expect(summary.trouble).toBe(30 * MINUTE);
    expect(summary.mtbf).toBe(15 * MINUTE);
    // The second goes on: it counts as long as it has lasted.
    expect(summary.mttr).toBe(15 * MINUTE);
  });

  it('counts a trouble that was there at the beginning', () => {
    const summary = summaryOf([
      [-10, 3],
      [10, 1],
    ]);
    expect(summary).toMatchObject({ failures: 1, mtbf: 50 * MINUTE, mttr: 10 * MINUTE });
  });

  it('takes maintenance and unknown for neither', () => {
    const summary = summaryOf([
      [0, 1],
      [10, 5],
      [20, 0],
      [30, 3],
      [40, 2],
    ]);
    expect(summary).toMatchObject({ failures: 1, mtbf: 30 * MINUTE, mttr: 10 * MINUTE });
    expect(summaryOf([[0, 1]])).toMatchObject({ failures: 0, mtbf: undefined, mttr: undefined });
  });

  it('does not end a trouble by a gap, nor count the gap', () => {
    const summary = summaryOf([
      [0, 1],
      [10, 3],
      [20, null],
      [30, 3],
      [40, 1],
    ]);
    expect(summary).toMatchObject({ failures: 1, mttr: 20 * MINUTE, known: 50 * MINUTE, changes: 2 });
  });

  it('says nothing of online where no state is one of a device', () => {
    const frame = series({ __name__: 'load', host: 'A' }, [
      [0, 1],
      [30, 7],
    ]);
    expect(prepare([frame], { gaps: 'never' }).rows[0]?.summary.online).toBeUndefined();
  });

  it('is a file for spreadsheets, in which names do no harm', () => {
    const frame = table({ time: [at(0), at(45)], device: ['=1+1', '=1+1'], state: ['ok', 'down'] });
    const lines = summaryCsv(prepare([frame])).split('\r\n');
    expect(lines[0]).toContain('mtbf_seconds,mttr_seconds,online_share');
    expect(lines[0]).toContain('ok (seconds),down (seconds)');
    expect(lines[1]).toContain(`"'=1+1"`);
    expect(lines[1]).toMatch(/,1,.*,1,2700,900,0\.75,3600,0,2700,900$/);
  });
});

describe('filters', () => {
  const set = prepare(
    [
      series({ device_id: 'pump-1' }, [
        [0, 1],
        [30, 3],
        [40, 1],
      ]),
      series({ device_id: 'pump-2' }, [[0, 1]]),
      series({ device_id: 'fan-1' }, [
        [0, null],
        [30, 1],
      ]),
    ],
    { gaps: 'never' },
  );
  const order = { sortBy: 'name', descending: false } as const;
  const found = (search: string, label?: string) => {
    const category = set.legend.find((entry) => entry.category.label === label)?.category;
    const categories = category === undefined ? NO_FILTER.categories : new Map([[category.key, category]]);
    return filterRows(set, { search, categories }, order).rows.map(({ name }) => name);
  };

  it('find words of names in any case', () => {
    expect(found('PUMP')).toEqual(['pump-1', 'pump-2']);
    expect(found('pump 2')).toEqual(['pump-2']);
  });

  it('keep rows that had a state at any time, or a gap', () => {
    expect(found('', 'error')).toEqual(['pump-1']);
    expect(found('', 'no data')).toEqual(['fan-1']);
  });

  it('sort what is left', () => {
    expect(found('')).toEqual(['fan-1', 'pump-1', 'pump-2']);
  });
});

describe('tracks', () => {
  const FOR_EVER = { longest: Infinity, lasts: Infinity };
  const changes = fc.array(fc.tuple(fc.integer({ min: -30, max: 90 }), fc.integer({ min: -1, max: 3 })), {
    maxLength: 60,
  });

  it('are ordered, inside the range, without overlap and without equal neighbours', () => {
    fc.assert(
      fc.property(changes, (points) => {
        const track = createTrack(
          inOrder({
            times: points.map(([minute]) => at(minute)),
            kinds: points.map(([, kind]) => kind),
            samples: points.map((_, index) => index),
          }),
          FOR_EVER,
          RANGE,
        );
        for (let index = 0; index < track.kinds.length; index += 1) {
          const from = track.from[index] ?? Number.NaN;
          const to = track.to[index] ?? Number.NaN;
          expect(from).toBeLessThan(to);
          expect(from).toBeGreaterThanOrEqual(RANGE.from);
          expect(to).toBeLessThanOrEqual(RANGE.to);
          const next = track.from[index + 1] ?? Infinity;
          expect(next).toBeGreaterThanOrEqual(to);
          if (next === to) expect(track.kinds[index + 1]).not.toBe(track.kinds[index]);
        }
      }),
      { seed: 7 },
    );
  });

  it('say at every moment what the last change before it said', () => {
    fc.assert(
      fc.property(changes, fc.integer({ min: 0, max: 59 }), (points, minute) => {
        const track = createTrack(
          inOrder({
            times: points.map(([time]) => at(time)),
            kinds: points.map(([, kind]) => kind),
            samples: points.map((_, index) => index),
          }),
          FOR_EVER,
          RANGE,
        );
        const before = points.filter(([time]) => time <= minute);
        const newest = Math.max(...before.map(([time]) => time));
        const expected = before.filter(([time]) => time === newest).at(-1)?.[1] ?? -1;
        expect(track.kinds[spanAt(track, at(minute))] ?? -1).toBe(expected);
      }),
      { seed: 7 },
    );
  });

  it('have a step only where pauses are even', () => {
    expect(stepOf([0, 10, 20, 30, 90, 100])).toBe(10);
    expect(stepOf([0, 10, 25, 90, 300])).toBeUndefined();
    expect(stepOf([5])).toBeUndefined();
  });
});
