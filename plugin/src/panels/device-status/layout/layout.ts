import type { DeviceGroup } from '../data/device';
import type { DeviceStatusOptions } from '../options/options';
import { honeycomb, list, type Shape, squares } from './shapes';

export const HEADING_HEIGHT = 28;
const SECTION_GAP = 10;
const COLUMN_GAP = 20;
const MOST_COLUMNS = 8;
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

/** Places every device inside the width; inside the height too whenever tiles of the least size allow. */
export function createLayout(input: LayoutInput): Layout {
  if (input.layout === 'list') return layOutList(input);
  const shape = SHAPES[input.layout];
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
  return best;
}
