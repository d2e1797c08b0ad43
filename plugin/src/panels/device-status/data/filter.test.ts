import { describe, expect, it } from '@jest/globals';
import { createDataFrame, createTheme, FieldType } from '@grafana/data';
import { defaultOptions } from '../options/options';
import { NO_FILTER } from '../../../kit/legend/filter';
import { filterDevices } from './filter';
import { createPrepareMemory } from '../../../kit/frames/prepare-memory';
import { prepareDevices } from './prepare';

const set = prepareDevices(
  {
    frames: [
      createDataFrame({
        fields: [
          { name: 'device_id', type: FieldType.string, values: ['M-1', 'M-2', 'M-3'] },
          { name: 'name', type: FieldType.string, values: ['Pump North', 'Pump South', 'Valve North'] },
          { name: 'valtronics_device_status', type: FieldType.number, values: [1, 3, 3] },
        ],
      }),
    ],
    options: defaultOptions,
    theme: createTheme(),
    timeZone: 'utc',
    now: 0,
    end: 0,
    interpolate: (text) => text,
  },
  createPrepareMemory(),
);
const names = (search: string, categories: readonly string[] = []) =>
  filterDevices(
    set,
    {
      search,
      categories: new Map(
        set.counts.flatMap(({ category }) =>
          categories.includes(category.key) ? [[category.key, category]] : [],
        ),
      ),
    },
    defaultOptions,
  ).devices.map(({ name }) => name);

describe('filterDevices', () => {
  it('gives back the very same set without a filter', () => {
    expect(filterDevices(set, NO_FILTER, defaultOptions)).toBe(set);
  });

  it('wants every word, in name, id or value, in any case', () => {
    expect(names('pump north')).toEqual(['Pump North']);
    expect(names('m-3')).toEqual(['Valve North']);
    expect(names('ERROR')).toEqual(['Pump South', 'Valve North']);
    expect(names('pump error')).toEqual(['Pump South']);
  });

  it('takes signs of regular expressions as they are', () => {
    expect(names('.*')).toEqual([]);
  });

  it('isolates categories', () => {
    const [error] = set.counts;
    expect(names('', [error?.category.key ?? ''])).toEqual(['Pump South', 'Valve North']);
  });
});
