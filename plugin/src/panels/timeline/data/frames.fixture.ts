import {
  createDataFrame,
  createTheme,
  type DataFrame,
  type FieldConfig,
  FieldType,
  getDisplayProcessor,
} from '@grafana/data';
import { defaultOptions, type TimelineOptions } from '../options/options';
import { createPrepareMemory } from '../../../kit/frames/prepare-memory';
import { prepareTimeline } from './prepare';
import type { Span, TimelineRow, TimelineSet } from './row';

/** Beginning of the range of the tests, milliseconds since the epoch; a minute later is `T + MINUTE`. */
export const T = 1_800_000_000_000;
export const MINUTE = 60_000;
/** One hour. */
export const RANGE: Span = { from: T, to: T + 60 * MINUTE };
export const theme = createTheme({ colors: { mode: 'dark' } });

/** Prepares frames with the default options and the display processors that Grafana would have set. */
export function prepare(
  frames: DataFrame[],
  options: Partial<TimelineOptions> = {},
  range: Span = RANGE,
): TimelineSet {
  for (const field of frames.flatMap((frame) => frame.fields))
    field.display ??= getDisplayProcessor({ field, theme });
  return prepareTimeline(
    {
      frames,
      options: { ...defaultOptions, ...options },
      theme,
      timeZone: 'utc',
      range,
      interpolate: (text) => text,
    },
    createPrepareMemory(),
  );
}

/** A moment of the tests: minutes after the beginning of the range. */
export const at = (minutes: number): number => T + minutes * MINUTE;

/** A series of the status metric with a value at each of the minutes. */
export function series(
  labels: Record<string, string>,
  points: readonly (readonly [minute: unknown, value: unknown])[],
  { config = {}, interval, type = FieldType.number, refId = 'A' }: SeriesShape = {},
): DataFrame {
  return createDataFrame({
    refId,
    fields: [
      {
        name: 'Time',
        type: FieldType.time,
        values: points.map(([minute]) => (typeof minute === 'number' ? at(minute) : minute)),
        config: interval === undefined ? {} : { interval },
      },
      {
        name: 'Value',
        type,
        labels: { __name__: 'valtronics_device_status', ...labels },
        values: points.map(([, value]) => value),
        config,
      },
    ],
  });
}

interface SeriesShape {
  readonly config?: FieldConfig;
  /** Milliseconds between samples, as the data source says. */
  readonly interval?: number;
  readonly type?: FieldType;
  readonly refId?: string;
}

/** A table; columns called `time`, `start` and `end` are moments. */
export function table(
  columns: Record<string, unknown[]>,
  config: Record<string, FieldConfig> = {},
  refId = 'A',
): DataFrame {
  const typeOf = (name: string, values: unknown[]) => {
    if (['time', 'start', 'end', 'changed_at'].includes(name)) return FieldType.time;
    return values.some((value) => typeof value === 'string') ? FieldType.string : FieldType.number;
  };
  return createDataFrame({
    refId,
    fields: Object.entries(columns).map(([name, values]) => ({
      name,
      values,
      config: config[name] ?? {},
      type: typeOf(name, values),
    })),
  });
}

/** The states of a row as `0-10 online`, minutes after the beginning of the range. */
export function statesOf({ categories }: TimelineSet, row: TimelineRow | undefined): string[] {
  if (row === undefined) throw new Error('there is no such row');
  const { from, to, kinds } = row.track;
  const minute = (time: number | undefined) => ((time ?? Number.NaN) - T) / MINUTE;
  return [...kinds].map(
    (kind, index) => `${minute(from[index])}-${minute(to[index])} ${categories[kind]?.label ?? ''}`,
  );
}

/** All rows with their states. */
export function shown(set: TimelineSet): Record<string, string[]> {
  return Object.fromEntries(set.rows.map((row) => [row.name, statesOf(set, row)]));
}
