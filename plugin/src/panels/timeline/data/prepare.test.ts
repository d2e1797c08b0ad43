import { describe, expect, it } from '@jest/globals';
import {
  createDataFrame,
  FieldColorModeId,
  FieldType,
  MappingType,
  SpecialValueMatch,
  ThresholdsMode,
  type ValueMapping,
} from '@grafana/data';
import { at, prepare, RANGE, series, shown, T, table } from './frames.fixture';

const STEP = { interval: 60_000 };
/** A sample each minute of the range. */
const every = (value: (minute: number) => unknown, minutes = 60) =>
  Array.from({ length: minutes + 1 }, (_, minute): [number, unknown] => [minute, value(minute)]);

describe('series', () => {
  it('are one row each, with equal neighbours made one state', () => {
    const set = prepare([
      series(
        { device_id: 'A' },
        every((minute) => (minute < 20 ? 1 : 3)),
        STEP,
      ),
    ]);
    expect(shown(set)).toEqual({ A: ['0-20 online', '20-60 error'] });
    expect(set.rows[0]?.id).toBe('A');
    expect(set.rows[0]?.category.label).toBe('error');
  });

  it('have gaps where samples are missing, after the last one too', () => {
    const points = every(() => 1, 40).filter(([minute]) => minute < 10 || minute > 20);
    const set = prepare([series({ device_id: 'A' }, points, STEP)]);
    expect(shown(set)).toEqual({ A: ['0-10 online', '21-41 online'] });
    expect(set.rows[0]?.category.status).toBe('nodata');
  });

  it('know their step without being told', () => {
    const points = every(() => 1).filter(([minute]) => minute < 10 || minute > 20);
    expect(shown(prepare([series({ device_id: 'A' }, points)]))).toEqual({
      A: ['0-10 online', '21-60 online'],
    });
  });

  it('hold from change to change where there are no steps', () => {
    const points: [number, unknown][] = [
      [1, 1],
      [2, 3],
      [31, 1],
      [35, 4],
    ];
    expect(shown(prepare([series({ device_id: 'A' }, points)]))).toEqual({
      A: ['1-2 online', '2-31 error', '31-35 online', '35-60 offline'],
    });
  });

  it('follow the rule for gaps that somebody chose', () => {
    const points: [number, unknown][] = [
      [0, 1],
      [5, 1],
      [30, 3],
    ];
    const frames = () => [series({ device_id: 'A' }, points, STEP)];
    expect(shown(prepare(frames(), { gaps: 'never' }))).toEqual({ A: ['0-30 online', '30-60 error'] });
    expect(shown(prepare(frames(), { gaps: 'after', gapAfter: 600 }))).toEqual({
      A: ['0-15 online', '30-40 error'],
    });
  });

  it('tell nothing known from unknown', () => {
    const set = prepare([
      series(
        { device_id: 'A' },
        every((minute) => (minute < 10 ? 0 : minute < 20 ? null : 1)),
        STEP,
      ),
    ]);
    expect(shown(set)).toEqual({ A: ['0-10 unknown', '20-60 online'] });
    expect(set.legend.map(({ category, time }) => [category.label, time / 60_000])).toEqual([
      ['unknown', 10],
      ['no data', 10],
      ['online', 40],
    ]);
  });

  it('take NaN and empty text as nothing known, and undefined as a sample of others', () => {
    const values = [1, Number.NaN, 1, undefined, 1, 3];
    const points = values.map((value, index): [number, unknown] => [index * 10, value]);
    expect(shown(prepare([series({ device_id: 'A' }, points)], { gaps: 'never' }))).toEqual({
      A: ['0-10 online', '20-50 online', '50-60 error'],
    });
  });

  it('may come unsorted, with doubled and with broken times', () => {
    const points: [unknown, unknown][] = [
      [30, 3],
      [0, 1],
      [10, 4],
      [10, 2],
      [null, 5],
      ['no time', 5],
      [20, 1],
    ];
    const set = prepare([series({ device_id: 'A' }, points)], { gaps: 'never' });
    expect(shown(set)).toEqual({ A: ['0-10 online', '10-20 warning', '20-30 online', '30-60 error'] });
  });

  it('are cut to the range, and what began before it counts', () => {
    const points: [number, unknown][] = [
      [-30, 3],
      [30, 1],
      [90, 3],
    ];
    const set = prepare([series({ device_id: 'A' }, points)], { gaps: 'never' });
    expect(shown(set)).toEqual({ A: ['0-30 error', '30-60 online'] });
    expect(set.rows[0]?.track.from[0]).toBe(RANGE.from);
  });

  it('may be fields of one frame, joined by Grafana', () => {
    const frame = createDataFrame({
      refId: 'A',
      fields: [
        { name: 'Time', type: FieldType.time, values: [at(0), at(10), at(20), at(30)] },
        { name: 'Value', type: FieldType.number, labels: { device_id: 'A' }, values: [1, undefined, 3, 3] },
        { name: 'Value', type: FieldType.number, labels: { device_id: 'B' }, values: [1, 1, null, 1] },
      ],
    });
    expect(shown(prepare([frame], { statusCodes: 'always', gaps: 'never' }))).toEqual({
      A: ['0-20 online', '20-60 error'],
      B: ['0-20 online', '30-60 online'],
    });
  });

  it('that come in pieces are one row', () => {
    const labels = { device_id: 'A' };
    const set = prepare([series(labels, [[0, 1]]), series(labels, [[30, 3]])], { gaps: 'never' });
    expect(shown(set)).toEqual({ A: ['0-30 online', '30-60 error'] });
  });

  it('of several queries and of mixed frames are rows beside each other', () => {
    const set = prepare(
      [
        series({ device_id: 'A' }, [[0, 1]]),
        series({ device_id: 'B' }, [[0, 3]], { refId: 'B' }),
        table({ time: [at(0)], device: ['C'], state: ['down'] }, {}, 'C'),
      ],
      { gaps: 'never', sortBy: 'name' },
    );
    expect(shown(set)).toEqual({ A: ['0-60 online'], B: ['0-60 error'], C: ['0-60 down'] });
  });

  it('keep an empty row where nothing is known of the whole range', () => {
    const set = prepare([series({ device_id: 'A' }, [[10, null]])]);
    expect(shown(set)).toEqual({ A: [] });
    expect(set.rows[0]?.category.label).toBe('no data');
    expect(set.rows[0]?.summary).toMatchObject({ known: 0, changes: 0, online: undefined });
  });
});

