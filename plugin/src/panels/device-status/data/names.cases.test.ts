import { createDataFrame, FieldType } from '@grafana/data';
import { type Case, metricTable, testCases, up } from './cases.fixture';
import { series, table } from './frames.fixture';

const CASES: readonly Case[] = [
  {
    given: 'our metric with its name as a label',
    frames: [series({ device_id: 'MOCK-1' }, [1]), series({ device_id: 'MOCK-2' }, [3])],
    tiles: ['MOCK-2: error (error)', 'MOCK-1: online (online)'],
  },
  {
    given: 'our metric as a table with its name as a column',
    frames: [
      metricTable('valtronics_device_status', [
        [{ device_id: 'MOCK-1' }, 1],
        [{ device_id: 'MOCK-2' }, 3],
      ]),
    ],
    tiles: ['MOCK-2: error (error)', 'MOCK-1: online (online)'],
  },
  {
    given: 'a legend that sounds like a moment',
    frames: [
      series({ device_id: 'a' }, [1], 'A', { displayNameFromDS: 'Heartbeat sensor' }),
      series({ device_id: 'b' }, [3], 'Heartbeat', {}),
    ],
    tiles: ['b: error (error)', 'Heartbeat sensor: online (online)'],
  },
  {
    given: 'a legend that somebody wrote',
    frames: [
      up({ device_id: 'x1', instance: 'h:1' }, 1, 'Pump one'),
      up({ device_id: 'x2', instance: 'h:1' }, 1, 'Pump two'),
    ],
    tiles: ['Pump one: 1 (neutral)', 'Pump two: 1 (neutral)'],
  },
  {
    given: 'the legend that Prometheus makes when nobody wrote one',
    frames: [
      up({ instance: 'h:1', job: 'a' }, 1, 'up{instance="h:1", job="a"}'),
      up({ instance: 'h:2', job: 'a' }, 0, 'up{instance="h:2", job="a"}'),
    ],
    tiles: ['h:1: 1 (neutral)', 'h:2: 0 (neutral)'],
    legend: ['1 ×1', '0 ×1'],
  },
  {
    given: 'labels of which none names a device',
    frames: [up({ zone: 'north', rack: '1', job: 'a' }), up({ zone: 'north', rack: '2', job: 'a' })],
    tiles: ['1: 1 (neutral)', '2: 1 (neutral)'],
  },
  {
    given: 'labels that only tell apart together',
    frames: [up({ zone: 'n', rack: '1' }), up({ zone: 'n', rack: '2' }), up({ zone: 's', rack: '1' })],
    tiles: ['n · 1: 1 (neutral)', 'n · 2: 1 (neutral)', 's · 1: 1 (neutral)'],
  },
  {
    given: 'a display name made of columns',
    frames: [table({ name: ['pump', 'pump'], site: ['Oslo', 'Bergen'], status: ['ok', 'ok'] })],
    config: { displayName: '${__data.fields.site}/${__data.fields.name}' },
    tiles: ['Bergen/pump: ok (online)', 'Oslo/pump: ok (online)'],
  },
  {
    given: 'one name at two sites',
    frames: [table({ name: ['pump', 'pump'], site: ['Oslo', 'Bergen'], status: ['ok', 'failed'] })],
    tiles: ['pump · Bergen: failed (error)', 'pump · Oslo: ok (online)'],
  },
  {
    given: 'one name at two sites, grouped by them',
    frames: [table({ name: ['pump', 'pump'], site: ['Oslo', 'Bergen'], status: ['ok', 'failed'] })],
    options: { groupBy: 'site' },
    tiles: ['[Bergen] pump: failed (error)', '[Oslo] pump: ok (online)'],
  },
  {
    given: 'series reduced to rows without their labels',
    frames: [series({ device_id: 'a', job: 'x' }, [1, 3]), series({ device_id: 'b', job: 'x' }, [1, 1])],
    transformations: [{ id: 'reduce', options: { reducers: ['lastNotNull'], mode: 'seriesToRows' } }],
    tiles: ['a: 3 (neutral)', 'b: 1 (neutral)'],
  },
  {
    given: 'tables partitioned by a column, which became a label',
    frames: ['Oslo', 'Bergen'].map((site) =>
      createDataFrame({
        refId: 'A',
        fields: [
          { name: 'name', type: FieldType.string, values: ['pump', 'fan'], labels: { site } },
          { name: 'status', type: FieldType.string, values: ['ok', 'failed'], labels: { site } },
        ],
      }),
    ),
    options: { groupBy: 'site' },
    tiles: [
      '[Bergen] fan: failed (error)',
      '[Bergen] pump: ok (online)',
      '[Oslo] fan: failed (error)',
      '[Oslo] pump: ok (online)',
    ],
  },
  {
    given: 'tables partitioned by a column, which became part of the frame name',
    frames: ['Oslo', 'Bergen'].map((site) => ({
      ...table({ name: ['pump'], status: ['ok'] }),
      name: site,
    })),
    tiles: ['pump: ok (online)', 'pump: ok (online)'],
  },
  {
    given: 'a second query about other things with the same instance',
    frames: [
      series({ __name__: 'valtronics_device_status', device_id: 'a', instance: 'h:1' }, [3], 'A'),
      series({ __name__: 'up', instance: 'h:1' }, [1], 'B'),
      series({ __name__: 'pg_up', instance: 'h:1' }, [1], 'C'),
    ],
    tiles: ['a: error (error)', 'h:1 · pg_up: 1 (neutral)', 'h:1 · up: 1 (neutral)'],
  },
  {
    given: 'labels named like the insides of JavaScript',
    frames: [up({ constructor: 'x' }), up({ constructor: 'y' })],
    options: { groupBy: 'toString' },
    tiles: ['x: 1 (neutral)', 'y: 1 (neutral)'],
  },
  {
    given: 'words with umlauts in their order',
    frames: [table({ host: ['zeta', 'Ärger', 'alpha', 's10', 's9'], state: ['ok', 'ok', 'ok', 'ok', 'ok'] })],
    options: { sortBy: 'name' },
    tiles: [
      'alpha: ok (online)',
      'Ärger: ok (online)',
      's9: ok (online)',
      's10: ok (online)',
      'zeta: ok (online)',
    ],
  },
];

testCases("the names in other people's data", CASES);
