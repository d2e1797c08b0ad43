import { describe, expect, it } from '@jest/globals';
import { mapEdge, mapNode, platformMap } from '../../../domain/traces/serviceMap.fixture';
import { mapTree, type MapBranch } from './mapTree';

/** Names, one a line, as deep as they stand. */
const lines = (branches: readonly MapBranch[], depth = 0): string[] =>
  branches.flatMap(({ node, branches: below }) => [
    `${'  '.repeat(depth)}${node.id}`,
    ...lines(below, depth + 1),
  ]);

describe('the map as lists', () => {
  it('has below each node those whom it calls, and below the broker its devices', () => {
    expect(lines(mapTree(platformMap()))).toEqual([
      'client',
      '  gateway',
      '    valtronics-api',
      '      postgres',
      '      redis',
      'valtronics-exporter',
      '  gateway',
      '  postgres',
      'broker',
      '  sensor',
      '  gateways',
    ]);
  });

  it('has everybody once at least where they call each other', () => {
    const nodes = [mapNode('a'), mapNode('b'), mapNode('alone')];
    const edges = [mapEdge('a', 'b'), mapEdge('b', 'a'), mapEdge('a', 'a'), mapEdge('a', 'gone')];
    expect(lines(mapTree({ nodes, edges }))).toEqual(['alone', 'a', '  b', '    a']);
  });

  it('has devices below a broker that services call, too', () => {
    const nodes = [mapNode('api'), mapNode('broker', 'broker'), mapNode('sensor', 'devices')];
    const edges = [mapEdge('api', 'broker'), mapEdge('sensor', 'broker')];
    expect(lines(mapTree({ nodes, edges }))).toEqual(['api', '  broker', '    sensor']);
  });
});