describe('tables of changes', () => {
  it('hold from row to row of the same device, in any order', () => {
    const set = prepare(
      [
        table({
          time: [at(20), at(0), at(5), at(40)],
          device: ['A', 'A', 'B', 'A'],
          state: ['error', 'online', 'maintenance', 'ok'],
        }),
      ],
      { sortBy: 'name' },
    );
    expect(shown(set)).toEqual({
      A: ['0-20 online', '20-40 error', '40-60 ok'],
      B: ['5-60 maintenance'],
    });
  });

  it('end where they say so', () => {
    const set = prepare([
      table({ start: [at(0), at(30)], end: [at(10), null], device: ['A', 'A'], state: ['error', 'warning'] }),
    ]);
    expect(shown(set)).toEqual({ A: ['0-10 error', '30-60 warning'] });
  });

  it('may call their moment a change, give seconds or dates', () => {
    const rows = { device: ['A', 'A'], state: ['ok', 'down'] };
    expect(shown(prepare([table({ ...rows, changed_at: [at(0), at(10)] })]))).toEqual({
      A: ['0-10 ok', '10-60 down'],
    });
    const seconds = table({ ...rows, moment: [T / 1000, at(10) / 1000] });
    expect(shown(prepare([seconds], { timeField: 'moment' }))).toEqual({ A: ['0-10 ok', '10-60 down'] });
    const dates = table({ ...rows, moment: [new Date(T).toISOString(), new Date(at(10)).toISOString()] });
    expect(shown(prepare([dates], { timeField: 'moment' }))).toEqual({ A: ['0-10 ok', '10-60 down'] });
  });

  it('say which columns there are when none is a moment', () => {
    const set = prepare([table({ device: ['A'], state: ['ok'] })]);
    expect(set.rows).toEqual([]);
    expect(set.unread).toEqual([['device', 'state']]);
  });

  it('group by a column, mapped as Grafana shows it', () => {
    const mappings: ValueMapping[] = [
      { type: MappingType.ValueToText, options: { 1: { text: 'Hall North' } } },
    ];
    const frame = table(
      { time: [at(0), at(0)], device: ['A', 'B'], site: [1, 2], state: ['ok', 'ok'] },
      { site: { mappings } },
    );
    const set = prepare([frame], { groupBy: 'site' });
    expect(set.groups.map(({ name, count }) => [name, count])).toEqual([
      ['2', 1],
      ['Hall North', 1],
    ]);
  });

  it('tell rows without a name apart by all their labels', () => {
    const frame = table({
      time: [at(0), at(0), at(30)],
      __name__: ['up', 'up', 'up'],
      job: ['one', 'two', 'one'],
      Value: [1, 1, 0],
    });
    expect(Object.keys(shown(prepare([frame])))).toHaveLength(2);
  });
});

