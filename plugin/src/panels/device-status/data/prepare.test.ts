import { describe, expect, it } from '@jest/globals';
import {
  FieldColorModeId,
  type FieldConfig,
  MappingType,
  SpecialValueMatch,
  ThresholdsMode,
} from '@grafana/data';
import fc from 'fast-check';
import { NOW, prepare, series, shown, table, theme } from './frames.fixture';

describe('prepareDevices on a table', () => {
  it('reads a row per device with status codes, the most urgent first', () => {
    const set = prepare([
      table({
        device_id: ['A', 'B', 'C'],
        name: ['one', 'two', 'three'],
        valtronics_device_status: [1, 3, 4],
      }),
    ]);
    expect(shown(set)).toEqual(['two: error (error)', 'three: offline (offline)', 'one: online (online)']);
    expect(set.devices.map(({ id }) => id)).toEqual(['B', 'C', 'A']);
  });

  it('reads words as statuses', () => {
    const set = prepare([table({ device: ['a', 'b', 'c'], state: ['OK', 'Critical', 'maintenance'] })]);
    expect(shown(set)).toEqual(['b: Critical (error)', 'c: maintenance (maintenance)', 'a: OK (online)']);
  });

  it('does not take small whole numbers of other things for codes', () => {
    const set = prepare([table({ host: ['a', 'b'], load: [1, 3] })]);
    expect(set.devices.map(({ text }) => text).sort()).toEqual(['1', '3']);
  });

  it('obeys the option about codes', () => {
    const frame = () => table({ device_id: ['a'], status: [1] });
    expect(prepare([frame()], { statusCodes: 'never' }).devices[0]?.text).toBe('1');
    expect(prepare([table({ host: ['a'], load: [3] })], { statusCodes: 'always' }).devices[0]?.text).toBe(
      'error',
    );
  });

  it('lets value mappings win over codes', () => {
    const mappings = [
      { type: MappingType.ValueToText as const, options: { 1: { text: 'critical', color: 'red' } } },
    ];
    const set = prepare([
      table({ device_id: ['a'], valtronics_device_status: [1] }, { valtronics_device_status: { mappings } }),
    ]);
    expect(shown(set)).toEqual(['a: critical (error)']);
    expect(set.devices[0]?.category.color).toBe(theme.visualization.getColorByName('red'));
  });

  it('uses thresholds, unit and decimals, and names their bands in the legend', () => {
    const config: FieldConfig = {
      unit: 'celsius',
      decimals: 1,
      color: { mode: FieldColorModeId.Thresholds },
      thresholds: {
        mode: ThresholdsMode.Absolute,
        steps: [
          { value: -Infinity, color: 'green' },
          { value: 50, color: 'orange' },
          { value: 80, color: 'red' },
        ],
      },
    };
    const set = prepare([
      table({ host: ['a', 'b', 'c'], temperature: [20, 60, 81.26] }, { temperature: config }),
    ]);
    expect(shown(set)).toEqual(['c: 81.3 °C (error)', 'b: 60.0 °C (warning)', 'a: 20.0 °C (online)']);
    expect(set.counts.map(({ category }) => category.label)).toEqual([
      '≥ 80.0 °C',
      '50.0 °C – 80.0 °C',
      '< 50.0 °C',
    ]);
  });

  it('names the band of every field in its own unit', () => {
    const config = (unit: string): FieldConfig => ({
      unit,
      decimals: 0,
      color: { mode: FieldColorModeId.Thresholds },
      thresholds: {
        mode: ThresholdsMode.Absolute,
        steps: [
          { value: -Infinity, color: 'green' },
          { value: 50, color: 'red' },
        ],
      },
    });
    const [percent, warm] = [
      table({ host: ['a', 'b'], load: [20, 60] }, { load: config('percent') }),
      table({ host: ['c', 'd'], temperature: [20, 60] }, { temperature: config('celsius') }, 'B'),
    ];
    expect(
      prepare([percent, warm]).counts.map(({ category, count }) => `${category.label}: ${count}`),
    ).toEqual(['≥ 50 °C: 1', '≥ 50%: 1', '< 50 °C: 1', '< 50%: 1']);
  });

  it('gives each tile of a continuous colour scheme its own colour', () => {
    const config: FieldConfig = { color: { mode: 'continuous-BlPu' }, min: 0, max: 100 };
    const set = prepare([table({ host: ['a', 'b'], load: [0.5, 90] }, { load: config })]);
    expect(new Set(set.devices.map(({ category }) => category.color)).size).toBe(2);
    expect(set.devices.every(({ category }) => category.isScheme === true)).toBe(true);
  });

  it('shows missing values as no data, in the words of the field', () => {
    const frame = table({ device_id: ['a', 'b'], valtronics_device_status: [null, Number.NaN] });
    expect(shown(prepare([frame]))).toEqual(['a: no data (nodata)', 'b: no data (nodata)']);
    const own = table(
      { device_id: ['a'], valtronics_device_status: [null] },
      { valtronics_device_status: { noValue: 'silence' } },
    );
    expect(shown(prepare([own]))).toEqual(['a: silence (nodata)']);
    const mappings = [
      {
        type: MappingType.SpecialValue as const,
        options: { match: SpecialValueMatch.Null, result: { text: 'gone' } },
      },
    ];
    expect(
      shown(
        prepare([
          table(
            { device_id: ['a'], valtronics_device_status: [null] },
            { valtronics_device_status: { mappings } },
          ),
        ]),
      ),
    ).toEqual(['a: gone (nodata)']);
  });

  it('takes the newest of several rows of one device', () => {
    const set = prepare([
      table({
        Time: [NOW - 2, NOW - 1, NOW - 3],
        device_id: ['a', 'a', 'a'],
        valtronics_device_status: [1, 3, 1],
      }),
    ]);
    expect(shown(set)).toEqual(['a: error (error)']);
  });

  it('reads the start of the state and the last sign of life, in seconds or milliseconds', () => {
    const [device] = prepare([
      table({
        device_id: ['a'],
        valtronics_device_status: [1],
        since: [NOW / 1000 - 60],
        last_seen: [NOW - 5000],
      }),
    ]).devices;
    expect(device?.since).toBe(NOW - 60_000);
    expect(device?.seen).toBe(NOW - 5000);
  });

  it('marks what was last seen too long ago as stale, and only when asked to', () => {
    const frame = () =>
      table({
        device_id: ['a', 'b'],
        valtronics_device_status: [1, 1],
        last_seen: [NOW - 61_000, NOW - 59_000],
      });
    expect(prepare([frame()], { staleAfter: 60 }).devices.map(({ id, stale }) => [id, stale])).toEqual([
      ['a', true],
      ['b', false],
    ]);
    expect(prepare([frame()]).staleCount).toBe(0);
  });

  it('groups by a column, counts each group, and puts those without a value last', () => {
    const set = prepare(
      [
        table({
          device_id: ['a', 'b', 'c'],
          location: ['Lab 10', '', 'Lab 9'],
          valtronics_device_status: [1, 3, 1],
        }),
      ],
      { groupBy: 'location' },
    );
    expect(set.groups.map(({ name, count }) => [name, count])).toEqual([
      ['Lab 9', 1],
      ['Lab 10', 1],
      ['', 1],
    ]);
  });

  it('keeps devices without a name or id', () => {
    expect(prepare([table({ name: ['', '', 'x'], status: [1, 1, 1] })]).devices).toHaveLength(3);
  });

  it('has nothing to show without a value field', () => {
    expect(prepare([table({ name: ['a'], city: ['b'] })]).devices).toHaveLength(0);
    expect(prepare([]).devices).toHaveLength(0);
  });
});

