import type { Status } from '../frames/status';

/** The part of a canvas's context that shapes need. */
export type Pen = CanvasRenderingContext2D;

/** A sign in a box of 12 × 12 with its centre in the middle: filled, or drawn with a line of that width. */
export interface GlyphShape {
  readonly path: string;
  readonly line?: number;
}

/** The sign of each status, on tiles as in the legend. Paths, not text: fonts differ in these signs. */
export const GLYPH_SHAPES: Readonly<Record<Status, GlyphShape>> = {
  online: { path: 'M-4.3 0A4.3 4.3 0 1 1 4.3 0A4.3 4.3 0 1 1-4.3 0z' },
  warning: { path: 'M0-5.1 5.7 4.5H-5.7z' },
  error: { path: 'M-4-4 4 4M4-4-4 4', line: 2.5 },
  offline: { path: 'M-4 0A4 4 0 1 1 4 0A4 4 0 1 1-4 0z', line: 1.9 },
  maintenance: { path: 'M0-5.7 5.1 0 0 5.7-5.1 0z' },
  unknown: { path: 'M-2.7-2.2A2.7 2.7 0 1 1 .8.3Q0 .9 0 2M0 4.7v.01', line: 1.8 },
  neutral: { path: 'M-3.6-3.6H3.6V3.6H-3.6z' },
  nodata: { path: 'M-3.6 0H3.6', line: 1.9 },
};

/** Side of the box that the paths are written for. */
const BOX = 12;
/** The smallest signs keep a line that can be seen, pixels. */
const LEAST_LINE = 1.2;

const paths = new Map<Status, Path2D>();

function pathOf(status: Status): Path2D {
  const path = paths.get(status) ?? new Path2D(GLYPH_SHAPES[status].path);
  paths.set(status, path);
  return path;
}

/** Draws the status's sign with its centre at the point, `size` pixels wide, in one colour. */
export function drawGlyph(pen: Pen, status: Status, x: number, y: number, size: number, color: string): void {
  const { line } = GLYPH_SHAPES[status];
  const scale = size / BOX;
  pen.save();
  pen.translate(x, y);
  pen.scale(scale, scale);
  if (line === undefined) {
    pen.fillStyle = color;
    pen.fill(pathOf(status));
  } else {
    pen.strokeStyle = color;
    pen.lineCap = 'round';
    pen.setLineDash([]);
    pen.lineWidth = Math.max(line, LEAST_LINE / scale);
    pen.stroke(pathOf(status));
  }
  pen.restore();
}
