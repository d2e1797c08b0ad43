import type { MapEdge, MapNode, ServiceMap } from '../../../domain/traces/serviceMap';
import { mapRanks } from './mapRanks';

/** Sizes of a drawn map, pixels. */
export interface MapSizes {
  readonly boxWidth: number;
  readonly boxHeight: number;
  /** Room that a label needs between two columns, and from the middle of one label to that of the next. */
  readonly labelWidth: number;
  readonly labelHeight: number;
  /** True where a label has one figure a line, and a box its name alone. */
  readonly tight: boolean;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A node in its place; `x` and `y` are its upper left corner. */
export interface MapBox extends Point {
  readonly node: MapNode;
}

/** A call in its place. */
export interface MapLine {
  readonly edge: MapEdge;
  /** From the client to the server, around what stands between; two points at least. */
  readonly points: readonly Point[];
  /** Middle of its label. */
  readonly label: Point;
}

export interface MapPicture {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly MapBox[];
  readonly lines: readonly MapLine[];
}

/** A place in a column: a node's, or that of a line which passes on its way to a farther column. */
interface Slot {
  readonly key: string;
  readonly node: MapNode | undefined;
}

/** A call from its left end to its right end, with a slot in each column in between. */
interface Course {
  readonly edge: MapEdge;
  readonly slots: readonly string[];
  /** True where the server stands at the left. */
  readonly backward: boolean;
}

/** Looks at each column so often, from left to right and back. */
const SWEEPS = 4;
/** Space between slots of a column, pixels. */
const ROW_GAP = 20;
/** Height of a slot that a line passes through, pixels. */
const PASSAGE = 24;

function coursesOf(
  { edges }: Pick<ServiceMap, 'edges'>,
  ranks: ReadonlyMap<string, number>,
  columns: Slot[][],
): Course[] {
  return edges.flatMap((edge): Course[] => {
    const from = ranks.get(edge.client);
    const to = ranks.get(edge.server);
    // A service that calls itself, or one of its own column, says so in words only.
    if (from === undefined || to === undefined || from === to) return [];
    const backward = to < from;
    const [left, right] = backward ? [edge.server, edge.client] : [edge.client, edge.server];
    const passages: string[] = [];
    for (let column = Math.min(from, to) + 1; column < Math.max(from, to); column += 1) {
      const key = `${edge.client} → ${edge.server} ${column}`;
      columns[column]?.push({ key, node: undefined });
      passages.push(key);
    }
    return [{ edge, slots: [left, ...passages, right], backward }];
  });
}

/** Orders the slots of each column by the mean place of those that they are connected with: few lines cross. */
function order(columns: Slot[][], courses: readonly Course[]): void {
  const neighbours = new Map<string, string[]>();
  const connect = (a: string, b: string): void => {
    neighbours.set(a, [...(neighbours.get(a) ?? []), b]);
    neighbours.set(b, [...(neighbours.get(b) ?? []), a]);
  };
  for (const { slots } of courses)
    slots.slice(1).forEach((slot, index) => connect(slots[index] ?? slot, slot));
  const place = (column: readonly Slot[] | undefined): Map<string, number> =>
    new Map((column ?? []).map(({ key }, index) => [key, (index + 0.5) / (column?.length ?? 1)]));
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const forward = sweep % 2 === 0;
    const indexes = columns.map((_, index) => index);
    for (const index of forward ? indexes : indexes.reverse()) {
      const column = columns[index];
      const own = place(column);
      const beside = place(columns[forward ? index - 1 : index + 1]);
      const mean = ({ key }: Slot): number => {
        const places = (neighbours.get(key) ?? []).flatMap((name) => beside.get(name) ?? []);
        if (places.length === 0) return own.get(key) ?? 0;
        return places.reduce((sum, one) => sum + one, 0) / places.length;
      };
      const means = new Map(column?.map((slot) => [slot, mean(slot)]));
      column?.sort((a, b) => (means.get(a) ?? 0) - (means.get(b) ?? 0));
    }
  }
}

