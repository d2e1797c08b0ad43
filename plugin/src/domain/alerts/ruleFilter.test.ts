import { describe, expect, it } from '@jest/globals';
import { alertRule } from './rule.fixture';
import { countStates, filterRules, groupRules, ruleKey, ruleShowState } from './ruleFilter';

const OPEN = { text: '', states: [], severities: [], origins: [] };

const rules = [
  alertRule({ state: 'firing' }),
  alertRule({ name: 'ApiDown', group: 'valtronics.api', labels: { severity: 'critical' }, state: 'pending' }),
  alertRule({ name: 'Own', group: 'own', origin: 'grafana', labels: {}, health: 'error', annotations: {} }),
  alertRule({ name: 'Broken', origin: 'exporter', lastError: 'no such metric', state: 'firing' }),
  alertRule({ name: 'Slow', origin: 'exporter', state: 'unknown', health: 'err', lastError: 'needs 3d' }),
];

describe('the state that a rule is looked for by', () => {
  it.each([
    [{ state: 'firing' as const }, 'firing'],
    [{ state: 'inactive' as const, health: 'unknown' }, 'inactive'],
    [{ state: 'inactive' as const, health: 'err' }, 'error'],
    [{ state: 'pending' as const, health: 'error' }, 'error'],
    [{ state: 'inactive' as const, lastError: '' }, 'inactive'],
    [{ state: 'unknown' as const, health: 'err' }, 'unknown'],
  ])('of %j is %s', (more, expected) => {
    expect(ruleShowState(alertRule(more))).toBe(expected);
  });

  it('is counted', () => {
    expect(countStates(rules)).toMatchObject({ error: 2, firing: 1, pending: 1, inactive: 0, unknown: 1 });
  });
});

describe('the filter of rules', () => {
  const names = (filter: object) => filterRules(rules, { ...OPEN, ...filter }).map(({ name }) => name);

  it.each([
    [{}, ['DevicesOffline', 'ApiDown', 'Own', 'Broken', 'Slow']],
    [{ text: 'API' }, ['ApiDown']],
    [{ text: 'offline_ratio slow' }, ['Slow']],
    [{ text: 'nothing like it' }, []],
    [{ states: ['error'] }, ['Own', 'Broken']],
    [{ states: ['firing', 'pending'] }, ['DevicesOffline', 'ApiDown']],
    [{ severities: ['critical', ''] }, ['ApiDown', 'Own']],
    [{ origins: ['exporter'] }, ['Broken', 'Slow']],
  ])('%j lets through %j', (filter, expected) => {
    expect(names(filter)).toEqual(expected);
  });
});

describe('groups of rules', () => {
  it('keep the order of their engines, and engines apart', () => {
    const again = alertRule({ origin: 'exporter', group: 'own' });
    expect(
      groupRules([...rules, again]).map(({ origin, name, rules: r }) => [origin, name, r.length]),
    ).toEqual([
      ['prometheus', 'valtronics.devices', 1],
      ['prometheus', 'valtronics.api', 1],
      ['grafana', 'own', 1],
      ['exporter', 'valtronics.devices', 2],
      ['exporter', 'own', 1],
    ]);
  });

  it('tell rules of one name apart', () => {
    const keys = [alertRule(), alertRule({ holdSeconds: 1 }), alertRule({ expression: 'x' })].map(ruleKey);
    expect(new Set(keys).size).toBe(3);
  });
});
