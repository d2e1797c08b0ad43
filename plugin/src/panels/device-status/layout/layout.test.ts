import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createLayout, type LayoutInput } from './layout';
import { type Box, neighbour, tileAt, tileBox, visibleRange } from './tiles';

const input: fc.Arbitrary<LayoutInput> = fc
  .record({
    layout: fc.constantFrom('honeycomb' as const, 'squares' as const, 'list' as const),
    counts: fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 12 }),
    width: fc.integer({ min: 20, max: 1600 }),
    height: fc.integer({ min: 20, max: 1000 }),
    hasHeadings: fc.boolean(),
    maxTileSize: fc.integer({ min: 5, max: 200 }),
  })
  .map(({ counts, ...rest }) => {
    let first = 0;
    const groups = counts.map((count) => {
      const group = { first, count };
      first += count;
      return group;
    });
    return { ...rest, groups };
  });

function countOf({ groups }: LayoutInput): number {
  return groups.reduce((sum, { count }) => sum + count, 0);
}

function boxesOf(value: LayoutInput): Box[] {
  const layout = createLayout(value);
  return Array.from({ length: countOf(value) }, (_, index) => {
    const box = tileBox(layout, index);
    if (box === undefined) throw new Error(`device ${String(index)} has no tile`);
    return box;
  });
}

describe('createLayout', () => {
  it('keeps every tile and heading inside the picture, and the picture inside the width', () => {
    fc.assert(
      fc.property(input, (value) => {
        const layout = createLayout(value);
        const outside = boxesOf(value).filter(
          (box) =>
            box.x < 0 ||
            box.y < 0 ||
            box.x + box.width > value.width + 1e-6 ||
            box.y + box.height > layout.height + 1e-6,
        );
        expect(outside).toEqual([]);
      }),
    );
  });

  it('finds each tile at its centre: all devices are present and none covers another', () => {
    fc.assert(
      fc.property(input, (value) => {
        const layout = createLayout(value);
        const found = boxesOf(value).map((box) =>
          tileAt(layout, box.x + box.width / 2, box.y + box.height / 2),
        );
        expect(found).toEqual(found.map((_, index) => index));
      }),
    );
  });

  it('lets no two tiles overlap', () => {
    fc.assert(
      fc.property(input, (value) => {
        const boxes = boxesOf(value);
        // Hexagons interlock: their centres keep one width of distance. Boxes of the others do not touch.
        const isHoneycomb = value.layout === 'honeycomb';
        const isApart = (a: Box, b: Box) => {
          const dx = Math.abs(a.x - b.x);
          const dy = Math.abs(a.y - b.y);
          return isHoneycomb
            ? Math.hypot(dx, dy) > a.width - 1e-6
            : dx >= a.width - 1e-6 || dy >= a.height - 1e-6;
        };
        const overlapping = boxes.flatMap((a, index) =>
          boxes.slice(index + 1, index + 200).filter((b) => !isApart(a, b)),
        );
        expect(overlapping).toEqual([]);
      }),
    );
  });

  it('fits the box whenever tiles of the least size do', () => {
    const groups = [{ first: 0, count: 20_000 }];
    const layout = createLayout({
      layout: 'honeycomb',
      groups,
      width: 1600,
      height: 900,
      hasHeadings: false,
      maxTileSize: 160,
    });
    expect(layout.height).toBeLessThanOrEqual(900);
    // Small tiles are whole pixels wide: fractions would show as uneven gaps.
    expect(layout.size).toBe(8);
  });

  it('scrolls rather than shrinking below what can be hit', () => {
    const groups = [{ first: 0, count: 20_000 }];
    const layout = createLayout({
      layout: 'squares',
      groups,
      width: 300,
      height: 200,
      hasHeadings: false,
      maxTileSize: 160,
    });
    expect(layout.size).toBe(5);
    expect(layout.height).toBeGreaterThan(200);
  });

  it('draws one device as large as the option allows', () => {
    const layout = createLayout({
      layout: 'squares',
      groups: [{ first: 0, count: 1 }],
      width: 800,
      height: 600,
      hasHeadings: false,
      maxTileSize: 160,
    });
    expect(layout.size).toBe(160);
  });

  it('sets small groups side by side rather than wasting lines', () => {
    const groups = Array.from({ length: 8 }, (_, index) => ({ first: index * 3, count: 3 }));
    const layout = createLayout({
      layout: 'honeycomb',
      groups,
      width: 1200,
      height: 400,
      hasHeadings: true,
      maxTileSize: 160,
    });
    expect(new Set(layout.sections.map(({ x }) => x)).size).toBeGreaterThan(1);
    expect(layout.height).toBeLessThanOrEqual(400);
  });

  it('gives each group the room that its devices need', () => {
    const counts = [14, 96, 95, 95];
    let first = 0;
    const groups = counts.map((count) => {
      first += count;
      return { first: first - count, count };
    });
    const room = { width: 1200, height: 460, hasHeadings: true, maxTileSize: 160 };
    const layout = createLayout({ layout: 'squares', groups, ...room });
    const [small, ...large] = layout.sections;
    expect(layout.height).toBeLessThanOrEqual(room.height);
    expect(large.every(({ width }) => width > (small?.width ?? Infinity) * 1.3)).toBe(true);
    // A few devices lie in the width of their heading rather than one below the other.
    expect(small?.columns).toBeGreaterThan(4);
    const used = layout.sections.reduce((sum, { count }) => sum + count * layout.size ** 2, 0);
    expect(used / (room.width * (room.height - 28))).toBeGreaterThan(0.7);
  });

  it('gives the same picture for the same input', () => {
    fc.assert(fc.property(input, (value) => expect(boxesOf(value)).toEqual(boxesOf(value))));
  });

  it.each(['honeycomb', 'squares', 'list'] as const)('places nothing before there is room: %s', (kind) => {
    const room = { width: 0, height: 0, hasHeadings: true, maxTileSize: 50 };
    const layout = createLayout({ layout: kind, groups: [{ first: 0, count: 3 }], ...room });
    expect(layout).toMatchObject({ width: 0, height: 0, sections: [] });
  });

  it('has nothing to place without groups', () => {
    const layout = createLayout({
      layout: 'squares',
      groups: [],
      width: 100,
      height: 100,
      hasHeadings: true,
      maxTileSize: 50,
    });
    expect(layout.height).toBe(0);
    expect(tileAt(layout, 10, 10)).toBe(-1);
  });
});

