/** A part of the screen, pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly left: number;
  readonly top: number;
}

const DISTANCE = 8;

/** Upper left corner of a tooltip of the size: above the tile, else below it, always wholly on the screen. All in the screen's coordinates. */
export function placeTooltip(
  tile: Box,
  size: { readonly width: number; readonly height: number },
  screen: { readonly width: number; readonly height: number },
): Point {
  const centered = tile.x + tile.width / 2 - size.width / 2;
  const left = Math.max(DISTANCE, Math.min(centered, screen.width - size.width - DISTANCE));
  const above = tile.y - size.height - DISTANCE;
  const below = tile.y + tile.height + DISTANCE;
  if (above >= DISTANCE) return { left, top: above };
  return { left, top: Math.max(DISTANCE, Math.min(below, screen.height - size.height - DISTANCE)) };
}
