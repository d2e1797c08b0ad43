import { createDataFrame, FieldType, ThresholdsMode } from '@grafana/data';
import { type Case, mapping, metricTable, steps, testCases, thresholds } from './cases.fixture';
import { series, table } from './frames.fixture';

const CASES: readonly Case[] = [
  {
    given: 'codes, a foreign number and none, with a unit',
    frames: ['a', 'b', 'c', 'd'].map((device_id, index) =>
      series({ device_id }, [[3, 1, 6, Number.NaN][index]]),
    ),
    config: { unit: 'none' },
    tiles: ['a: error (error)', 'c: unknown (unknown)', 'd: no data (nodata)', 'b: online (online)'],
  },
  {
    given: 'codes beside a second query with another range',
    frames: [
      series({ device_id: 'a' }, [3]),
      series({ device_id: 'b' }, [1]),
      series({ __name__: 'load', device_id: 'a' }, [87], 'B'),
    ],
    tiles: ['a: error (error)', 'b: online (online)'],
  },
  {
    given: 'words that are not known',
    frames: [
      table({ host: ['a', 'b', 'c', 'd', 'e'], state: ['FATAL', 'Störung', 'dead', 'Standby', 'DOWN'] }),
    ],
    tiles: [
      'e: DOWN (offline)',
      'a: FATAL (unknown)',
      'b: Störung (unknown)',
      'c: dead (unknown)',
      'd: Standby (unknown)',
    ],
  },
  {
    given: 'codes as text when somebody says that they are codes',
    frames: [table({ host: ['a', 'b'], state: ['3', '1'] })],
    options: { statusCodes: 'always' },
    tiles: ['a: error (error)', 'b: online (online)'],
  },
  {
    given: 'thresholds in percent',
    frames: [table({ host: ['a', 'b', 'c'], load: [20, 60, 95] })],
    config: {
      min: 0,
      max: 100,
      ...thresholds(ThresholdsMode.Percentage, [0, 'green'], [50, 'orange'], [80, 'red']),
    },
    tiles: ['c: 95 (error)', 'b: 60 (warning)', 'a: 20 (online)'],
    legend: ['≥ 80 ×1', '50 – 80 ×1', '< 50 ×1'],
  },
  {
    given: 'an enum field',
    frames: [
      createDataFrame({
        fields: [
          { name: 'host', type: FieldType.string, values: ['a', 'b', 'c'] },
          {
            name: 'status',
            type: FieldType.enum,
            values: [0, 1, 2],
            config: { type: { enum: { text: ['running', 'failed', 'parked'] } } },
          },
        ],
      }),
    ],
    options: { statusCodes: 'always' },
    tiles: ['b: failed (error)', 'c: parked (unknown)', 'a: running (online)'],
  },
  {
    given: 'a mapping without a colour',
    frames: [table({ host: ['alpha', 'beta', 'gamma'], up: [1, 0, 2] })],
    config: mapping({ 0: { text: 'DOWN' }, 1: { text: 'UP' }, 2: { text: 'Parkiert' } }),
    tiles: ['beta: DOWN (offline)', 'gamma: Parkiert (unknown)', 'alpha: UP (online)'],
  },
  {
    given: 'a mapping without a colour beside the thresholds of every new panel',
    frames: [table({ host: ['alpha', 'beta'], up: [1, 0] })],
    config: { ...mapping({ 0: { text: 'DOWN' }, 1: { text: 'UP' } }), ...steps('green', [80, 'red']) },
    tiles: ['beta: DOWN (offline)', 'alpha: UP (online)'],
  },
  {
    given: "the user's thresholds on small numbers",
    frames: [table({ ifName: ['eth0', 'eth1', 'eth2'], ifOperStatus: [1, 2, 6] })],
    config: steps('green', [2, 'red']),
    tiles: ['eth1: 2 (error)', 'eth2: 6 (error)', 'eth0: 1 (online)'],
    legend: ['≥ 2 ×2', '< 2 ×1'],
  },
  {
    given: "the user's thresholds on our own metric",
    frames: [series({ device_id: 'a' }, [1]), series({ device_id: 'b' }, [2])],
    config: steps('green', [2, 'red']),
    tiles: ['b: 2 (error)', 'a: 1 (online)'],
  },
  {
    given: 'our own metric beside the thresholds of every new panel',
    frames: [series({ device_id: 'a' }, [3])],
    config: steps('green', [80, 'red']),
    tiles: ['a: error (error)'],
  },
  {
    given: 'a mapping that colours a word red',
    frames: [table({ host: ['a', 'b'], state: ['Up', 'Down'] })],
    config: mapping({ Down: { text: 'Down', color: 'red' }, Up: { text: 'Up', color: 'green' } }),
    tiles: ['b: Down (error)', 'a: Up (online)'],
  },
  ...['# f00', '# ff0000', 'hsl (0, 100%, 50%)', 'rgb (255, 0, 0)']
    .map((color) => color.replace(' ', ''))
    .map((color): Case => ({
      given: `the colour ${color}`,
      frames: [table({ host: ['a'], state: ['zu'] })],
      config: mapping({ zu: { text: 'zu', color } }),
      tiles: ['a: zu (error)'],
    })),
  {
    given: 'systemd units',
    frames: ['active', 'failed', 'inactive'].flatMap((state) =>
      [
        ['nginx.service', 'active'],
        ['cron.service', 'failed'],
        ['odd.service', 'none'],
      ].map(([name, current]) =>
        series(
          { __name__: 'node_systemd_unit_state', instance: 'h:1', name: name ?? '', type: 'simple', state },
          [state === current ? 1 : 0],
        ),
      ),
    ),
    tiles: [
      'cron.service: failed (error)',
      'odd.service: no data (nodata)',
      'nginx.service: active (online)',
    ],
  },
  {
    given: 'systemd units, only those that failed',
    frames: [
      series({ __name__: 'node_systemd_unit_state', instance: 'h:1', name: 'cron', state: 'failed' }, [1]),
      series({ __name__: 'node_systemd_unit_state', instance: 'h:1', name: 'nginx', state: 'failed' }, [0]),
    ],
    tiles: ['cron: failed (error)', 'nginx: not failed (unknown)'],
  },
  {
    given: 'phases of pods, as a table',
    frames: [
      metricTable(
        'kube_pod_status_phase',
        ['Running', 'Pending', 'Failed'].flatMap((phase) =>
          ['web-1', 'web-2'].map((pod): readonly [Record<string, string>, number] => [
            { namespace: 'shop', pod, phase },
            phase === (pod === 'web-1' ? 'Running' : 'Failed') ? 1 : 0,
          ]),
        ),
      ),
    ],
    tiles: ['web-2: Failed (error)', 'web-1: Running (online)'],
  },
  {
    given: 'flags with a state that are no state set',
    frames: [
      series({ __name__: 'devices', state: 'a', site: 'x' }, [1]),
      series({ __name__: 'devices', state: 'b', site: 'x' }, [1]),
    ],
    tiles: ['a: 1 (neutral)', 'b: 1 (neutral)'],
  },
  {
    given: 'a continuous colour scheme over many values',
    frames: [
      table({ host: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'], load: [0, 10, 30, 45, 60, 75, 90, 100] }),
    ],
    config: { color: { mode: 'continuous-GrYlRd' }, min: 0, max: 100 },
    tiles: [
      'h: 100 (neutral)',
      'g: 90 (neutral)',
      'f: 75 (neutral)',
      'e: 60 (neutral)',
      'd: 45 (neutral)',
      'c: 30 (neutral)',
      'b: 10 (neutral)',
      'a: 0 (neutral)',
    ],
    legend: ['75 – 100 ×3', '50 – 75 ×1', '25 – 50 ×2', '0 – 25 ×2'],
  },
  {
    given: 'a fixed colour over few values',
    frames: [table({ host: ['a', 'b', 'c'], load: [1, 2, 2] })],
    config: { color: { mode: 'fixed', fixedColor: 'blue' } },
    tiles: ['b: 2 (neutral)', 'c: 2 (neutral)', 'a: 1 (neutral)'],
    legend: ['2 ×2', '1 ×1'],
  },
  {
    given: 'a name that holds the word status',
    frames: [table({ host: ['a', 'b', 'c'], raid_status: [0, 1, 2] })],
    config: steps('green', [1, 'red']),
    tiles: ['b: 1 (error)', 'c: 2 (error)', 'a: 0 (online)'],
  },
  {
    given: 'a name that holds the word status and nothing else',
    frames: [table({ host: ['a', 'b', 'c'], raid_status: [0, 1, 2] })],
    tiles: ['a: 0 (neutral)', 'b: 1 (neutral)', 'c: 2 (neutral)'],
  },
  {
    given: 'values that are true or false',
    frames: [
      createDataFrame({
        fields: [
          { name: 'host', type: FieldType.string, values: ['a', 'b'] },
          { name: 'alarm', type: FieldType.boolean, values: [true, false] },
        ],
      }),
    ],
    tiles: ['a: true (neutral)', 'b: false (neutral)'],
  },
];

testCases("the states of other people's data", CASES);
