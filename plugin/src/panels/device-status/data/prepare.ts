import type { DataFrame, Field, GrafanaTheme2 } from '@grafana/data';
import type { DeviceStatusOptions } from '../options/options';
import { type Appraisal, createAppraiser } from './appraise';
import { arrange } from './arrange';
import { categoryText, type CategoryInterner, createCategoryInterner } from './categories';
import { colorOfStatus } from './colors';
import type { Category, Device, DeviceSet } from './device';
import { joinReadings, type Joined } from './join';
import { type Reading, readFrames } from './read-frames';
import { sortNameOf } from './sort-name';
import type { Status } from './status';

export interface PrepareInput {
  readonly frames: readonly DataFrame[];
  readonly options: DeviceStatusOptions;
  readonly theme: GrafanaTheme2;
  readonly timeZone: string;
  /** Milliseconds since the epoch; what staleness is measured against. */
  readonly now: number;
}

/** What is worth keeping from one refresh to the next: names rarely change. */
export interface PrepareMemory {
  readonly sortNames: Map<string, string>;
  categories: CategoryInterner;
  /** The theme and language-dependent parts are thrown away with the theme. */
  theme: GrafanaTheme2 | undefined;
}

export function createPrepareMemory(): PrepareMemory {
  return { sortNames: new Map(), categories: createCategoryInterner(), theme: undefined };
}

const CODES = [0, 1, 2, 3, 4, 5];

/** Whether the values are Valtronics' codes: whole numbers 0 to 5 about things with a device id, and nobody formats them otherwise. */
function areCodes(joined: readonly Joined[], setting: DeviceStatusOptions['statusCodes']): boolean {
  if (setting !== 'auto') return setting === 'always';
  let numbers = 0;
  for (const { reading } of joined) {
    const { raw, cell } = reading;
    if (raw === null || raw === undefined) continue;
    if (typeof raw !== 'number' || !CODES.includes(raw)) return false;
    if ((cell.field.config.mappings?.length ?? 0) > 0 || (cell.field.config.unit ?? '') !== '') return false;
    numbers += 1;
  }
  return numbers > 0 && joined.some(({ reading }) => isAboutDevices(reading));
}

function isAboutDevices({ cell }: Reading): boolean {
  const { field, frame } = cell;
  return (
    field.labels?.device_id !== undefined ||
    frame.fields.some(({ name }) => name === 'device_id') ||
    /status|state/i.test(`${field.name} ${frame.name ?? ''} ${frame.refId ?? ''}`)
  );
}

function statusCategories(theme: GrafanaTheme2, { categories }: PrepareMemory): (status: Status) => Category {
  const known = new Map<Status, Category>();
  return (status) => {
    let category = known.get(status);
    if (category === undefined) {
      category = categories.of(categoryText(status), colorOfStatus(theme, status), status);
      known.set(status, category);
    }
    return category;
  };
}

/** All devices of the query's answer, formatted by the fields' options, grouped and sorted. Pure but for `memory`, which only saves time. */
export function prepareDevices(input: PrepareInput, memory: PrepareMemory): DeviceSet {
  const { frames, options, theme, timeZone, now } = input;
  if (memory.theme !== theme) {
    memory.theme = theme;
    memory.categories = createCategoryInterner();
  }
  const joined = joinReadings(readFrames(frames, options));
  const isCode = areCodes(joined, options.statusCodes);
  const context = {
    theme,
    timeZone,
    categories: memory.categories,
    isCode,
    statusCategory: statusCategories(theme, memory),
    bandNames: new Map<string, string>(),
  };
  const appraisers = new Map<Field, (raw: unknown) => Appraisal>();
  const oldest = options.staleAfter > 0 ? now - options.staleAfter * 1000 : Number.NEGATIVE_INFINITY;
  let lastField: Field | undefined;
  let lastAppraiser: ((raw: unknown) => Appraisal) | undefined;
  const devices = joined.map(({ key, reading, since, seen, extras }): Device => {
    const { field } = reading.cell;
    let appraiser = field === lastField ? lastAppraiser : appraisers.get(field);
    if (appraiser === undefined) {
      appraiser = createAppraiser(field, context);
      appraisers.set(field, appraiser);
    }
    lastField = field;
    lastAppraiser = appraiser;
    const { text, value, category } = appraiser(reading.raw);
    return {
      key,
      id: reading.id,
      name: reading.name,
      sortName: sortNameOf(reading.name, memory.sortNames),
      group: reading.group,
      category,
      text,
      value,
      since,
      seen,
      stale: seen !== null && seen < oldest,
      cell: reading.cell,
      extras,
    };
  });
  return arrange(devices, options);
}
