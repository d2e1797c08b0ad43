import { expect, it } from '@jest/globals';
import { defaultOptions } from '../options/options';
import { describeRoles } from '../../../kit/frames/describe-roles';
import { series, table } from './frames.fixture';

it('says for each query what is taken for what', () => {
  const frames = [
    table({ device_id: ['a'], name: ['one'], status: ['ok'], site: ['x'], last_seen: [1] }),
    series({ device_id: 'a' }, [1], 'B'),
    series({ device_id: 'b' }, [1], 'B'),
    table({ name: ['a'], city: ['b'] }, {}, 'C'),
  ];
  expect(describeRoles(frames, { ...defaultOptions, groupBy: 'site' })).toEqual([
    {
      query: 'A',
      roles: [
        ['id', 'device_id'],
        ['name', 'name'],
        ['value', 'status'],
        ['group', 'site'],
        ['seen', 'last_seen'],
      ],
    },
    {
      query: 'B',
      roles: [
        ['id', 'device_id'],
        ['name', 'device_id'],
        ['value', 'Value'],
      ],
    },
    { query: 'C', roles: [] },
  ]);
});