describe('prepareDevices on series', () => {
  it('takes the newest value and finds when it began', () => {
    const [device] = prepare([series({ device_id: 'a', name: 'one' }, [1, 1, 3, 3])]).devices;
    expect(device).toMatchObject({ id: 'a', name: 'one', text: 'error', since: NOW - 60_000, seen: NOW });
  });

  it('does not know the start of a state that lasted all along', () => {
    expect(prepare([series({ device_id: 'a' }, [1, 1, 1])]).devices[0]?.since).toBeNull();
  });

  it('looks behind gaps that the series always has for the newest value', () => {
    const [device] = prepare([series({ device_id: 'a' }, [1, null, 3, null])]).devices;
    expect(device).toMatchObject({ text: 'error', seen: NOW - 60_000 });
  });

  it('keeps two series of one query apart, though their labels name the same thing', () => {
    const set = prepare([
      series({ instance: 'x', cpu: '0' }, [10]),
      series({ instance: 'x', cpu: '1' }, [20]),
    ]);
    expect(set.devices).toHaveLength(2);
    expect(new Set(set.devices.map(({ key }) => key)).size).toBe(2);
  });

  it('takes a display name from the field options', () => {
    const set = prepare([series({ device_id: 'a', name: 'one' }, [1], 'A', { displayName: 'unit 7' })]);
    expect(set.devices[0]?.name).toBe('unit 7');
  });
});

