import { describe, expect, it } from '@jest/globals';
import { prepare, series, statesOf, table, at } from './frames.fixture';

describe('names', () => {
  it.each(['__proto__', 'constructor', '<img src=x onerror=alert(1)>', '🛰️', 'x'.repeat(5000), '%s ${a}'])(
    'like %j are data',
    (name) => {
      const set = prepare([
        table({ time: [at(0), at(30)], device: [name, name], state: ['ok', 'down'] }),
        series({ device_id: name }, [[0, 1]], { refId: 'B' }),
      ]);
      expect(set.rows).toHaveLength(2);
      expect(set.rows[0]?.id).toBe(name);
    },
  );

  it('are told apart where two are equal', () => {
    const label = (site: string) => series({ name: 'Pump', site }, [[0, 1]]);
    const set = prepare([label('Bern'), label('Oslo')], { gaps: 'never' });
    expect(set.rows.map(({ name }) => name)).toEqual(['Pump · Bern', 'Pump · Oslo']);
  });
});

describe('order', () => {
  const frames = () => [
    series({ device_id: 'A9' }, [
      [0, 1],
      [10, 2],
      [20, 1],
    ]),
    series({ device_id: 'A10' }, [
      [0, 3],
      [30, 1],
    ]),
    series({ device_id: 'A11' }, [[0, 4]]),
  ];
  const names = (sortBy: 'name' | 'status' | 'trouble' | 'changes', descending = false) =>
    prepare(frames(), { gaps: 'never', sortBy, descending }).rows.map(({ name }) => name);

  it.each([
    ['name', ['A9', 'A10', 'A11']],
    ['status', ['A11', 'A9', 'A10']],
    ['trouble', ['A11', 'A10', 'A9']],
    ['changes', ['A9', 'A10', 'A11']],
  ] as const)('by %s', (sortBy, expected) => {
    expect(names(sortBy)).toEqual(expected);
  });

  it('may be reversed', () => {
    expect(names('name', true)).toEqual(['A11', 'A10', 'A9']);
    expect(names('trouble', true)).toEqual(['A9', 'A10', 'A11']);
  });

  it('groups by a label, the group without one last', () => {
    const set = prepare(
      [
        series({ device_id: 'A', site: 'Oslo' }, [[0, 1]]),
        series({ device_id: 'B' }, [[0, 3]]),
        series({ device_id: 'C', site: 'Bern' }, [
          [0, 1],
          [30, 3],
        ]),
      ],
      { gaps: 'never', groupBy: 'site' },
    );
    expect(set.groups.map(({ name, first, count, online }) => [name, first, count, online])).toEqual([
      ['Bern', 0, 1, 0.5],
      ['Oslo', 1, 1, 1],
      ['', 2, 1, 0],
    ]);
    expect(statesOf(set, set.rows[0])).toEqual(['0-30 online', '30-60 error']);
  });
});
