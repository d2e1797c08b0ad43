import { type DataFrame, FieldType, type GrafanaTheme2 } from '@grafana/data';
import type { Span } from './row';

/** An annotation of the dashboard. */
export interface Mark extends Span {
  readonly text: string;
  readonly color: string;
}

function column(frame: DataFrame, name: string): readonly unknown[] {
  return frame.fields.find((field) => field.name === name)?.values ?? [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The annotations that Grafana hands to the panel, those in the range; the text without its markup. */
export function readMarks(
  frames: readonly DataFrame[] | undefined,
  range: Span,
  theme: GrafanaTheme2,
): readonly Mark[] {
  return (frames ?? []).flatMap((frame) => {
    const times =
      frame.fields.find(({ type, name }) => type === FieldType.time && name === 'time')?.values ?? [];
    const ends = column(frame, 'timeEnd');
    const titles = column(frame, 'title');
    const texts = column(frame, 'text');
    const colors = column(frame, 'color');
    return times.flatMap((from: unknown, row): Mark[] => {
      if (typeof from !== 'number') return [];
      const end = ends[row];
      const to = typeof end === 'number' && end > from ? end : from;
      if (to < range.from || from > range.to) return [];
      const words = [textOf(titles[row]), textOf(texts[row])].filter((text) => text !== '');
      const text = words.join(' · ').replace(/<[^>]*>/g, '');
      const color = theme.visualization.getColorByName(textOf(colors[row]) || 'blue');
      return [{ from: Math.max(from, range.from), to: Math.min(to, range.to), text, color }];
    });
  });
}

/** The marks at a moment, or as near as a pointer hits them. */
export function marksAt(marks: readonly Mark[], at: number, near: number): readonly Mark[] {
  return marks.filter(({ from, to }) => at >= from - near && at <= to + near);
}
