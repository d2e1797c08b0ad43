import type { DeviceGroup } from '../data/device';
import type { DeviceStatusOptions } from '../options/options';
import { honeycomb, list, type Shape, squares } from './shapes';

export const HEADING_HEIGHT = 28;
const SECTION_GAP = 10;
const COLUMN_GAP = 20;
const MOST_COLUMNS = 8;
const MOST_SHELVES = 8;
/** Narrower than this a heading with its counts cannot be read. */
const LEAST_SECTION_WIDTH = 210;

const SHAPES = { honeycomb, squares, list } satisfies Record<DeviceStatusOptions['layout'], Shape>;

export interface LayoutInput {
  readonly layout: DeviceStatusOptions['layout'];
  readonly groups: readonly Pick<DeviceGroup, 'first' | 'count'>[];
  readonly width: number;
  readonly height: number;
  readonly hasHeadings: boolean;
  readonly maxTileSize: number;
}

/** One group in the picture. */
export interface Section {
  /** Index of the group. */
  readonly group: number;
  readonly first: number;
  readonly count: number;
  readonly x: number;
  /** Upper edge of the heading. */
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Upper edge of the tiles. */
  readonly tilesY: number;
  readonly columns: number;
}

/** Where everything is. Higher than the box only when tiles of the least size do not fit: then the picture scrolls. */
export interface Layout {
  readonly shape: Shape;
  readonly kind: DeviceStatusOptions['layout'];
  /** Width of a tile with its share of the gaps. */
  readonly size: number;
  readonly tileHeight: number;
  readonly width: number;
  readonly height: number;
  readonly sections: readonly Section[];
}

function placeSections(input: LayoutInput, shape: Shape, size: number, lanes: number): Layout {
  const laneWidth = (input.width - (lanes - 1) * COLUMN_GAP) / lanes;
  const hasRows = input.groups.some(({ count }) => count > 1);
  const tileSize = Math.min(size, laneWidth * (hasRows ? shape.largestShare : 1));
  const heading = input.hasHeadings ? HEADING_HEIGHT : 0;
  const bottoms = new Array<number>(lanes).fill(0);
  const sections = input.groups.map(({ first, count }, group): Section => {
    let lane = 0;
    for (let other = 1; other < lanes; other += 1) {
      if ((bottoms[other] ?? 0) < (bottoms[lane] ?? 0)) lane = other;
    }
    const above = bottoms[lane] ?? 0;
    const y = above === 0 ? 0 : above + SECTION_GAP;
    const columns = shape.columns(tileSize, laneWidth, count);
    const height = heading + shape.height(tileSize, columns, count);
    bottoms[lane] = y + height;
    return {
      group,
      first,
      count,
      x: lane * (laneWidth + COLUMN_GAP),
      y,
      width: laneWidth,
      height,
      tilesY: y + heading,
      columns,
    };
  });
  return {
    shape,
    kind: input.layout,
    size: tileSize,
    tileHeight: shape.tileHeight(tileSize),
    width: input.width,
    height: Math.max(0, ...bottoms),
    sections,
  };
}

/** Below this width fractions of pixels show as uneven gaps. */
const LEAST_FRACTIONAL_SIZE = 24;

/** The largest tiles with which `lanes` columns of groups fit into the box; tiles of the least size when none fit. */
function fitTiles(input: LayoutInput, shape: Shape, lanes: number): Layout {
  const largest = placeSections(input, shape, Math.max(shape.minSize, input.maxTileSize), lanes);
  if (largest.height <= input.height) return largest;
  let fitting = placeSections(input, shape, shape.minSize, lanes);
  let tooLarge = largest.size;
  while (fitting.height <= input.height && tooLarge - fitting.size > 0.25) {
    const middle = placeSections(input, shape, (fitting.size + tooLarge) / 2, lanes);
    if (middle.height <= input.height) fitting = middle;
    else tooLarge = middle.size;
  }
  const isSmall = fitting.size < LEAST_FRACTIONAL_SIZE && fitting.size > shape.minSize;
  return isSmall ? placeSections(input, shape, Math.floor(fitting.size), lanes) : fitting;
}

function layOutList(input: LayoutInput): Layout {
  const most = Math.max(1, Math.floor(input.width / list.minSize));
  const sizes = Array.from({ length: most }, (_, index) => input.width / (index + 1));
  const layouts = sizes.map((size) => placeSections(input, list, size, 1));
  return (
    layouts.find(({ height }) => height <= input.height) ??
    layouts[layouts.length - 1] ??
    placeSections(input, list, input.width, 1)
  );
}

