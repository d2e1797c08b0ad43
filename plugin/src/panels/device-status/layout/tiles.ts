import type { Layout, Section } from './layout';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The section that holds the device; undefined for an index out of range. */
export function sectionOf(layout: Layout, index: number): Section | undefined {
  let low = 0;
  let high = layout.sections.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const section = layout.sections[middle];
    if (section === undefined || index < section.first) high = middle - 1;
    else if (index >= section.first + section.count) low = middle + 1;
    else return section;
  }
  return undefined;
}

/** The box of the device's tile in the picture. */
export function tileBox(layout: Layout, index: number): Box | undefined {
  const section = sectionOf(layout, index);
  if (section === undefined) return undefined;
  const { x, y } = layout.shape.place(layout.size, section.columns, index - section.first);
  return { x: section.x + x, y: section.tilesY + y, width: layout.size, height: layout.tileHeight };
}

/** Index of the device whose tile is at the point; -1 where there is none. Found by arithmetic, whatever the number of tiles. */
export function tileAt(layout: Layout, x: number, y: number): number {
  for (const section of layout.sections) {
    const isInside =
      x >= section.x &&
      x < section.x + section.width &&
      y >= section.tilesY &&
      y < section.y + section.height;
    if (!isInside) continue;
    const own = layout.shape.indexAt(layout.size, section.columns, x - section.x, y - section.tilesY);
    if (own >= 0 && own < section.count) return section.first + own;
  }
  return -1;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The device one step away: reading order sideways; up and down the tile above or below, across groups too. */
export function neighbour(layout: Layout, index: number, direction: Direction): number {
  const last = layout.sections[layout.sections.length - 1];
  const count = last === undefined ? 0 : last.first + last.count;
  if (direction === 'left') return Math.max(0, index - 1);
  if (direction === 'right') return Math.min(count - 1, index + 1);
  const box = tileBox(layout, index);
  if (box === undefined) return index;
  const step = direction === 'down' ? 1 : -1;
  const center = box.x + box.width / 2;
  const section = sectionOf(layout, index);
  if (section === undefined) return index;
  const next = index + step * section.columns;
  const isInside = next >= section.first && next < section.first + section.count;
  if (isInside) return next;
  return nearestInNextSection(layout, section, center, step) ?? index;
}

/** Across a border of groups: the nearest tile in the first or last row of the group below or above. */
function nearestInNextSection(
  layout: Layout,
  from: Section,
  center: number,
  step: number,
): number | undefined {
  const edge = step > 0 ? from.y + from.height : from.y;
  const beyond = layout.sections.filter(({ y, height }) => (step > 0 ? y >= edge : y + height <= edge));
  // How far above or below, and of those equally far how far aside.
  const away = ({ y, height }: Section): number => (step > 0 ? y - edge : edge - y - height);
  const aside = ({ x, width }: Section): number => Math.max(0, x - center, center - x - width);
  const [next] = beyond.sort(
    (a, b) => Math.sign(aside(a)) - Math.sign(aside(b)) || away(a) - away(b) || aside(a) - aside(b),
  );
  if (next === undefined) return undefined;
  const column = Math.floor((center - next.x) / layout.size);
  const row = step > 0 ? 0 : Math.floor((next.count - 1) / next.columns);
  const own = row * next.columns + Math.max(0, Math.min(next.columns - 1, column));
  return next.first + Math.min(own, next.count - 1);
}

/** First and one past the last device of a section that can be seen between two heights of the picture. */
export function visibleRange(
  layout: Layout,
  section: Section,
  top: number,
  bottom: number,
): [number, number] {
  if (section.y > bottom || section.y + section.height < top) return [0, 0];
  const pitch = Math.max(1, layout.shape.place(layout.size, 1, 1).y);
  const firstRow = Math.max(0, Math.floor((top - section.tilesY) / pitch) - 1);
  const lastRow = Math.ceil((bottom - section.tilesY) / pitch) + 1;
  const from = Math.min(section.count, firstRow * section.columns);
  const to = Math.min(section.count, Math.max(0, lastRow) * section.columns);
  return [section.first + from, section.first + to];
}
