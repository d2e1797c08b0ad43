import {
  createDataFrame,
  createTheme,
  type DataFrame,
  type FieldConfig,
  FieldType,
  getDisplayProcessor,
} from '@grafana/data';
import { defaultOptions, type DeviceStatusOptions } from '../options/options';
import type { DeviceSet } from './device';
import { createPrepareMemory } from '../../../kit/frames/prepare-memory';
import { prepareDevices } from './prepare';

/** The moment at which the tests look, in milliseconds since the epoch. */
export const NOW = 1_800_000_000_000;
export const theme = createTheme({ colors: { mode: 'dark' } });

/** Prepares frames with the default options and the display processors that Grafana would have set. */
export function prepare(
  frames: DataFrame[],
  options: Partial<DeviceStatusOptions> = {},
  now = NOW,
): DeviceSet {
  for (const field of frames.flatMap((frame) => frame.fields))
    field.display ??= getDisplayProcessor({ field, theme });
  return prepareDevices(
    {
      frames,
      options: { ...defaultOptions, ...options },
      theme,
      timeZone: 'utc',
      now,
      end: now,
      interpolate: (text) => text,
    },
    createPrepareMemory(),
  );
}

const METRIC = { __name__: 'valtronics_device_status' };

interface Cells {
  readonly device_id?: string[];
  readonly name?: string[];
  readonly location?: string[];
  readonly [column: string]: unknown[] | undefined;
}

/** A table with a row per device; a column of text when any cell is text. */
export function table(columns: Cells, config: Record<string, FieldConfig> = {}, refId = 'A'): DataFrame {
  return createDataFrame({
    refId,
    fields: Object.entries(columns).map(([name, values = []]) => ({
      name,
      values,
      config: config[name] ?? {},
      type:
        name === 'Time'
          ? FieldType.time
          : values.some((value) => typeof value === 'string')
            ? FieldType.string
            : FieldType.number,
    })),
  });
}

/** A series of one value a minute that ends at {@link NOW}; of our own metric unless the labels name another. */
export function series(
  labels: Record<string, string>,
  values: unknown[],
  refId = 'A',
  config: FieldConfig = {},
): DataFrame {
  return createDataFrame({
    refId,
    fields: [
      {
        name: 'Time',
        type: FieldType.time,
        values: values.map((_, index) => NOW - (values.length - 1 - index) * 60_000),
      },
      { name: 'Value', type: FieldType.number, labels: { ...METRIC, ...labels }, values, config },
    ],
  });
}

/** Each device as `name: text (status)`. */
export function shown(set: DeviceSet): string[] {
  return set.devices.map(({ name, text, category }) => `${name}: ${text} (${category.status})`);
}