/** Middles of the labels moved so far apart that none covers another; they stay in their order. */
function apart(middles: readonly number[], distance: number): number[] {
  const sorted = middles.map((at, index) => ({ at, index })).sort((a, b) => a.at - b.at);
  const result = [...middles];
  let before = -Infinity;
  for (const { at, index } of sorted) {
    before = Math.max(at, before + distance);
    result[index] = before;
  }
  // Half of what was added above belongs above: the labels stay around their lines.
  const shift =
    result.reduce((sum, at, index) => sum + at - (middles[index] ?? at), 0) / (middles.length || 1);
  return result.map((at) => at - shift);
}

/**
 * Places of nodes and calls in columns from left to right in the order of the calls. Undefined where the width does not
 * hold them with their labels.
 */
export function layoutMap(
  map: Pick<ServiceMap, 'nodes' | 'edges'>,
  available: number,
  sizes: MapSizes,
): MapPicture | undefined {
  const { boxWidth, boxHeight, labelWidth, labelHeight } = sizes;
  const ranks = mapRanks(map);
  const count = Math.max(-1, ...ranks.values()) + 1;
  const least = count * boxWidth + (count - 1) * labelWidth;
  if (count === 0 || available < least) return undefined;
  // Wider than twice the labels the lines only get longer.
  const gap = count === 1 ? 0 : Math.min((available - count * boxWidth) / (count - 1), 2 * labelWidth);
  const columns: Slot[][] = Array.from({ length: count }, () => []);
  for (const node of map.nodes) columns[ranks.get(node.id) ?? 0]?.push({ key: node.id, node });
  const courses = coursesOf(map, ranks, columns);
  order(columns, courses);

  const heightOf = ({ node }: Slot): number => (node === undefined ? PASSAGE : boxHeight);
  const heights = columns.map((column) =>
    column.reduce((sum, slot) => sum + heightOf(slot) + ROW_GAP, -ROW_GAP),
  );
  const height = Math.max(...heights, boxHeight);
  const boxes: MapBox[] = [];
  const middles = new Map<string, { readonly column: number; readonly y: number }>();
  columns.forEach((column, index) => {
    let y = (height - (heights[index] ?? 0)) / 2;
    for (const slot of column) {
      if (slot.node !== undefined) boxes.push({ node: slot.node, x: index * (boxWidth + gap), y });
      middles.set(slot.key, { column: index, y: y + heightOf(slot) / 2 });
      y += heightOf(slot) + ROW_GAP;
    }
  });

  const drawn = courses.map(({ edge, slots, backward }) => {
    const points = slots.flatMap((key, index): Point[] => {
      const { column, y } = middles.get(key) ?? { column: 0, y: 0 };
      const x = column * (boxWidth + gap);
      const left = { x, y };
      const right = { x: x + boxWidth, y };
      if (index === 0) return [right];
      return index === slots.length - 1 ? [left] : [left, right];
    });
    // The label stands in the gap before the right end.
    const end = points.at(-1) ?? { x: 0, y: 0 };
    const before = points.at(-2) ?? end;
    const label = { x: (before.x + end.x) / 2, y: (before.y + end.y) / 2 };
    return { edge, points: backward ? points.toReversed() : points, label };
  });
  const lines = [...new Set(drawn.map(({ label }) => label.x))].flatMap((x) => {
    const group = drawn.filter(({ label }) => label.x === x);
    const places = apart(
      group.map(({ label }) => label.y),
      labelHeight,
    );
    return group.map((line, index) => ({
      ...line,
      label: { ...line.label, y: places[index] ?? line.label.y },
    }));
  });
  const top = Math.min(0, ...lines.map(({ label }) => label.y - labelHeight / 2));
  const bottom = Math.max(height, ...lines.map(({ label }) => label.y + labelHeight / 2));
  const lower = <T extends Point>(point: T): T => ({ ...point, y: point.y - top });
  return {
    width: count * boxWidth + (count - 1) * gap,
    height: bottom - top,
    boxes: boxes.map(lower),
    lines: lines.map((line) => ({ ...line, points: line.points.map(lower), label: lower(line.label) })),
  };
}
