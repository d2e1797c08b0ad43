import { describe, expect, it } from '@jest/globals';
import { errorSpread } from './errorSpread';
import { mapEdge, platformMap } from './serviceMap.fixture';

/** `origin's caller → origin: who is reached`. */
const words = (edges: Parameters<typeof errorSpread>[0]['edges']): string[] =>
  errorSpread({ edges }).map(
    ({ origin, reaches }) => `${origin.client} → ${origin.server}: ${reaches.join(', ')}`,
  );

describe('how errors spread', () => {
  it('is told from where they begin to whom they reach', () => {
    expect(words(platformMap().edges)).toEqual(['valtronics-api → postgres: gateway, client']);
  });

  it('ends with a caller that copes', () => {
    expect(words([mapEdge('client', 'api'), mapEdge('api', 'redis', 30)])).toEqual(['api → redis: ']);
  });

  it('begins with the worst of several', () => {
    const edges = [mapEdge('client', 'api', 5), mapEdge('api', 'redis', 2), mapEdge('api', 'postgres', 40)];
    expect(words(edges)).toEqual(['api → postgres: client', 'api → redis: client']);
  });

  it('reaches each of several callers once', () => {
    const edges = [
      ...[mapEdge('api', 'postgres', 9), mapEdge('gateway', 'api', 9), mapEdge('exporter', 'api', 9)],
      ...[mapEdge('client', 'gateway', 9), mapEdge('client', 'exporter', 9)],
    ];
    expect(words(edges)).toEqual(['api → postgres: gateway, exporter, client']);
  });

  it('is told once of services that call each other', () => {
    expect(words([mapEdge('a', 'b', 9), mapEdge('b', 'a', 20), mapEdge('client', 'a', 1)])).toEqual([
      'b → a: client',
    ]);
  });

  it('is nothing where nothing fails, or only a service in itself', () => {
    expect(words([mapEdge('client', 'api'), mapEdge('api', 'api', 9)])).toEqual([]);
  });
});
