import type { TimelineSet } from '../data/row';

/** Height of the line with times and heads of columns, pixels. */
export const HEAD_HEIGHT = 24;
/** Height of a group's heading. */
export const HEADING_HEIGHT = 26;

/** What a column beside the rows shows. */
export type ColumnName = 'online' | 'changes' | 'mtbf' | 'mttr' | 'lastChange';

/** The columns, the most telling first, with their widths in pixels. */
const COLUMNS: readonly (readonly [name: ColumnName, width: number])[] = [
  ['online', 108],
  ['changes', 68],
  ['lastChange', 76],
  ['mtbf', 82],
  ['mttr', 82],
];

/** Share of the width that the states keep, whatever is beside them. */
const LEAST_TRACK = 0.42;
const MOST_NAME = 0.3;
const LEAST_NAME = 60;
/** Room around a name: sign, spaces. */
const NAME_ROOM = 34;

export interface Column {
  readonly name: ColumnName;
  readonly x: number;
  readonly width: number;
}

/** A group's heading and rows; `y` counts from the top of the first, below the head. */
export interface Section {
  readonly group: number;
  readonly first: number;
  readonly count: number;
  readonly y: number;
  readonly rowsY: number;
  readonly height: number;
}

/** Where everything stands, in pixels. */
export interface Layout {
  readonly width: number;
  readonly rowHeight: number;
  readonly nameWidth: number;
  readonly trackX: number;
  readonly trackWidth: number;
  readonly columns: readonly Column[];
  readonly sections: readonly Section[];
  /** Of all rows and headings, without the head. */
  readonly height: number;
}

export interface LayoutInput {
  readonly set: Pick<TimelineSet, 'groups'>;
  readonly width: number;
  readonly rowHeight: number;
  /** Width of the longest name. */
  readonly nameWidth: number;
  readonly hasHeadings: boolean;
  readonly hasSummary: boolean;
}

function columnsIn(width: number, nameWidth: number): readonly Column[] {
  const columns: (readonly [ColumnName, number])[] = [];
  let taken = 0;
  for (const [name, own] of COLUMNS) {
    if (width - nameWidth - taken - own < width * LEAST_TRACK) break;
    columns.push([name, own]);
    taken += own;
  }
  let x = width - taken;
  return columns.map(([name, own]) => {
    const column = { name, x, width: own };
    x += own;
    return column;
  });
}

/** Lays out names, states and columns side by side, and groups below each other. */
export function createLayout(input: LayoutInput): Layout {
  const { set, width, rowHeight, hasHeadings, hasSummary } = input;
  const nameWidth = Math.round(
    Math.max(LEAST_NAME, Math.min(input.nameWidth + NAME_ROOM, width * MOST_NAME)),
  );
  const columns = hasSummary ? columnsIn(width, nameWidth) : [];
  const end = columns[0]?.x ?? width;
  const sections: Section[] = [];
  let y = 0;
  set.groups.forEach(({ first, count }, group) => {
    const heading = hasHeadings ? HEADING_HEIGHT : 0;
    const height = heading + count * rowHeight;
    sections.push({ group, first, count, y, rowsY: y + heading, height });
    y += height;
  });
  const trackWidth = Math.max(0, end - nameWidth - 8);
  return { width, rowHeight, nameWidth, trackX: nameWidth, trackWidth, columns, sections, height: y };
}

/** The row at a height below the head; -1 for a heading and below the last. */
export function rowAt({ sections, rowHeight }: Layout, y: number): number {
  const section = sections.find((one) => y >= one.y && y < one.y + one.height);
  if (section === undefined || y < section.rowsY) return -1;
  return section.first + Math.floor((y - section.rowsY) / rowHeight);
}

/** Top of a row, counted from below the head; undefined for a row that is not there. */
export function rowTop({ sections, rowHeight }: Layout, index: number): number | undefined {
  const section = sections.find(({ first, count }) => index >= first && index < first + count);
  return section === undefined ? undefined : section.rowsY + (index - section.first) * rowHeight;
}

/** First and last but one of the section's rows that any part of is between the two heights. */
export function visibleRows(
  { rowHeight }: Layout,
  { first, count, rowsY }: Section,
  top: number,
  bottom: number,
): readonly [from: number, to: number] {
  const from = Math.max(0, Math.floor((top - rowsY) / rowHeight));
  const to = Math.min(count, Math.ceil((bottom - rowsY) / rowHeight));
  return [first + from, first + Math.max(from, to)];
}