describe('tileAt', () => {
  it('answers with a tile whose box holds the point, or with none', () => {
    fc.assert(
      fc.property(
        input,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (value, u, v) => {
          const layout = createLayout(value);
          const x = u * value.width;
          const y = v * layout.height;
          const index = tileAt(layout, x, y);
          if (index === -1) return;
          const box = tileBox(layout, index);
          expect(box).toBeDefined();
          if (box === undefined) return;
          expect(x).toBeGreaterThanOrEqual(box.x - 1e-6);
          expect(x).toBeLessThanOrEqual(box.x + box.width + 1e-6);
          expect(y).toBeGreaterThanOrEqual(box.y - 1e-6);
          expect(y).toBeLessThanOrEqual(box.y + box.height + 1e-6);
        },
      ),
    );
  });
});

describe('neighbour', () => {
  it('never leaves the devices, and walks through all of them sideways', () => {
    fc.assert(
      fc.property(input, (value) => {
        const layout = createLayout(value);
        const count = countOf(value);
        const indices = Array.from({ length: count }, (_, index) => index);
        expect(indices.map((index) => neighbour(layout, index, 'right'))).toEqual(
          indices.map((index) => Math.min(count - 1, index + 1)),
        );
        const others = indices.flatMap((index) =>
          (['left', 'up', 'down'] as const).map((direction) => neighbour(layout, index, direction)),
        );
        expect(others.filter((next) => next < 0 || next >= count)).toEqual([]);
      }),
    );
  });

  it('goes down to a tile that lies lower', () => {
    fc.assert(
      fc.property(input, (value) => {
        const layout = createLayout(value);
        const below = neighbour(layout, 0, 'down');
        if (below === 0) return;
        expect(tileBox(layout, below)?.y).toBeGreaterThan(tileBox(layout, 0)?.y ?? Infinity);
      }),
    );
  });
});

describe('visibleRange', () => {
  it('holds every tile that can be seen', () => {
    fc.assert(
      fc.property(input, fc.double({ min: 0, max: 1, noNaN: true }), (value, part) => {
        const layout = createLayout(value);
        const top = part * layout.height;
        const bottom = top + value.height;
        const missing: number[] = [];
        for (const section of layout.sections) {
          const [from, to] = visibleRange(layout, section, top, bottom);
          for (let index = section.first; index < section.first + section.count; index += 1) {
            const box = tileBox(layout, index);
            if (box === undefined || box.y + box.height <= top || box.y >= bottom) continue;
            if (index < from || index >= to) missing.push(index);
          }
        }
        expect(missing).toEqual([]);
      }),
    );
  });
});
