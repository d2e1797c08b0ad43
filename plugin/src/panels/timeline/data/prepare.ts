import type { DataFrame, GrafanaTheme2 } from '@grafana/data';
import type { Category } from '../../../kit/frames/category';
import { compareCategories } from '../../../kit/frames/count-categories';
import { nameReadings } from '../../../kit/frames/names';
import { categoriesIn, type PrepareMemory, statusCategories } from '../../../kit/frames/prepare-memory';
import type { Interpolate } from '../../../kit/frames/read-frames';
import { sortNames } from '../../../kit/frames/sort-name';
import { grafanaLanguage } from '../../../kit/words/numbers';
import type { TimelineOptions } from '../options/options';
import { readAlerts, splitAlerts } from './alerts';
import { arrange } from './arrange';
import { createKindCollector, GAP } from './kinds';
import { readSources, type Source } from './read-sources';
import type { LegendEntry, Span, TimelineRow, TimelineSet, Track } from './row';
import { mergeStateSets } from './state-sets';
import { meaningsOf, summarize } from './summary';
import { createTrack, holdOf, inOrder, stepOf } from './track';

export interface PrepareInput {
  readonly frames: readonly DataFrame[];
  readonly options: TimelineOptions;
  readonly theme: GrafanaTheme2;
  readonly timeZone: string;
  /** The range that the frames are the answer for, milliseconds since the epoch. */
  readonly range: Span;
  readonly interpolate: Interpolate;
}

function trackOf(source: Source, kindOf: Uint16Array, options: TimelineOptions, range: Span): Track {
  const { times, meanings, samples, ends } = source;
  const kinds = new Int32Array(meanings.length);
  for (let index = 0; index < kinds.length; index += 1) {
    const meaning = meanings[index] ?? GAP;
    kinds[index] = meaning < 0 ? GAP : (kindOf[meaning] ?? 0);
  }
  const changes = inOrder({ times, kinds, samples, ends });
  const step = source.interval ?? (source.isTable ? undefined : stepOf(changes.times));
  return createTrack(changes, holdOf(options.gaps, options.gapAfter, step), range);
}

/** States of all rows by the time that they take, the most urgent first; what is not known comes with the rest. */
export function legendOf(
  rows: readonly TimelineRow[],
  categories: readonly Category[],
  nodata: Category,
  range: Span,
): readonly LegendEntry[] {
  const entries = new Map<string, { category: Category; count: number; time: number }>();
  const add = (category: Category, time: number): void => {
    const entry = entries.get(category.key) ?? { category: category.entry ?? category, count: 0, time: 0 };
    entry.count += 1;
    entry.time += time;
    entries.set(category.key, entry);
  };
  for (const { summary } of rows) {
    const inRow = new Map<Category, number>();
    for (const [kind, time] of summary.times) {
      const category = categories[kind];
      const entry = category?.entry ?? category;
      if (entry !== undefined) inRow.set(entry, (inRow.get(entry) ?? 0) + time);
    }
    const unknown = range.to - range.from - summary.known;
    if (unknown > 0) inRow.set(nodata, (inRow.get(nodata) ?? 0) + unknown);
    for (const [category, time] of inRow) add(category, time);
  }
  return [...entries.values()].sort((a, b) => compareCategories(a.category, b.category));
}

/** All rows of the query's answer, formatted by the fields' options, grouped and sorted. Pure but for `memory`, which only saves time. */
export function prepareTimeline(input: PrepareInput, memory: PrepareMemory): TimelineSet {
  const { frames, theme, timeZone, range, interpolate } = input;
  const options = { ...input.options, groupBy: interpolate(input.options.groupBy) };
  const interner = categoriesIn(memory, theme);
  const statusCategory = statusCategories(theme, interner);
  const collector = createKindCollector({
    theme,
    timeZone,
    categories: interner,
    statusCodes: options.statusCodes,
    statusCategory,
    bandNames: new Map(),
  });
  const { alerts, others } = splitAlerts(frames);
  const { sources, unread } = readSources(mergeStateSets(others), options, collector);
  const alertsOf = readAlerts(alerts, options, range.to);
  const { categories, kindOf } = collector.finish();
  const meanings = meaningsOf(categories);
  const names = nameReadings(sources.map(({ who }) => who));
  const sortKeys = sortNames(names, grafanaLanguage(), memory.order);
  const nodata = statusCategory('nodata');
  const rows = sources.map((source, index): TimelineRow => {
    const { key, who } = source;
    const track = trackOf(source, kindOf, options, range);
    const last = track.kinds.length - 1;
    const isPresent = last >= 0 && (track.to[last] ?? 0) >= range.to;
    const present = isPresent ? categories[track.kinds[last] ?? 0] : undefined;
    return {
      key,
      id: who.id,
      name: names[index] ?? '',
      sortName: sortKeys[index] ?? '',
      group: who.group,
      track,
      summary: summarize(track, meanings),
      category: present ?? nodata,
      cell: { ...who.cell, row: track.samples[last] ?? who.cell.row },
      alerts: alertsOf.get(who.id ?? who.name) ?? [],
    };
  });
  const legend = legendOf(rows, categories, nodata, range);
  return { ...arrange(rows, options), categories, legend, range, unread };
}
