import type { Status } from '../data/status';

/** The part of a canvas's context that shapes need. */
export type Pen = CanvasRenderingContext2D;

function polygon(pen: Pen, points: readonly (readonly [number, number])[]): void {
  pen.beginPath();
  points.forEach(([x, y], index) => {
    if (index === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  });
  pen.closePath();
}

function stroke(
  pen: Pen,
  lines: readonly (readonly [number, number, number, number])[],
  width: number,
): void {
  pen.lineWidth = width;
  pen.lineCap = 'round';
  pen.beginPath();
  for (const [fromX, fromY, toX, toY] of lines) {
    pen.moveTo(fromX, fromY);
    pen.lineTo(toX, toY);
  }
  pen.stroke();
}

/** Draws the status's sign with its centre at the point, `size` pixels wide, in one colour. Paths, not text: fonts differ in these signs. */
export function drawGlyph(pen: Pen, status: Status, x: number, y: number, size: number, color: string): void {
  const r = size / 2;
  pen.fillStyle = color;
  pen.strokeStyle = color;
  pen.setLineDash([]);
  switch (status) {
    case 'online':
      pen.beginPath();
      pen.arc(x, y, r * 0.72, 0, 2 * Math.PI);
      pen.fill();
      return;
    case 'warning':
      polygon(pen, [
        [x, y - r * 0.85],
        [x + r * 0.95, y + r * 0.75],
        [x - r * 0.95, y + r * 0.75],
      ]);
      pen.fill();
      return;
    case 'error': {
      const arm = r * 0.68;
      stroke(
        pen,
        [
          [x - arm, y - arm, x + arm, y + arm],
          [x + arm, y - arm, x - arm, y + arm],
        ],
        Math.max(Math.min(1.5, r * 0.7), r * 0.42),
      );
      return;
    }
    case 'offline':
      pen.lineWidth = Math.max(1.2, r * 0.32);
      pen.beginPath();
      pen.arc(x, y, r * 0.66, 0, 2 * Math.PI);
      pen.stroke();
      return;
    case 'maintenance':
      polygon(pen, [
        [x, y - r * 0.95],
        [x + r * 0.85, y],
        [x, y + r * 0.95],
        [x - r * 0.85, y],
      ]);
      pen.fill();
      return;
    case 'unknown':
      pen.lineWidth = Math.max(1.2, r * 0.3);
      pen.lineCap = 'round';
      pen.beginPath();
      pen.arc(x, y - r * 0.35, r * 0.45, Math.PI, 2.4 * Math.PI);
      pen.lineTo(x, y + r * 0.3);
      pen.stroke();
      pen.beginPath();
      pen.arc(x, y + r * 0.78, Math.max(0.8, r * 0.18), 0, 2 * Math.PI);
      pen.fill();
      return;
    case 'neutral':
      pen.fillRect(x - r * 0.55, y - r * 0.55, r * 1.1, r * 1.1);
      return;
    case 'nodata':
      stroke(pen, [[x - r * 0.6, y, x + r * 0.6, y]], Math.max(1.2, r * 0.32));
      return;
  }
}
