import type { Layout } from '../layout/layout';
import type { Box } from '../layout/tiles';

/** Share of a tile's width that text keeps away from its edges, both sides together. */
const MARGIN = 0.14;

/** Width that a line of text has in a tile when it reaches from `top` to `bottom`: a hexagon that stands on a corner is narrower there. CSS pixels. */
export function roomAt(kind: Layout['kind'], box: Box, top: number, bottom: number): number {
  const free = box.width * (1 - MARGIN);
  if (kind !== 'honeycomb') return free;
  const middle = box.y + box.height / 2;
  const away = Math.max(Math.abs(top - middle), Math.abs(bottom - middle));
  // Full width up to a quarter of the height from the middle, nothing at its half.
  const slanted = (box.width * (box.height / 2 - away)) / (box.height / 4) - box.width * (MARGIN / 2);
  return Math.max(0, Math.min(free, slanted));
}
