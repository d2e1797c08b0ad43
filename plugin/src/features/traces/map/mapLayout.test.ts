import { describe, expect, it } from '@jest/globals';
import type { ServiceMap } from '../../../domain/traces/serviceMap';
import { mapEdge, mapNode, platformMap } from '../../../domain/traces/serviceMap.fixture';
import { layoutMap, type MapPicture } from './mapLayout';

const SIZES = { boxWidth: 120, boxHeight: 60, labelWidth: 90, labelHeight: 40, tight: false };

function layout(map: Pick<ServiceMap, 'nodes' | 'edges'>, width = 1200): MapPicture {
  const picture = layoutMap(map, width, SIZES);
  if (picture === undefined) throw new Error('it has no room');
  return picture;
}

const boxOf = ({ boxes }: MapPicture, id: string) => {
  const box = boxes.find(({ node }) => node.id === id);
  if (box === undefined) throw new Error(`${id} has no box`);
  return box;
};

const lineOf = ({ lines }: MapPicture, client: string, server: string) => {
  const line = lines.find(({ edge }) => edge.client === client && edge.server === server);
  if (line === undefined) throw new Error(`${client} → ${server} has no line`);
  return line;
};

describe('the places of a map', () => {
  it('keep within the width, and boxes and labels off each other', () => {
    const { boxes, lines, width, height } = layout(platformMap(), 1000);
    expect(width).toBeLessThanOrEqual(1000);
    const areas = [
      ...boxes.map(({ x, y }) => ({ x, y, w: SIZES.boxWidth, h: SIZES.boxHeight })),
      ...lines.map(({ label: { x, y } }) => ({
        ...{ x: x - SIZES.labelWidth / 2, y: y - SIZES.labelHeight / 2 },
        ...{ w: SIZES.labelWidth, h: SIZES.labelHeight },
      })),
    ];
    expect(areas).toHaveLength(17);
    for (const [index, a] of areas.entries()) {
      expect(a.x).toBeGreaterThanOrEqual(0);
      expect(a.y).toBeGreaterThanOrEqual(0);
      expect(a.x + a.w).toBeLessThanOrEqual(width);
      expect(a.y + a.h).toBeLessThanOrEqual(height);
      for (const b of areas.slice(index + 1)) {
        const apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
        expect([a, b, apart]).toEqual([a, b, true]);
      }
    }
  });

  it('are none where there is not enough room for the labels', () => {
    expect(layoutMap(platformMap(), 5 * 120 + 4 * 90 - 1, SIZES)).toBeUndefined();
    expect(layoutMap({ nodes: [], edges: [] }, 1000, SIZES)).toBeUndefined();
  });

  it('lead a line from box to box in the direction of the call', () => {
    const picture = layout(platformMap());
    const sensor = boxOf(picture, 'sensor');
    const broker = boxOf(picture, 'broker');
    const { points } = lineOf(picture, 'sensor', 'broker');
    expect(points).toEqual([
      { x: sensor.x, y: sensor.y + 30 },
      { x: broker.x + 120, y: broker.y + 30 },
    ]);
  });

  it('lead a line past what stands between', () => {
    const picture = layout(platformMap());
    const { points } = lineOf(picture, 'valtronics-exporter', 'postgres');
    expect(points).toHaveLength(6);
    for (const { x, y } of points.slice(1, -1)) {
      const inside = picture.boxes.filter(
        (box) => x >= box.x && x <= box.x + 120 && y > box.y && y < box.y + 60,
      );
      expect(inside).toEqual([]);
    }
  });

  it('let few lines cross', () => {
    const nodes = ['a', 'b', 'c', 'x', 'y', 'z'].map((id) => mapNode(id));
    const edges = [mapEdge('a', 'z'), mapEdge('b', 'y'), mapEdge('c', 'x')];
    const picture = layout({ nodes, edges });
    const heights = edges.map(({ client, server }) => [boxOf(picture, client).y, boxOf(picture, server).y]);
    for (const [left, right] of heights) expect(left).toBe(right);
  });

  it('have none for a service that calls itself, and for a call to nobody', () => {
    const { lines, boxes } = layout({
      nodes: [mapNode('a')],
      edges: [mapEdge('a', 'a'), mapEdge('a', 'gone')],
    });
    expect(lines).toEqual([]);
    expect(boxes).toHaveLength(1);
  });
});
