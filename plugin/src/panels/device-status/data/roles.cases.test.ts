import { expect, it } from '@jest/globals';
import { createDataFrame, FieldType } from '@grafana/data';
import { type Case, mapping, testCases, tilesOf } from './cases.fixture';
import { NOW, series, table } from './frames.fixture';

const CASES: readonly Case[] = [
  {
    given: 'ids that are numbers',
    frames: [
      createDataFrame({
        fields: [
          { name: 'device_id', type: FieldType.number, values: [17, 18, 19] },
          { name: 'status', type: FieldType.number, values: [1, 2, 3] },
        ],
      }),
    ],
    tiles: ['17: 1 (neutral)', '18: 2 (neutral)', '19: 3 (neutral)'],
  },
  {
    given: 'renamed columns',
    frames: [table({ device_id: ['a', 'b'], status: ['ok', 'failed'] })],
    transformations: [
      {
        id: 'organize',
        options: {
          renameByName: { device_id: 'Gerät', status: 'Zustand' },
          indexByName: {},
          excludeByName: {},
        },
      },
    ],
    tiles: ['b: failed (error)', 'a: ok (online)'],
  },
  {
    given: 'columns renamed to known names',
    frames: [table({ kennung: ['a', 'b'], n: [7, 8], z: ['ok', 'failed'] })],
    transformations: [
      {
        id: 'organize',
        options: { renameByName: { kennung: 'Device ID', z: 'Status' }, indexByName: {}, excludeByName: {} },
      },
    ],
    tiles: ['b: failed (error)', 'a: ok (online)'],
  },
  {
    given: 'a chosen column under its new name',
    frames: [table({ device_id: ['a', 'b'], status: [1, 2], zustand: ['ok', 'failed'] })],
    transformations: [
      { id: 'organize', options: { renameByName: { zustand: 'Lage' }, indexByName: {}, excludeByName: {} } },
    ],
    options: { valueField: 'Lage' },
    tiles: ['b: failed (error)', 'a: ok (online)'],
  },
  {
    given: 'a grouping',
    frames: [table({ device: ['a', 'b', 'a'], status: ['ok', 'failed', 'failed'], site: ['x', 'y', 'x'] })],
    transformations: [
      {
        id: 'groupBy',
        options: {
          fields: {
            device: { operation: 'groupby', aggregations: [] },
            status: { operation: 'aggregate', aggregations: ['last'] },
          },
        },
      },
    ],
    options: { valueField: 'status' },
    tiles: ['a: failed (error)', 'b: failed (error)'],
  },
  {
    given: 'series reduced to rows',
    frames: [series({ device_id: 'a', job: 'x' }, [1, 3]), series({ device_id: 'b', job: 'x' }, [1, 1])],
    transformations: [
      { id: 'reduce', options: { reducers: ['lastNotNull'], mode: 'seriesToRows', labelsToFields: true } },
    ],
    options: { statusCodes: 'always' },
    tiles: ['a: error (error)', 'b: online (online)'],
  },
  {
    given: 'series in the cells of a table',
    frames: [
      createDataFrame({
        refId: 'A',
        fields: [
          { name: 'device_id', type: FieldType.string, values: ['a', 'b'] },
          {
            name: 'Trend #A',
            type: FieldType.frame,
            values: [3, 1].map((value) => ({ ...series({}, [1, value]), value })),
          },
        ],
      }),
    ],
    options: { statusCodes: 'always' },
    tiles: ['a: error (error)', 'b: online (online)'],
  },
  {
    given: 'a series whose last points are missing',
    frames: [series({ device_id: 'a' }, [1, 1, null, null])],
    tiles: ['a: no data (nodata)'],
  },
  {
    given: 'a series that ended half an hour ago',
    frames: [
      series({ device_id: 'a' }, [1, 1, 1]),
      createDataFrame({
        refId: 'A',
        fields: [
          { name: 'Time', type: FieldType.time, values: [40, 35, 30].map((ago) => NOW - ago * 60_000) },
          {
            name: 'Value',
            type: FieldType.number,
            labels: { __name__: 'valtronics_device_status', device_id: 'b' },
            values: [1, 1, 1],
            config: { interval: 60_000 },
          },
        ],
      }),
    ],
    tiles: ['b: online (online)~', 'a: online (online)'],
  },
  {
    given: 'a name of a moment, and a number that is none',
    frames: [table({ device: ['a'], state: ['ok'], since: [12] })],
    tiles: ['a: ok (online)'],
  },
  {
    given: 'a text and a time',
    frames: [
      createDataFrame({
        fields: [
          { name: 'ts', type: FieldType.time, values: [NOW, NOW] },
          { name: 'message', type: FieldType.string, values: ['x', 'y'] },
        ],
      }),
    ],
    tiles: [],
  },
  {
    given: 'groups by a mapped number',
    frames: [
      table(
        { device: ['a', 'b'], line: [1, 2], status: ['ok', 'ok'] },
        { line: mapping({ 1: { text: 'Halle 1' }, 2: { text: 'Halle 2' } }) },
      ),
    ],
    options: { groupBy: 'line' },
    tiles: ['[Halle 1] a: ok (online)', '[Halle 2] b: ok (online)'],
  },
  {
    given: 'groups by a renamed column',
    frames: [table({ device: ['a', 'b'], loc: ['x', 'y'], status: ['ok', 'ok'] })],
    transformations: [
      { id: 'organize', options: { renameByName: { loc: 'Ort' }, indexByName: {}, excludeByName: {} } },
    ],
    options: { groupBy: 'Ort' },
    tiles: ['[x] a: ok (online)', '[y] b: ok (online)'],
  },
  {
    given: 'groups by a variable',
    frames: [table({ device: ['a'], site: ['Oslo'], status: ['ok'] })],
    options: { groupBy: '$by' },
    tiles: ['[Oslo] a: ok (online)'],
  },
  {
    given: 'only when devices were last seen',
    frames: [table({ device: ['a', 'b'], last_seen: [NOW - 60_000, NOW - 120_000] })],
    tiles: ['a: 2027-01-15 07:59:00 (unknown)', 'b: 2027-01-15 07:58:00 (unknown)'],
  },
];

testCases("the columns of other people's data", CASES);

it('says which field is missing', async () => {
  const message = CASES.find(({ given }) => given === 'a text and a time');
  expect(message && (await tilesOf(message)).unread).toEqual([
    { missing: 'value', fields: ['ts', 'message'] },
  ]);
});
