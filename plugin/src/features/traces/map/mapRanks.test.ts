import { describe, expect, it } from '@jest/globals';
import { mapEdge, mapNode, platformMap } from '../../../domain/traces/serviceMap.fixture';
import { mapRanks } from './mapRanks';

describe('the columns of a map', () => {
  it('have callers before those whom they call, stores last, and devices beyond them', () => {
    expect(Object.fromEntries(mapRanks(platformMap()))).toEqual({
      ...{ client: 0, 'valtronics-exporter': 0, gateway: 1, 'valtronics-api': 2 },
      ...{ postgres: 3, redis: 3, broker: 3, sensor: 4, gateways: 4 },
    });
  });

  it('are found where services call each other in a circle', () => {
    const nodes = [mapNode('a'), mapNode('b'), mapNode('c')];
    const edges = [mapEdge('a', 'b'), mapEdge('b', 'c'), mapEdge('c', 'a'), mapEdge('b', 'b')];
    expect(Object.fromEntries(mapRanks({ nodes, edges }))).toEqual({ a: 0, b: 1, c: 2 });
  });

  it('have devices that call a service before it', () => {
    const nodes = [mapNode('sensor', 'devices'), mapNode('api'), mapNode('broker', 'broker')];
    const edges = [mapEdge('sensor', 'api'), mapEdge('sensor', 'broker')];
    expect(Object.fromEntries(mapRanks({ nodes, edges }))).toEqual({ sensor: 0, api: 1, broker: 1 });
  });

  it('have a broker behind those who take messages from it', () => {
    const nodes = [mapNode('prometheus'), mapNode('exporter'), mapNode('broker', 'broker')];
    const edges = [mapEdge('broker', 'exporter'), mapEdge('prometheus', 'exporter')];
    const ranks = mapRanks({
      nodes: [...nodes, mapNode('sensor', 'devices')],
      edges: [...edges, mapEdge('sensor', 'broker')],
    });
    expect(Object.fromEntries(ranks)).toEqual({ prometheus: 0, exporter: 1, broker: 2, sensor: 3 });
  });

  it('are one for a broker and one for its devices where there is nothing else', () => {
    const nodes = [mapNode('broker', 'broker'), mapNode('sensor', 'devices')];
    const ranks = mapRanks({ nodes, edges: [mapEdge('sensor', 'broker'), mapEdge('nobody', 'broker')] });
    expect(Object.fromEntries(ranks)).toEqual({ broker: 0, sensor: 1 });
  });
});
