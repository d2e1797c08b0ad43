import { describe, expect, it } from '@jest/globals';
import {
  createDataFrame,
  type FieldConfig,
  FieldType,
  getPanelDataSummary,
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  ThresholdsMode,
  VisualizationSuggestionScore,
} from '@grafana/data';
import { plugin } from '../module';
import { changePanelType, migrateOptions } from './migrate';
import { defaultOptions, type DeviceStatusOptions } from './options';
import { suggestDeviceStatus } from './suggestions';

describe('migrateOptions', () => {
  it('fills what an older version did not write and keeps what was set', () => {
    expect(migrateOptions({ options: { groupBy: 'location' } })).toEqual({
      ...defaultOptions,
      groupBy: 'location',
    });
  });

  it('replaces a layout that is not known', () => {
    const options: object = { layout: 'circles' };
    expect(migrateOptions({ options }).layout).toBe('honeycomb');
  });

  it('changes nothing in options of this version', () => {
    expect(migrateOptions({ options: defaultOptions })).toEqual(defaultOptions);
  });
});

describe('status codes of saved dashboards', () => {
  const codes = (expr: string, options: Partial<DeviceStatusOptions> = {}) =>
    migrateOptions({ options, targets: [{ refId: 'A', ...{ expr } }] }).statusCodes;

  it('stay where a query asks for them', () => {
    expect(codes('max by (device_id) (valtronics_device_status)')).toBe('always');
    expect(codes('valtronics_device_status', { statusCodes: 'never' })).toBe('never');
  });

  it('are not found in other metrics', () => {
    expect(codes('valtronics_device_status_since_timestamp_seconds')).toBe('auto');
    expect(codes('raid_status')).toBe('auto');
  });
});

describe('after another kind of panel', () => {
  const change = (value: number) => {
    const steps = [
      { value: -Infinity, color: 'green' },
      { value, color: 'red' },
    ];
    const defaults: FieldConfig = { thresholds: { mode: ThresholdsMode.Absolute, steps } };
    const panel = { id: 1, type: '', options: defaultOptions, fieldConfig: { defaults, overrides: [] } };
    changePanelType(panel, 'timeseries', {}, panel.fieldConfig);
    return defaults.thresholds;
  };

  it('has no thresholds that nobody chose', () => {
    expect(change(80)).toBeUndefined();
    expect(change(90)).toBeDefined();
  });
});

const EDITORS = ['radio', 'slider', 'select', 'boolean', 'number'];
const STANDARD = [
  'unit',
  'decimals',
  'displayName',
  'color',
  'noValue',
  'links',
  'mappings',
  'thresholds',
  'actions',
];

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

describe('the panel', () => {
  it('has an editor whose defaults are the defaults', () => {
    expect(plugin.defaults).toEqual(defaultOptions);
  });

  it('calls no number healthy before somebody says what is', () => {
    expect(plugin.fieldConfigDefaults.defaults.thresholds?.steps).toEqual([
      { value: -Infinity, color: 'text' },
    ]);
  });

  it('keeps every standard field option', () => {
    expect(plugin.fieldConfigRegistry.list().map(({ id }) => id)).toEqual(expect.arrayContaining(STANDARD));
  });
});

describe('suggestDeviceStatus', () => {
  const suggest = (name: string) =>
    suggestDeviceStatus(
      getPanelDataSummary([
        createDataFrame({
          fields: [
            { name, type: FieldType.string, values: ['a'] },
            { name: 'status', type: FieldType.number, values: [1] },
          ],
        }),
      ]),
    );

  it('suggests itself strongly for devices, mildly for hosts, not at all for the rest', () => {
    expect(suggest('device_id')?.[0]?.score).toBe(VisualizationSuggestionScore.Best);
    expect(suggest('host')?.[0]?.score).toBe(VisualizationSuggestionScore.OK);
    expect(suggest('colour')).toBeUndefined();
    expect(suggestDeviceStatus(getPanelDataSummary([]))).toBeUndefined();
  });
});
