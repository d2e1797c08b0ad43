import { describe, expect, it } from '@jest/globals';
import { alertRow, labelsOf } from './alertRow.fixture';
import { filterAlerts, NO_FILTER, type AlertFilter } from './filter';
import { groupAlerts, groupLabels } from './group';
import { parseMatchers } from './matchers';

const ROWS = [
  alertRow({ name: 'Plain', labels: labelsOf('Plain', { service: 'api', device_id: 'D1' }) }),
  alertRow({
    labels: labelsOf('Taken', { severity: 'critical' }),
    state: 'acknowledged',
    acknowledgement: { by: 'ana', at: 1, comment: 'Power cut' },
    receivers: ['pagerduty'],
  }),
  alertRow({ labels: labelsOf('Silenced'), silencedBy: ['s'], annotations: { description: 'Deep inside' } }),
  alertRow({ labels: labelsOf('Serviced', { service: 'api' }), maintenance: ['w'] }),
  alertRow({ labels: { alertname: 'Coming' }, state: 'pending' }),
];
const names = (filter: Partial<AlertFilter>): string[] =>
  filterAlerts(ROWS, { ...NO_FILTER, ...filter }).map(({ name }) => name);

describe('filterAlerts', () => {
  it.each<[string, Partial<AlertFilter>, string[]]>([
    ['nothing', {}, ['Plain', 'Taken', 'Silenced', 'Serviced', 'Coming']],
    ['words of a comment', { text: 'POWER ana' }, ['Taken']],
    ['words of an annotation', { text: 'deep' }, ['Silenced']],
    ['words that stand nowhere', { text: 'deep power' }, []],
    ['a severity', { severities: ['critical'] }, ['Taken']],
    ['no severity', { severities: [''] }, ['Coming']],
    ['states', { states: ['pending', 'acknowledged'] }, ['Taken', 'Coming']],
    ['a device', { device: 'D1' }, ['Plain']],
    ['a service', { services: ['api'] }, ['Plain', 'Serviced']],
    ['a receiver', { receivers: ['pagerduty'] }, ['Taken']],
    ['matchers', { matchers: parseMatchers('alertname=~"S.*",service=""') }, ['Silenced']],
    ['no muted', { muted: false }, ['Plain', 'Taken', 'Coming']],
    ['no acknowledged', { acknowledged: false }, ['Plain', 'Silenced', 'Serviced', 'Coming']],
  ])('%s', (_, filter, expected) => {
    expect(names(filter)).toEqual(expected);
  });
});

describe('groupAlerts', () => {
  it('puts those without the label into a group of their own, last', () => {
    const groups = groupAlerts(ROWS, 'service');
    expect(groups.map(({ value, alerts }) => [value, alerts.length])).toEqual([
      ['api', 2],
      [undefined, 3],
    ]);
    expect(groups[1]).toMatchObject({ severity: 'critical', firing: 2 });
  });

  it('puts the worst group first, then the largest, and drops nobody', () => {
    const groups = groupAlerts(ROWS, 'severity');
    expect(groups.map(({ value, alerts }) => [value, alerts.length])).toEqual([
      ['critical', 1],
      ['warning', 3],
      [undefined, 1],
    ]);
    expect(groupAlerts([], 'severity')).toEqual([]);
  });

  it('knows by what they can be grouped', () => {
    expect(groupLabels(ROWS)).toEqual(['alertname', 'severity', 'service', 'device_id']);
  });
});
