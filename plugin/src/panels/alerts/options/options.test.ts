import { describe, expect, it } from '@jest/globals';
import {
  FieldType,
  getPanelDataSummary,
  PanelOptionsEditorBuilder,
  standardEditorsRegistry,
  toDataFrame,
  type DataFrame,
} from '@grafana/data';
import { addOptions, labelChoices } from './add-options';
import { migrateOptions } from './migrate';
import { type AlertsOptions, defaultOptions } from './options';
import { suggestAlerts } from './suggestions';

const EDITORS = ['radio', 'multi-select', 'select', 'number', 'text', 'boolean'];
standardEditorsRegistry.setInit(() => EDITORS.map((id) => ({ id, name: id, editor: () => null })));

const editorOf = () => {
  const builder = new PanelOptionsEditorBuilder<AlertsOptions>();
  addOptions(builder);
  return builder.getItems();
};

describe('the editor', () => {
  it('has one entry for each option, with its default', () => {
    const defaults = Object.fromEntries(editorOf().map(({ path, defaultValue }) => [path, defaultValue]));
    expect(defaults).toEqual(defaultOptions);
  });

  it('is in sections, each with more than one option', () => {
    const sections = new Map<string | undefined, number>();
    for (const { category } of editorOf())
      sections.set(category?.[0], (sections.get(category?.[0]) ?? 0) + 1);
    expect([...sections.keys()]).toEqual(['What is listed', 'Filters', 'Order', 'Looks']);
    expect(Math.min(...sections.values())).toBeGreaterThan(1);
  });

  it('offers only what the source and the mode can do', () => {
    const offered = (options: Partial<AlertsOptions>): string[] =>
      editorOf()
        .filter(({ showIf }) => showIf?.({ ...defaultOptions, ...options }) !== false)
        .map(({ path }) => path);
    expect(offered({})).toEqual(editorOf().map(({ path }) => path));
    expect(offered({ source: 'query' })).not.toContain('showActions');
    expect(offered({ source: 'query' })).not.toContain('origins');
    expect(offered({ mode: 'changes' })).not.toContain('states');
    expect(offered({ mode: 'changes' })).not.toContain('sortBy');
  });

  it('proposes the usual labels and those of the answer, each once', () => {
    const field = { name: 'Value', type: FieldType.number, values: [1], labels: { zone: 'a', service: 'b' } };
    const names = labelChoices({ data: [toDataFrame({ fields: [field] })] }).map(({ value }) => value);
    expect(names).toContain('device_id');
    expect(names.filter((name) => name === 'service')).toHaveLength(1);
    expect(names.at(-1)).toBe('zone');
  });
});

describe('migrateOptions', () => {
  it('keeps what this version wrote', () => {
    const options: AlertsOptions = {
      ...defaultOptions,
      ...{ source: 'query', mode: 'changes', origins: ['grafana'], states: [], severities: ['page'] },
      ...{ matchers: 'a="b"', groupBy: 'service', sortBy: 'name', labels: ['job'], maxRows: 5 },
    };
    expect(migrateOptions({ options })).toEqual(options);
  });

  it('fills in what is missing', () => {
    expect(migrateOptions({ options: {} })).toEqual(defaultOptions);
    expect(migrateOptions({ options: { density: 'compact' } })).toEqual({
      ...defaultOptions,
      density: 'compact',
    });
  });

  it('replaces what it does not know by the default, or leaves it out of lists', () => {
    const written: unknown = {
      ...{ source: 'loki', mode: 7, sortBy: null, density: 'huge', maxRows: -1 },
      ...{ origins: ['store', 'pigeons'], states: 'active', severities: ['critical', 4] },
    };
    const isOptions = (value: unknown): value is Partial<AlertsOptions> => typeof value === 'object';
    expect(migrateOptions({ options: isOptions(written) ? written : {} })).toEqual({
      ...defaultOptions,
      origins: ['store'],
      severities: ['critical'],
    });
  });
});

describe('suggestions', () => {
  const suggested = (...frames: DataFrame[]) => suggestAlerts(getPanelDataSummary(frames));
  const series = (labels: Record<string, string>) =>
    toDataFrame({
      fields: [
        { name: 'Time', type: FieldType.time, values: [1] },
        { name: 'Value', type: FieldType.number, values: [1], labels },
      ],
    });

  it('come for alerts, and show those of the query', () => {
    expect(suggested(series({ alertname: 'A' }))?.map(({ options }) => options)).toEqual([
      { source: 'query' },
    ]);
  });

  it('do not come for anything else', () => {
    expect(suggested(series({ device_id: 'A' }))).toBeUndefined();
    expect(suggested()).toBeUndefined();
  });
});
