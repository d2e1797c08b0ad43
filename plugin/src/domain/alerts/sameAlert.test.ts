import { describe, expect, it } from '@jest/globals';
import type { AlertRow } from './alert';
import { alertRow } from './alertRow.fixture';
import { isSameAlert } from './sameAlert';

const decision = { by: 'ana', at: 5, comment: 'power cut' };
const full = alertRow({
  labels: { alertname: 'A', severity: 'warning' },
  annotations: { summary: 's', empty: '' },
  acknowledgement: decision,
  resolution: decision,
  routedBy: ['own'],
  silencedBy: ['s1'],
  inhibitedBy: ['i1'],
  maintenance: ['m1'],
  receivers: ['slack'],
  notified: [{ receiver: 'slack', state: 'delivered', at: 7 }],
  value: '1',
  valueUnit: { kind: 'suffix', suffix: 'd' },
  generatorUrl: 'http://g',
});

/** The same content in other objects. */
const copyOf = (row: AlertRow): AlertRow => ({
  ...row,
  labels: { ...row.labels },
  annotations: { ...row.annotations },
  receivers: [...row.receivers],
  notified: row.notified.map((notice) => ({ ...notice })),
  acknowledgement: row.acknowledgement && { ...row.acknowledgement },
  valueUnit: row.valueUnit && { ...row.valueUnit },
});

/** For every part of a row something else that it can say. */
const others: { readonly [K in keyof Required<AlertRow>]: readonly AlertRow[K][] } = {
  fingerprint: ['f'],
  name: ['B'],
  severity: ['critical'],
  state: ['acknowledged'],
  summary: ['other'],
  labels: [
    { alertname: 'A' },
    { alertname: 'A', severity: 'info' },
    { ...full.labels, more: '' },
    { alertname: 'A', toString: 'warning' },
  ],
  annotations: [{}, { summary: 's' }, { summary: 's', other: '' }],
  startsAt: [1],
  endsAt: [1],
  origins: [[], ['alertmanager'], ['store', 'alertmanager']],
  raisedBy: [undefined],
  raisedCount: [2],
  flappingSince: [3],
  acknowledgement: [null, { ...decision, by: 'bo' }, { ...decision, at: 6 }, { ...decision, comment: '' }],
  resolution: [null, { ...decision, by: 'bo' }],
  routedBy: [[], ['grafana']],
  silencedBy: [[], ['s2']],
  inhibitedBy: [[], ['i2']],
  maintenance: [[], ['m2']],
  suppressed: [true],
  receivers: [[], ['mail'], ['slack', 'mail']],
  notified: [
    [],
    [{ receiver: 'mail', state: 'delivered', at: 7 }],
    [{ receiver: 'slack', state: 'dead', at: 7 }],
    [{ receiver: 'slack', state: 'delivered', at: 8 }],
  ],
  value: ['2', undefined],
  valueUnit: [undefined, { kind: 'share' }, { kind: 'suffix', suffix: 'h' }],
  generatorUrl: [undefined, 'http://h'],
};

describe('isSameAlert', () => {
  it('is true of rows with the same content in other objects', () => {
    expect(isSameAlert(full, copyOf(full))).toBe(true);
    expect(isSameAlert(alertRow(), alertRow())).toBe(true);
  });

  it.each(Object.entries(others).flatMap(([part, values]) => values.map((value) => ({ part, value }))))(
    'notices another $part: $value',
    ({ part, value }) => {
      const other = { ...copyOf(full), [part]: value };
      expect(isSameAlert(full, other)).toBe(false);
      expect(isSameAlert(other, full)).toBe(false);
    },
  );
});
