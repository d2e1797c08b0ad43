import { type DataFrame, dateTimeFormat, type Field, type GrafanaTheme2 } from '@grafana/data';
import { grafanaLanguage } from '../../../kit/words/numbers';
import type { DeviceStatusOptions } from '../options/options';
import { arrange } from './arrange';
import { classify } from '../../../kit/frames/bands';
import type { Device, DeviceSet } from './device';
import { joinReadings, type Joined } from './join';
import { categoriesIn, type PrepareMemory, statusCategories } from '../../../kit/frames/prepare-memory';
import { type Interpolate, readFrames } from '../../../kit/frames/read-frames';
import { sortNames } from '../../../kit/frames/sort-name';
import { type Appraisal, createAppraiser, type StateContext } from '../../../kit/frames/state';

export interface PrepareInput {
  readonly frames: readonly DataFrame[];
  readonly options: DeviceStatusOptions;
  readonly theme: GrafanaTheme2;
  readonly timeZone: string;
  /** Milliseconds since the epoch; what a chosen age is measured against. */
  readonly now: number;
  /** End of the time range in milliseconds since the epoch: what the end of a series is measured against. */
  readonly end: number;
  readonly interpolate: Interpolate;
}

/** A table without a value says of its devices only when they were last seen. */
function appraiseMoment({ seen }: Joined, context: StateContext): Appraisal {
  const category = context.statusCategory('unknown');
  const text = seen === null ? category.label : dateTimeFormat(seen, { timeZone: context.timeZone });
  return { text, value: Number.NaN, category };
}

function appraiseAll(joined: readonly Joined[], context: StateContext): readonly Appraisal[] {
  const appraisers = new Map<Field, (raw: unknown) => Appraisal>();
  let lastField: Field | undefined;
  let lastAppraiser: ((raw: unknown) => Appraisal) | undefined;
  return joined.map((device) => {
    const { raw, cell } = device.reading;
    const { field, columns } = cell;
    if (columns !== undefined && field === columns.seen) return appraiseMoment(device, context);
    let appraiser = field === lastField ? lastAppraiser : appraisers.get(field);
    if (appraiser === undefined) {
      appraiser = createAppraiser(cell, context);
      appraisers.set(field, appraiser);
    }
    lastField = field;
    lastAppraiser = appraiser;
    return appraiser(raw);
  });
}

/** All devices of the query's answer, formatted by the fields' options, grouped and sorted. Pure but for `memory`, which only saves time. */
export function prepareDevices(input: PrepareInput, memory: PrepareMemory): DeviceSet {
  const { frames, theme, timeZone, now, end, interpolate } = input;
  const options = { ...input.options, groupBy: interpolate(input.options.groupBy) };
  const categories = categoriesIn(memory, theme);
  const { readings, unread } = readFrames(frames, { options, interpolate, end });
  const joined = joinReadings(readings);
  const appraisals = appraiseAll(joined, {
    theme,
    timeZone,
    categories,
    statusCodes: options.statusCodes,
    statusCategory: statusCategories(theme, categories),
    bandNames: new Map<string, string>(),
  });
  const classes = classify(appraisals, categories);
  const sortKeys = sortNames(
    joined.map(({ name }) => name),
    grafanaLanguage(),
    memory.order,
  );
  const oldest = options.staleAfter > 0 ? now - options.staleAfter * 1000 : undefined;
  const devices: Device[] = [];
  joined.forEach(({ key, name, reading, since, seen, extras }, index) => {
    const appraisal = appraisals[index];
    const category = classes[index];
    if (appraisal === undefined || category === undefined) return;
    devices.push({
      key,
      id: reading.id,
      name,
      sortName: sortKeys[index] ?? '',
      group: reading.group,
      category,
      text: appraisal.text,
      value: appraisal.value,
      since,
      seen,
      stale: oldest === undefined ? reading.ended : seen !== null && seen < oldest,
      cell: reading.cell,
      extras,
    });
  });
  return { ...arrange(devices, options), unread };
}
