import { describe, expect, it } from '@jest/globals';
import {
  applyFieldOverrides,
  createDataFrame,
  type DataFrame,
  type DataTransformerConfig,
  type FieldConfig,
  FieldType,
  getFieldDisplayValuesProxy,
  MappingType,
  standardFieldConfigEditorRegistry,
  standardTransformers,
  standardTransformersRegistry,
  ThresholdsMode,
  transformDataFrame,
} from '@grafana/data';
import { lastValueFrom } from 'rxjs';
import { defaultOptions, type DeviceStatusOptions } from '../options/options';
import { NOW, series, theme } from './frames.fixture';
import { createPrepareMemory } from '../../../kit/frames/prepare-memory';
import { prepareDevices } from './prepare';
import type { Interpolate } from '../../../kit/frames/read-frames';

/**
 * Other people's ordinary data, as Grafana hands it to the panel: frames through transformations and the field
 * options of Grafana itself; out come tiles and legend.
 */
export interface Case {
  readonly given: string;
  readonly frames: DataFrame[];
  readonly transformations?: DataTransformerConfig[];
  readonly config?: FieldConfig;
  readonly options?: Partial<DeviceStatusOptions>;
  /** Each tile in order: `name: text (status)`, with `~` behind what is stale and `[group]` before a grouped one. */
  readonly tiles: readonly string[];
  /** Each entry: `label ×count`. */
  readonly legend?: readonly string[];
}

// Outside of Grafana there is no other way to its transformations.
// eslint-disable-next-line @typescript-eslint/no-deprecated
const own = standardTransformers;

standardTransformersRegistry.setInit(() =>
  [
    own.organizeFieldsTransformer,
    own.filterFieldsTransformer,
    own.filterFieldsByNameTransformer,
    own.orderFieldsTransformer,
    own.renameFieldsTransformer,
    own.groupByTransformer,
    own.reduceTransformer,
  ].map((transformation) => ({
    id: transformation.id,
    name: transformation.name,
    transformation: () => Promise.resolve(transformation),
    editor: () => null,
    imageDark: '',
    imageLight: '',
  })),
);

// Grafana registers its own editors with what they make of a setting; here each takes it over.
standardFieldConfigEditorRegistry.setInit(() =>
  ['displayName', 'unit', 'min', 'max', 'decimals', 'noValue', 'mappings', 'thresholds', 'color'].map(
    (id) => ({
      id,
      path: id,
      name: id,
      editor: () => null,
      override: () => null,
      process: (value: unknown) => value,
      shouldApply: () => true,
      settings: {},
    }),
  ),
);

interface RowContext {
  readonly frame: DataFrame;
  readonly rowIndex: number;
}

function isRowContext(value: unknown): value is RowContext {
  return typeof value === 'object' && value !== null && 'frame' in value && 'rowIndex' in value;
}

/** Variables of a row and of the dashboard, as Grafana fills them in. */
const interpolate: Interpolate = (text, scope) => {
  const context: unknown = scope?.__dataContext?.value;
  return text
    .replace(/\$by\b/g, 'site')
    .replace(/\$\{__data\.fields\.(\w+)\}/g, (whole, name: string) =>
      isRowContext(context) ? (getFieldDisplayValuesProxy(context)[name]?.text ?? '') : whole,
    );
};

/** What the panel makes of a case. */
export async function tilesOf({ frames, transformations = [], config = {}, options = {} }: Case) {
  const transformed = await lastValueFrom(transformDataFrame(transformations, frames));
  const data = applyFieldOverrides({
    data: transformed,
    fieldConfig: { defaults: config, overrides: [] },
    replaceVariables: (text) => text,
    theme,
    timeZone: 'utc',
  });
  return prepareDevices(
    {
      frames: data,
      options: { ...defaultOptions, ...options },
      theme,
      timeZone: 'utc',
      now: NOW,
      end: NOW,
      interpolate,
    },
    createPrepareMemory(),
  );
}

/** Thresholds of the field's options. */
export function thresholds(
  mode: ThresholdsMode,
  ...steps: readonly (readonly [number, string])[]
): FieldConfig {
  return {
    color: { mode: 'thresholds' },
    thresholds: { mode, steps: steps.map(([value, color]) => ({ value, color })) },
  };
}

/** As {@link thresholds}, of a first colour and others from given values on. */
export const steps = (base: string, ...rest: readonly (readonly [number, string])[]) =>
  thresholds(ThresholdsMode.Absolute, [-Infinity, base], ...rest);

/** Value mappings of the field's options. */
export function mapping(options: Record<string, { text?: string; color?: string }>): FieldConfig {
  return { mappings: [{ type: MappingType.ValueToText, options }] };
}

/** A Prometheus table of the metric: a column for every label. */
export function metricTable(
  metric: string,
  rows: readonly (readonly [Record<string, string>, number])[],
  refId = 'A',
) {
  const labels = Object.keys(rows[0]?.[0] ?? {});
  return createDataFrame({
    refId,
    fields: [
      { name: 'Time', type: FieldType.time, values: rows.map(() => NOW) },
      { name: '__name__', type: FieldType.string, values: rows.map(() => metric) },
      ...labels.map((name) => ({
        name,
        type: FieldType.string,
        values: rows.map(([row]) => row[name] ?? ''),
      })),
      { name: 'Value', type: FieldType.number, values: rows.map(([, value]) => value) },
    ],
  });
}

/** A series of the metric `up`, with the legend that the data source gave it. */
export const up = (labels: Record<string, string>, value = 1, legend?: string) =>
  series(
    { __name__: 'up', ...labels },
    [value],
    'A',
    legend === undefined ? {} : { displayNameFromDS: legend },
  );

/** A test for each case: its tiles and, where the case names it, its legend. */
export function testCases(title: string, cases: readonly Case[]): void {
  describe(title, () => {
    it.each(cases)('$given', async (example) => {
      const { devices, counts } = await tilesOf(example);
      expect(
        devices.map(({ group, name, text, category, stale }) => {
          const place = group === '' ? '' : `[${group}] `;
          return `${place}${name}: ${text} (${category.status})${stale ? '~' : ''}`;
        }),
      ).toEqual(example.tiles);
      if (example.legend !== undefined) {
        expect(counts.map(({ category, count }) => `${category.label} ×${count}`)).toEqual(example.legend);
      }
    });
  });
}