describe('what values mean', () => {
  it('is said by mappings, of nothing too', () => {
    const mappings: ValueMapping[] = [
      { type: MappingType.ValueToText, options: { 7: { text: 'standing by', color: 'blue' } } },
      {
        type: MappingType.SpecialValue,
        options: { match: SpecialValueMatch.Null, result: { text: 'switched off' } },
      },
    ];
    const points: [number, unknown][] = [
      [0, 7],
      [20, null],
      [40, 7],
    ];
    const set = prepare([series({ device_id: 'A' }, points, { config: { mappings } })], { gaps: 'never' });
    expect(shown(set)).toEqual({ A: ['0-20 standing by', '20-40 switched off', '40-60 standing by'] });
  });

  it('is said by thresholds: values of one band are one state', () => {
    const config = {
      unit: 'celsius',
      color: { mode: FieldColorModeId.Thresholds },
      thresholds: {
        mode: ThresholdsMode.Absolute,
        steps: [
          { value: -Infinity, color: 'green' },
          { value: 70, color: 'red' },
        ],
      },
    };
    const points: [number, unknown][] = [
      [0, 20.5],
      [10, 33],
      [20, 71],
      [30, 95],
    ];
    const set = prepare([series({ device_id: 'A' }, points, { config })], { gaps: 'never' });
    expect(shown(set)).toEqual({ A: ['0-20 < 70 °C', '20-60 ≥ 70 °C'] });
    expect(set.rows[0]?.category.status).toBe('error');
  });

  it('is said by the words of an enum field', () => {
    const config = { type: { enum: { text: ['idle', 'error'] } } };
    const points: [number, unknown][] = [
      [0, 0],
      [30, 1],
    ];
    const frame = series({ device_id: 'A' }, points, { config, type: FieldType.enum });
    expect(shown(prepare([frame], { gaps: 'never' }))).toEqual({ A: ['0-30 idle', '30-60 error'] });
  });

  it('is a known word, in any case, or unknown', () => {
    const frame = table({ time: [at(0), at(30)], device: ['A', 'A'], state: ['DOWN', 'Störung'] });
    const set = prepare([frame]);
    expect(set.categories.map(({ label, status }) => [label, status])).toEqual([
      ['DOWN', 'offline'],
      ['Störung', 'unknown'],
    ]);
  });

  it('is no code for numbers of others', () => {
    const frame = series({ __name__: 'load', host: 'A' }, [
      [0, 1],
      [30, 3],
    ]);
    expect(prepare([frame], { gaps: 'never' }).categories.map(({ status }) => status)).toEqual([
      'neutral',
      'neutral',
    ]);
  });
});
