import { describe, expect, it } from '@jest/globals';
import { foldDevices, SEVERAL_TYPES } from './foldDevices';
import { mapEdge, mapNode, messageEdge } from './serviceMap.fixture';

const broker = mapNode('broker', 'broker');
const type = (id: string, devices: number) => mapNode(id, 'devices', { devices });
const map = {
  nodes: [type('camera', 3), broker, type('sensor', 812), type('gateway', 40)],
  edges: [
    mapEdge('sensor', 'broker', 0, { rate: 120 }),
    mapEdge('gateway', 'broker', 5, { rate: 4 }),
    mapEdge('camera', 'broker', 0, { rate: null, errorRate: null, requests: 0 }),
  ],
};

describe('the devices of a map', () => {
  it('stay as they are where they are few', () => {
    expect(foldDevices(map, 3)).toBe(map);
  });

  it('stand together where they are many, those of the fewest first', () => {
    const { nodes, edges } = foldDevices(map, 2);
    expect(nodes.map(({ id, devices }) => [id, devices])).toEqual([
      ['broker', null],
      ['sensor', 812],
      [SEVERAL_TYPES, 43],
    ]);
    expect(edges).toMatchObject([
      { client: 'sensor', server: 'broker', rate: 120 },
      {
        client: SEVERAL_TYPES,
        server: 'broker',
        rate: 4,
        requests: 100,
        failed: 5,
        errorRate: 0.05,
        p95: null,
      },
    ]);
  });

  it('stand all together where one node is all there is room for', () => {
    const { nodes, edges } = foldDevices(map, 1);
    expect(nodes.map(({ id, devices }) => [id, devices])).toEqual([
      ['broker', null],
      [SEVERAL_TYPES, 855],
    ]);
    expect(edges).toMatchObject([{ rate: 124, requests: 200, failed: 5 }]);
  });

  it('go on sending messages', () => {
    const away = messageEdge('camera', 'broker', 0, { rate: null, unmeasured: 'broker_away' });
    const { edges } = foldDevices({ nodes: [type('camera', 3), type('x', 1), broker], edges: [away] }, 1);
    expect(edges).toMatchObject([{ kind: 'messages', unmeasured: 'broker_away' }]);
  });

  it('have no figures where none of them is measured', () => {
    const quiet = mapEdge('camera', 'broker', 0, { rate: null, errorRate: null, requests: 0 });
    const { edges } = foldDevices({ nodes: [type('camera', 3), type('x', 1), broker], edges: [quiet] }, 1);
    expect(edges).toMatchObject([{ rate: null, errorRate: null }]);
  });
});
