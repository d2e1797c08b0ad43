import { formattedValueToString } from '@grafana/data';
import { t } from '@grafana/i18n';
import { categoryText } from '../../../kit/frames/categories';
import type { Category } from '../../../kit/frames/category';
import { durationWords, fullTime } from '../../../kit/time/timeWords';
import { shareWords } from '../../../kit/words/numbers';
import type { TimelineRow, TimelineSet } from '../data/row';
import type { ColumnName } from '../draw/layout';
import type { Stretch } from './spot';

export interface StretchWords {
  readonly state: string;
  /** The value that the state began with, where it says more than the state. */
  readonly value: string | undefined;
  readonly from: string;
  readonly to: string;
  readonly duration: string;
}

/** The kind of state of a stretch; undefined for a gap. */
export function categoryOf(set: TimelineSet, { row, index }: Stretch): Category | undefined {
  return index < 0 ? undefined : set.categories[row.track.kinds[index] ?? 0];
}

function valueOf({ row, index }: Stretch, state: string): string | undefined {
  const { field } = row.cell;
  const sample = row.track.samples[index];
  if (sample === undefined || field.display === undefined) return undefined;
  const text = formattedValueToString(field.display(field.values[sample]));
  return text === state || text === '' || /^\d$/.test(text) ? undefined : text;
}

/** State, beginning, end and duration. What reaches the edge of the range may have begun before it, or last still. */
export function wordsOf(set: TimelineSet, stretch: Stretch, timeZone: string): StretchWords {
  const { range } = set;
  const category = categoryOf(set, stretch);
  const state = category === undefined ? categoryText('nodata') : (category.entry ?? category).label;
  const isOpen = stretch.from <= range.from || stretch.to >= range.to;
  const duration = durationWords(stretch.to - stretch.from);
  const from = fullTime(stretch.from, timeZone);
  const to = fullTime(stretch.to, timeZone);
  return {
    state,
    value: category === undefined ? undefined : valueOf(stretch, state),
    from:
      stretch.from <= range.from ? t('timeline.tooltip.before', '{{time}} or before', { time: from }) : from,
    to: stretch.to >= range.to ? t('timeline.tooltip.still', '{{time}}, still so', { time: to }) : to,
    duration: isOpen ? t('timeline.tooltip.at-least', 'at least {{duration}}', { duration }) : duration,
  };
}

/** One row as screen readers hear it: name, present state, and what the summary says. */
export function rowWords(row: TimelineRow): string {
  const { summary } = row;
  const parts = [row.name || t('timeline.row.unnamed', '(no name)'), row.category.label];
  if (summary.online !== undefined) {
    parts.push(t('timeline.row.online', '{{share}} online', { share: shareWords(summary.online) }));
  }
  parts.push(t('timeline.row.changes', 'changes: {{number}}', { number: summary.changes }));
  if (summary.trouble > 0) {
    const duration = durationWords(summary.trouble);
    parts.push(t('timeline.row.trouble', 'in trouble for {{duration}}', { duration }));
  }
  if (row.group !== '') parts.push(row.group);
  return parts.join(', ');
}

/** Head of a column. */
export function columnWords(name: ColumnName): string {
  switch (name) {
    case 'online':
      return t('timeline.column.online', 'online');
    case 'changes':
      return t('timeline.column.changes', 'changes');
    case 'lastChange':
      return t('timeline.column.last-change', 'last');
    case 'mtbf':
      return t('timeline.column.mtbf', 'MTBF');
    case 'mttr':
      return t('timeline.column.mttr', 'MTTR');
  }
}

/** What a column means. */
export function columnHelp(name: ColumnName): string {
  switch (name) {
    case 'online':
      return t(
        'timeline.column.online-help',
        'Share of the known time online; beside it the time in each state, what is not known left empty',
      );
    case 'changes':
      return t('timeline.column.changes-help', 'How often the state changed in this range');
    case 'lastChange':
      return t('timeline.column.last-change-help', 'When the state changed last in this range');
    case 'mtbf':
      return t(
        'timeline.column.mtbf-help',
        'Mean time between troubles: time available by number of troubles; maintenance and unknown do not count',
      );
    case 'mttr':
      return t(
        'timeline.column.mttr-help',
        'Mean time to recover: time in error or offline by number of troubles',
      );
  }
}