/** The most rows of tiles that are no higher than that; at least one. */
function rowsWithin(shape: Shape, size: number, height: number): number {
  const pitch = shape.place(size, 1, 1).y;
  return Math.max(1, 1 + Math.floor((height - shape.tileHeight(size)) / pitch + 1e-9));
}

/**
 * Groups side by side, each as wide as its tiles in `rows` rows need, and on the next shelf when there is no more room.
 */
function placeShelves(input: LayoutInput, shape: Shape, wanted: number, rows: number): Layout {
  const { width, groups, hasHeadings } = input;
  const hasRows = groups.some(({ count }) => count > 1);
  const size = Math.min(wanted, width * (hasRows ? shape.largestShare : 1));
  const heading = hasHeadings ? HEADING_HEIGHT : 0;
  const least = hasHeadings ? Math.min(width, LEAST_SECTION_WIDTH) : 0;
  let x = 0;
  let y = 0;
  let bottom = 0;
  const sections = groups.map(({ first, count }, group): Section => {
    const few = Math.max(1, Math.ceil(count / rows));
    // What does not fit into the rows takes the whole width and as many rows as it needs.
    const needed = shape.width(size, few, count) <= width ? few : shape.columns(size, width, count);
    const own = Math.min(width, Math.max(least, shape.width(size, needed, count)));
    // The heading may be wider than the tiles would be: they use its room.
    const columns = Math.max(needed, shape.columns(size, own, count));
    if (x > 0 && x + own > width) {
      x = 0;
      y = bottom + SECTION_GAP;
    }
    const height = heading + shape.height(size, columns, count);
    const section = { group, first, count, x, y, width: own, height, tilesY: y + heading, columns };
    x += own + COLUMN_GAP;
    bottom = Math.max(bottom, y + height);
    return section;
  });
  const tileHeight = shape.tileHeight(size);
  return { shape, kind: input.layout, size, tileHeight, width, height: bottom, sections };
}

/** The largest tiles with which the groups fit onto `count` shelves; undefined when none fit. */
function fitShelves(input: LayoutInput, shape: Shape, count: number): Layout | undefined {
  const heading = input.hasHeadings ? HEADING_HEIGHT : 0;
  const room = (input.height - (count - 1) * SECTION_GAP) / count - heading;
  const place = (size: number): Layout | undefined => {
    const layout = placeShelves(input, shape, size, rowsWithin(shape, size, room));
    return layout.height <= input.height ? layout : undefined;
  };
  const largest = place(Math.max(shape.minSize, input.maxTileSize));
  if (largest !== undefined) return largest;
  let fitting = place(shape.minSize);
  let tooLarge = Math.max(shape.minSize, input.maxTileSize);
  while (fitting !== undefined && tooLarge - fitting.size > 0.25) {
    const middle = (fitting.size + tooLarge) / 2;
    const layout = place(middle);
    if (layout === undefined) tooLarge = middle;
    else if (layout.size < middle) return layout;
    else fitting = layout;
  }
  if (fitting === undefined) return undefined;
  const isSmall = fitting.size < LEAST_FRACTIONAL_SIZE && fitting.size > shape.minSize;
  return isSmall ? place(Math.floor(fitting.size)) : fitting;
}

/** Places every device inside the width; inside the height too whenever tiles of the least size allow. */
export function createLayout(input: LayoutInput): Layout {
  const shape = SHAPES[input.layout];
  // Nothing is measured yet.
  if (input.width <= 0 || input.height <= 0)
    return {
      shape,
      kind: input.layout,
      size: shape.minSize,
      tileHeight: 0,
      width: 0,
      height: 0,
      sections: [],
    };
  if (input.layout === 'list') return layOutList(input);
  const fitting = Math.floor((input.width + COLUMN_GAP) / (LEAST_SECTION_WIDTH + COLUMN_GAP));
  const most = Math.max(1, Math.min(MOST_COLUMNS, input.groups.length, fitting));
  let best = fitTiles(input, shape, 1);
  for (let lanes = 2; lanes <= most; lanes += 1) {
    const layout = fitTiles(input, shape, lanes);
    const isFitting = layout.height <= input.height;
    const wasFitting = best.height <= input.height;
    if (
      isFitting === wasFitting
        ? isFitting
          ? layout.size > best.size
          : layout.height < best.height
        : isFitting
    ) {
      best = layout;
    }
  }
  // Groups of unlike sizes leave less room empty when each takes what it needs.
  for (let shelves = 1; shelves <= Math.min(MOST_SHELVES, input.groups.length); shelves += 1) {
    const layout = input.groups.length < 2 ? undefined : fitShelves(input, shape, shelves);
    if (layout !== undefined && (layout.size > best.size || best.height > input.height)) best = layout;
  }
  return best;
}
