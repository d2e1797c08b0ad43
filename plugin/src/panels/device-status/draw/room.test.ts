import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { roomAt } from './room';

const box = { x: 10, y: 20, width: 100, height: 200 / Math.sqrt(3) };
const middle = box.y + box.height / 2;

/** Whether a point, measured from the middle of the box, lies in the hexagon. */
function isInside(dx: number, dy: number): boolean {
  return Math.abs(dx) <= box.width / 2 && Math.abs(dy) <= box.height / 2 - Math.abs(dx) / Math.sqrt(3) + 1e-9;
}

describe('room for text in a tile', () => {
  it('is the same all over a square', () => {
    expect(roomAt('squares', box, box.y, box.y + 10)).toBe(86);
    expect(roomAt('squares', box, middle, middle + 10)).toBe(86);
  });

  it('is as wide in the middle of a hexagon', () => {
    expect(roomAt('honeycomb', box, middle - 10, middle + 10)).toBe(86);
  });

  it('is none in the corners of a hexagon', () => {
    expect(roomAt('honeycomb', box, box.y, box.y + 10)).toBe(0);
    expect(roomAt('honeycomb', box, middle, box.y + box.height)).toBe(0);
  });

  it('keeps every line inside the hexagon', () => {
    const from = fc.double({ min: -0.5, max: 0.5, noNaN: true });
    const height = fc.double({ min: 0, max: 0.3, noNaN: true });
    fc.assert(
      fc.property(from, height, (share, tall) => {
        const top = share * box.height;
        const bottom = Math.min(box.height / 2, top + tall * box.height);
        const room = roomAt('honeycomb', box, middle + top, middle + bottom);
        if (room === 0) return;
        for (const dy of [top, bottom]) expect(isInside(room / 2, dy)).toBe(true);
      }),
    );
  });
});