describe('prepareDevices on several queries', () => {
  it('joins them by device: the status colours, moments are read, the rest is added', () => {
    const set = prepare([
      series(
        { __name__: 'valtronics_device_telemetry', device_id: 'a', metric_name: 'pressure' },
        [969],
        'B',
      ),
      series({ __name__: 'valtronics_device_status', device_id: 'a' }, [3], 'A'),
      series(
        { __name__: 'valtronics_device_status_since_timestamp_seconds', device_id: 'a' },
        [NOW / 1000 - 30],
        'C',
      ),
      series(
        { __name__: 'valtronics_device_last_seen_timestamp_seconds', device_id: 'a' },
        [NOW / 1000 - 4],
        'D',
      ),
    ]);
    expect(set.devices).toHaveLength(1);
    expect(set.devices[0]).toMatchObject({ id: 'a', text: 'error', since: NOW - 30_000, seen: NOW - 4000 });
    expect(set.devices[0]?.extras).toHaveLength(1);
  });

  it('mixes tables and series', () => {
    const set = prepare([
      table({ device_id: ['a'], valtronics_device_status: [1] }),
      series({ device_id: 'b' }, [4], 'B'),
    ]);
    expect(set.devices.map(({ id }) => id)).toEqual(['b', 'a']);
  });
});

describe('the order of devices', () => {
  const frame = () => table({ device_id: ['s10', 's9', 's1'], valtronics_device_status: [2, 2, 2] });

  it('counts numbers in names as numbers', () => {
    expect(prepare([frame()]).devices.map(({ name }) => name)).toEqual(['s1', 's9', 's10']);
    expect(prepare([frame()], { sortBy: 'name', descending: true }).devices.map(({ name }) => name)).toEqual([
      's10',
      's9',
      's1',
    ]);
  });

  it('puts values that are not known last in both directions', () => {
    const values = () => table({ host: ['a', 'b', 'c'], load: [null, 10, 20] });
    for (const descending of [true, false]) {
      expect(prepare([values()], { sortBy: 'value', descending }).devices[2]?.name).toBe('a');
    }
  });

  it('does not depend on the order of the rows, and loses no device', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 40 }),
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 40, maxLength: 40 }),
        fc.constantFrom('severity' as const, 'name' as const, 'value' as const),
        (ids, codes, sortBy) => {
          const rows = ids.map((id, index) => ({ id, code: codes[index] ?? 0 }));
          const of = (some: typeof rows) =>
            prepare(
              [
                table({
                  device_id: some.map(({ id }) => id),
                  valtronics_device_status: some.map(({ code }) => code),
                }),
              ],
              {
                sortBy,
              },
            ).devices.map(({ key }) => key);
          expect(of([...rows].reverse())).toEqual(of(rows));
          expect(new Set(of(rows))).toEqual(new Set(ids));
        },
      ),
    );
  });
});
