/** A form of tile and how tiles of it are set side by side. All lengths in CSS pixels, measured from the section's corner. */
export interface Shape {
  readonly minSize: number;
  /** Width over which tiles of more than one row leave the space, as a share of its width. */
  readonly largestShare: number;
  /** Height of a tile of this width. */
  tileHeight: (width: number) => number;
  /** Tiles that fit side by side. */
  columns: (size: number, width: number, count: number) => number;
  /** Width of `count` tiles, so many side by side. */
  width: (size: number, columns: number, count: number) => number;
  /** Height of all rows. */
  height: (size: number, columns: number, count: number) => number;
  /** Left upper corner of the tile's box. */
  place: (size: number, columns: number, index: number) => { readonly x: number; readonly y: number };
  /** Index of the tile at a point that may lie outside, in which case it is -1 or beyond the last. */
  indexAt: (size: number, columns: number, x: number, y: number) => number;
}

const SQRT3 = Math.sqrt(3);

/** Height of a hexagon that stands on a corner, and the distance between two rows of them. */
function hexHeight(width: number): number {
  return (2 * width) / SQRT3;
}

function hexPitch(width: number): number {
  return (SQRT3 / 2) * width;
}

export const honeycomb: Shape = {
  minSize: 5,
  // Every other row is half a tile further right.
  largestShare: 2 / 3,
  tileHeight: hexHeight,
  columns: (size, width, count) => {
    const inOneRow = Math.floor(width / size);
    if (count <= inOneRow) return Math.max(1, count);
    return Math.max(1, Math.floor(width / size - 0.5));
  },
  width: (size, columns, count) => (count > columns ? columns + 0.5 : columns) * size,
  height: (size, columns, count) => hexHeight(size) + (Math.ceil(count / columns) - 1) * hexPitch(size),
  place: (size, columns, index) => {
    const row = Math.floor(index / columns);
    return { x: (index % columns) * size + (row % 2) * (size / 2), y: row * hexPitch(size) };
  },
  indexAt: (size, columns, x, y) => {
    const pitch = hexPitch(size);
    const lower = Math.floor(y / pitch);
    let best = -1;
    let bestDistance = Infinity;
    // Cells of a honeycomb are the points nearest to their centres: two rows can own the point.
    for (const row of [lower - 1, lower]) {
      if (row < 0) continue;
      const shift = (row % 2) * (size / 2);
      const column = Math.floor((x - shift) / size);
      if (column < 0 || column >= columns) continue;
      const dx = x - shift - (column + 0.5) * size;
      const dy = y - row * pitch - hexHeight(size) / 2;
      const distance = dx * dx + dy * dy;
      if (distance < bestDistance && isInHexagon(Math.abs(dx), Math.abs(dy), size)) {
        bestDistance = distance;
        best = row * columns + column;
      }
    }
    return best;
  },
};

/** Whether the point, its distances from the centre given, lies in a hexagon of the width that stands on a corner. */
function isInHexagon(dx: number, dy: number, width: number): boolean {
  return dx <= width / 2 && dy <= hexHeight(width) / 2 - dx / SQRT3;
}

function grid(tileHeight: (width: number) => number, minSize: number): Shape {
  return {
    minSize,
    largestShare: 1,
    tileHeight,
    columns: (size, width, count) => Math.max(1, Math.min(count, Math.floor(width / size))),
    width: (size, columns) => columns * size,
    height: (size, columns, count) => Math.ceil(count / columns) * tileHeight(size),
    place: (size, columns, index) => ({
      x: (index % columns) * size,
      y: Math.floor(index / columns) * tileHeight(size),
    }),
    indexAt: (size, columns, x, y) => {
      const column = Math.floor(x / size);
      if (x < 0 || y < 0 || column >= columns) return -1;
      return Math.floor(y / tileHeight(size)) * columns + column;
    },
  };
}

export const squares: Shape = grid((width) => width, 5);

export const LIST_ROW_HEIGHT = 30;
/** A list's rows keep their height; its columns are as wide as the text needs. */
export const list: Shape = grid(() => LIST_ROW_HEIGHT, 260);
