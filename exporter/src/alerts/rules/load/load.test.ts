import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../../../../test/support/server.ts';
import { loadSettings } from '../../../config/load.ts';
import { loadRules } from './load.ts';
import { ownRuleProblems } from './own-rules.ts';
import { parseRuleFile } from './rule-file.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder('rules');
});
afterEach(() => folder.remove());

const GOOD = `
groups:
  - name: g
    interval: 1m
    limit: 5
    query_offset: 30s
    labels: {team: ops, severity: info}
    rules:
      - record: job:up
        expr: up
        labels:
      - alert: Down
        expr: |
          up == 0
        for: 1h30m
        keep_firing_for: 5m
        labels: {severity: critical, zone: 0x10}
`;

describe('parseRuleFile', () => {
  it('reads groups as Prometheus does: every scalar is a text', () => {
    expect(parseRuleFile(GOOD, 'g.yml')).toEqual([
      {
        name: 'g',
        origin: 'g.yml',
        interval: 60_000,
        queryOffset: 30_000,
        limit: 5,
        rules: [
          { kind: 'recording', name: 'job:up', expression: 'up', labels: { team: 'ops', severity: 'info' } },
          {
            ...{
              kind: 'alerting',
              name: 'Down',
              expression: 'up == 0',
              holdFor: 5_400_000,
              keepFiringFor: 300_000,
            },
            ...{ labels: { team: 'ops', severity: 'critical', zone: '0x10' }, annotations: {} },
          },
        ],
      },
    ]);
    expect(parseRuleFile('groups:\n', 'empty.yml')).toEqual([]);
  });

  it('reads a PrometheusRule of the operator', () => {
    const resource = `apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: r, labels: {role: alert-rules}}
spec:
  groups:
    - {name: g, partial_response_strategy: warn, rules: [{alert: A, expr: up == 0}]}
`;
    expect(parseRuleFile(resource, 'r.yml')).toMatchObject([{ name: 'g', rules: [{ name: 'A' }] }]);
    expect(() => parseRuleFile('kind: ConfigMap\ndata: {}\n', 'r.yml')).toThrow('r.yml: kind: ');
  });

  it('keeps labels of any name', () => {
    const rule = '{alert: A, expr: up, labels: {__proto__: x, constructor: y}}';
    const [group] = parseRuleFile(`groups: [{name: g, rules: [${rule}]}]`, 'g.yml');
    expect(Object.entries(group?.rules[0]?.labels ?? {})).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });

  it.each([
    ['', 'bad.yml: the file is empty'],
    ['null', 'bad.yml: the file is empty'],
    ['group: []', 'bad.yml: Unrecognized key: "group"'],
    ['groups: [{name: g, intervall: 1m}]', 'Unrecognized key: "intervall"'],
    ['groups: [{name: g}, {name: g}]', 'the group g is there twice'],
    ['groups: [{name: g, limit: many}]', 'groups.0.limit: must be a whole number'],
    ['groups: [{name: g, rules: [{alert: A, expr: up, annotations: {a-b: x}}]}]', 'rule 1.annotations'],
    ['groups: [{name: g, rules: [{alert: A, expr: up, labels: {a-b: x}}]}]', 'rule 1.labels'],
    ['groups: [', 'bad.yml: '],
    ['groups: 5', 'bad.yml: groups: '],
    ['groups: [{rules: []}]', 'bad.yml: groups.0.name: '],
    ['groups: [{name: g, rules: [{alert: A}]}]', 'bad.yml: group g, rule 1.expr: '],
    ['groups: [{name: g, rules: [{alert: A, expr: up, for: soon}]}]', 'rule 1.for: "soon" is no duration'],
    ['groups: [{name: g, rules: [{alert: A, expr: up, form: 5m}]}]', 'form'],
  ])('refuses %s with the place', (content, reason) => {
    expect(() => parseRuleFile(content, 'bad.yml')).toThrow(reason);
  });
});

describe('loadRules', () => {
  it('reads what the globs match, each file once, and says which cannot be used', () => {
    writeFileSync(join(folder.path, 'b.yml'), GOOD);
    writeFileSync(join(folder.path, 'a.yml'), 'groups: [');
    const glob = join(folder.path, '*.yml');
    const { groups, problems } = loadRules([glob, join(folder.path, 'b.yml'), '/nowhere/*.yml'], []);
    expect(groups.map(({ origin }) => origin)).toEqual([join(folder.path, 'b.yml')]);
    expect(problems).toEqual([
      'no file matches /nowhere/*.yml',
      expect.stringMatching(/a\.yml: .*its rules are not evaluated/),
    ]);
  });
});

describe('the setting rules.own', () => {
  const own = (value: unknown) =>
    loadSettings({ VALTRONICS_RULES_OWN: typeof value === 'string' ? value : JSON.stringify(value) });

  it('makes alerting rules, with a severity in any case', () => {
    const { settings } = own([
      { name: 'Mine', expression: 'up == 0', for: '5m', annotations: { summary: 'down' } },
    ]);
    expect(loadRules([], settings.rules.own).groups).toEqual([
      {
        ...{ name: 'own', origin: 'rules.own', interval: undefined, queryOffset: 0, limit: 0 },
        rules: [
          {
            ...{ kind: 'alerting', name: 'Mine', expression: 'up == 0', holdFor: 300_000, keepFiringFor: 0 },
            ...{ labels: { severity: 'warning' }, annotations: { summary: 'down' } },
          },
        ],
      },
    ]);
  });

  it('may come from the settings file as YAML', () => {
    const file = join(folder.path, 'config.yml');
    writeFileSync(file, 'rules:\n  own:\n    - {name: Mine, expression: up == 0, severity: critical}\n');
    expect(loadSettings({}, file).settings.rules.own).toMatchObject([{ name: 'Mine', severity: 'critical' }]);
  });

  it.each([
    ['no JSON', /VALTRONICS_RULES_OWN: "no JSON" is not allowed: a list of/],
    [[{ name: 'Mine' }], /rules\.own\.0\.expression/],
    [[{ name: 'Mine', expression: 'up', for: 'soon' }], /rules\.own\.0\.for/],
  ])('refuses %j', (value, message) => {
    expect(() => own(value)).toThrow(message);
  });

  it.each([
    [
      { name: 'Mine', expression: 'up ==' },
      /must be rules that can be evaluated; Mine: expression, column 6: the expression is not complete/,
    ],
    [
      { name: 'Mine', expression: 'up', annotations: { a: '{{ range }}' } },
      /Mine: template, line 1: a value or a function is missing/,
    ],
  ])('cannot evaluate %j', (value, message) => {
    expect(ownRuleProblems(own([value]).settings.rules.own)).toEqual([expect.stringMatching(message)]);
  });
});
