import { describe, expect, it } from '@jest/globals';
import {
  createDataFrame,
  FieldType,
  getPanelDataSummary,
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  VisualizationSuggestionScore,
} from '@grafana/data';
import { plugin } from '../module';
import { migrateOptions } from './migrate';
import { defaultOptions } from './options';
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
