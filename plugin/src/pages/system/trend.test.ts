import { describe, expect, it } from '@jest/globals';
import type { InstantRow } from '../../api/prometheusShapes';
import { collectorStatus, scoreStatus } from './scoreLook';
import { serviceValues } from './services';
import { fallenMost, scoresOf } from './trend';

const health = (scores: Readonly<Record<string, number | null>>) => ({
  overall: 80,
  components: Object.entries(scores).map(([component, score]) => ({ component, score, explanation: '' })),
});

describe('fallenMost', () => {
  const before = new Map([
    ['overall', 100],
    ['api', 90],
    ['mqtt', 100],
    ['redis', 50],
  ]);

  it.each([
    ['the one that fell most', { overall: 10, api: 80, mqtt: 55, redis: 50 }, 'mqtt'],
    ['none when none fell', { overall: 10, api: 95, mqtt: 100 }, undefined],
    ['none that is no longer measured', { mqtt: null, api: 89 }, 'api'],
    ['none that was not measured then', { telemetry: 0 }, undefined],
  ])('names %s', (_, scores, expected) => {
    expect(fallenMost(health(scores), before)).toBe(expected);
  });

  it('names none when nothing is known of then', () => {
    expect(fallenMost(health({ api: 0 }), undefined)).toBeUndefined();
  });
});

describe('how things look', () => {
  it.each([
    [null, 'unknown'],
    [100, 'online'],
    [80, 'online'],
    [79.9, 'warning'],
    [50, 'warning'],
    [49.9, 'error'],
    [0, 'error'],
  ] as const)('a score of %s is %s', (score, status) => {
    expect(scoreStatus(score)).toBe(status);
  });

  it.each([
    ['ok', 'online'],
    ['failing', 'error'],
    ['paused', 'error'],
    ['waiting', 'unknown'],
    ['not_configured', 'unknown'],
  ] as const)('a collector that is %s is %s', (state, status) => {
    expect(collectorStatus(state)).toBe(status);
  });
});

describe('rows', () => {
  it('become scores by component', () => {
    expect(scoresOf([{ labels: { component: 'api' }, value: 5 }])).toEqual(new Map([['api', 5]]));
  });

  it('become values by name and state', () => {
    const rows: InstantRow[] = [
      { labels: { __name__: 'a', state: 'used' }, value: 1 },
      { labels: { __name__: 'b' }, value: 2 },
    ];
    expect([...serviceValues(rows).keys()]).toEqual(['a/used', 'b']);
  });
});
