import { describe, expect, it } from '@jest/globals';
import {
  createDataFrame,
  type DataFrame,
  type FieldConfig,
  FieldType,
  getPanelDataSummary,
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  ThresholdsMode,
} from '@grafana/data';
import { describeTimeline } from '../data/describe';
import { at, series, table } from '../data/frames.fixture';
import { plugin } from '../module';
import { changePanelType } from './change-panel-type';
import { defaultOptions, type TimelineOptions } from './options';
import { suggestTimeline } from './suggestions';

const EDITORS = ['radio', 'slider', 'select', 'boolean', 'number'];
const STANDARD = ['unit', 'decimals', 'noValue', 'links', 'mappings', 'thresholds', 'actions'];

// Grafana registers its editors before it loads a panel.
standardEditorsRegistry.setInit(() => EDITORS.map((id) => ({ id, name: id, editor: () => null })));
standardFieldConfigEditorRegistry.setInit(() =>
  STANDARD.map((id) => ({
    id,
    path: id,
    name: id,
    editor: () => null,
    override: () => null,
    process: (value: unknown) => value,
    shouldApply: () => true,
    settings: {},
  })),
);

describe('suggestions', () => {
  const scores = (...frames: DataFrame[]) =>
    suggestTimeline(getPanelDataSummary(frames))?.map(({ score }) => score);

  it('come for states of devices over time, strongly for a status', () => {
    const status = series({ device_id: 'A' }, [
      [0, 1],
      [1, 3],
    ]);
    expect(scores(status)).toEqual([100]);
    expect(scores(table({ time: [at(0), at(1)], host: ['A', 'A'], mode: ['a', 'b'] }))).toEqual([50]);
  });

  it('do not come for one moment, nor for numbers of nothing', () => {
    expect(scores(series({ device_id: 'A' }, [[0, 1]]))).toBeUndefined();
    const numbers = createDataFrame({
      fields: [
        { name: 'Time', type: FieldType.time, values: [at(0), at(1)] },
        { name: 'load', type: FieldType.number, values: [1, 2] },
      ],
    });
    expect(scores(numbers)).toBeUndefined();
    expect(scores()).toBeUndefined();
  });
});

describe('the editor', () => {
  it('says what the fields of each query are taken for', () => {
    const frames = [
      table({ start: [at(0)], until: [at(1)], device: ['A'], state: ['ok'] }),
      table({ device: ['A'], state: ['ok'] }, {}, 'B'),
      series({ __name__: 'ALERTS', device_id: 'A' }, [[0, 1]], { refId: 'C' }),
    ];
    expect(describeTimeline(frames, defaultOptions)).toEqual([
      {
        query: 'A',
        roles: [
          ['id', 'device'],
          ['name', 'device'],
          ['value', 'state'],
          ['time', 'start'],
          ['end', 'until'],
        ],
      },
      { query: 'B', roles: [] },
      { query: 'C', roles: [['alerts', 'ALERTS']] },
    ]);
  });

  it('offers every option, with the default that the panel uses', () => {
    expect(plugin.defaults).toEqual(defaultOptions);
    expect(plugin.fieldConfigRegistry.list().map(({ id }) => id)).toEqual(expect.arrayContaining(STANDARD));
  });
});

describe('a change of the kind of panel', () => {
  const changed = (options: Partial<TimelineOptions>, defaults: FieldConfig = {}) => {
    const own = { ...defaultOptions, ...options };
    const panel = { id: 1, type: '', options: own, fieldConfig: { defaults, overrides: [] } };
    return changePanelType(panel, 'state-timeline', {}, panel.fieldConfig);
  };

  it('leaves the height of rows in another measure behind', () => {
    expect(changed({ rowHeight: 0.9 })).not.toHaveProperty('rowHeight');
    expect(changed({ rowHeight: 30 })).toHaveProperty('rowHeight', 30);
  });

  it('leaves thresholds behind that nobody chose', () => {
    const steps = [
      { value: -Infinity, color: 'green' },
      { value: 80, color: 'red' },
    ];
    const defaults: FieldConfig = { thresholds: { mode: ThresholdsMode.Absolute, steps } };
    changed({}, defaults);
    expect(defaults).toEqual({});
  });
});
