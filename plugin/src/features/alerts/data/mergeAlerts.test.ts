import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isMuted, type AlertRow } from '../../../domain/alerts/alert';
import {
  alertRow,
  alertRule,
  labelsOf,
  routedAlert,
  storedAlert,
} from '../../../domain/alerts/alertRow.fixture';
import { fingerprintOf } from '../../../domain/alerts/fingerprint';
import { mergeAlerts, WATCHDOG, type AlertSources } from './mergeAlerts';

const merge = (sources: Partial<AlertSources>) =>
  mergeAlerts({ stored: [], routed: [], rules: [], ...sources });

describe('fingerprintOf', () => {
  it.each([
    // Values of prometheus/common.
    [{}, 'cbf29ce484222325'],
    [{ alertname: 'x' }, fingerprintOf({ alertname: 'x', cluster: 'a', region: 'b', empty: '' })],
  ])('%j', (labels, expected) => {
    expect(fingerprintOf(labels)).toBe(expected);
  });

  it('is the one that the exporter and Alertmanager show', () => {
    const labels = {
      device_id: 'MOCK-1037',
      alert_type: 'device',
      alertname: 'PlatformAlert',
      severity: 'info',
    };
    expect(fingerprintOf(labels)).toBe('32da1fd5b2ee0899');
  });

  it('is FNV-1a of 64 bits, whatever the labels', () => {
    const bytes = (text: string): readonly number[] => [...new TextEncoder().encode(text), 255];
    const compare = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }).map((one) => `x${one}`);
    fc.assert(
      fc.property(fc.dictionary(text, text), (labels) => {
        const all = Object.keys(labels)
          .sort(compare)
          .flatMap((name) => [...bytes(name), ...bytes(labels[name] ?? '')]);
        const hash = all.reduce(
          (sum, byte) => ((sum ^ BigInt(byte)) * 1_099_511_628_211n) & 0xffff_ffff_ffff_ffffn,
          14_695_981_039_346_656_037n,
        );
        const expected = hash.toString(16).padStart(16, '0');
        expect(fingerprintOf(labels)).toBe(expected);
        // What is remembered of it is its own.
        expect(fingerprintOf({ ...labels })).toBe(expected);
      }),
    );
  });

  it('is the same when more were asked for than are remembered', () => {
    const all = Array.from({ length: 60_000 }, (_, index) => fingerprintOf({ device_id: `D${index}` }));
    expect(new Set(all).size).toBe(60_000);
    expect(fingerprintOf({ device_id: 'D7' })).toBe(all[7]);
  });

  it('sorts names by their bytes', () => {
    expect(fingerprintOf({ '￿': '1', '😀': '2' })).toBe(fingerprintOf({ '😀': '2', '￿': '1' }));
    // As Alertmanager has it: by UTF-16 the other one would come first.
    expect(fingerprintOf({ '￿': '1', '😀': '2' })).toBe('2d2af1b84bffd2f6');
    expect(fingerprintOf({ ab: '1', a: '2' })).not.toBe(fingerprintOf({ a: '1', ab: '2' }));
  });
});

describe('mergeAlerts', () => {
  it('keeps rows that say the same as before, and the list when all do', () => {
    const sources = (value: string, more: readonly string[] = []): AlertSources => ({
      stored: [storedAlert({ labels: labelsOf('A') })],
      routed: [
        routedAlert({ labels: labelsOf('A') }),
        ...more.map((name) => routedAlert({ labels: labelsOf(name) })),
      ],
      rules: [alertRule({ instances: [{ labels: labelsOf('B'), state: 'firing', value, since: 9 }] })],
    });
    const before = mergeAlerts(sources('1'));
    expect(mergeAlerts(sources('1'), before)).toBe(before);
    const after = mergeAlerts(sources('2', ['C']), before);
    const named = (rows: readonly AlertRow[], name: string) => rows.find((row) => row.name === name);
    expect(named(after, 'A')).toBe(named(before, 'A'));
    expect(named(after, 'B')).not.toBe(named(before, 'B'));
    expect(named(after, 'B')?.value).toBe('2');
    expect(after).toHaveLength(3);
    expect(mergeAlerts(sources('2'), after)).toHaveLength(2);
  });

  it('makes one row of what all sources show of one alert', () => {
    const rows = merge({ stored: [storedAlert()], routed: [routedAlert()], rules: [alertRule()] });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      fingerprint: fingerprintOf(labelsOf('DevicesOffline')),
      origins: ['store', 'alertmanager', 'prometheus'],
      state: 'active',
      startsAt: 500,
      value: '2.1e-01',
      receivers: ['web.hook'],
      labels: { cluster: 'c1' },
      annotations: { dashboard: 'http://d', description: 'Many devices are offline' },
    });
  });

  it('keeps what only one of them shows', () => {
    const rows = merge({
      stored: [storedAlert({ labels: labelsOf('A') })],
      routed: [routedAlert({ labels: labelsOf('B') })],
      rules: [
        alertRule({ instances: [{ labels: labelsOf('C'), state: 'pending', value: '1', since: 9 }] }),
        alertRule({
          origin: 'grafana',
          instances: [{ labels: labelsOf('D'), state: 'firing', value: '1', since: 9 }],
        }),
      ],
    });
    expect(Object.fromEntries(rows.map(({ name, origins, state }) => [name, [...origins, state]]))).toEqual({
      A: ['store', 'active'],
      B: ['alertmanager', 'active'],
      C: ['prometheus', 'pending'],
      D: ['grafana', 'active'],
    });
  });

  it('knows by the store who has taken an alert on', () => {
    const acknowledgement = { by: 'ana', at: 7, comment: 'power cut' };
    const [row] = merge({
      stored: [storedAlert({ state: 'acknowledged', acknowledgement })],
      routed: [routedAlert()],
    });
    expect(row).toMatchObject({ state: 'acknowledged', acknowledgement });
  });

  it('shows as active what fires although the store calls it resolved, without the decisions of before', () => {
    const resolution = { by: 'ana', at: 7, comment: '' };
    const [row] = merge({
      stored: [storedAlert({ state: 'resolved', resolution, startsAt: 1 })],
      routed: [routedAlert()],
    });
    expect(row).toMatchObject({ state: 'active', resolution: null, startsAt: 3000, raisedBy: undefined });
  });

  it('shows as resolved what nobody but the store has', () => {
    const resolution = { by: 'ana', at: 7, comment: '' };
    const [row] = merge({ stored: [storedAlert({ state: 'resolved', resolution })] });
    expect(row).toMatchObject({ state: 'resolved', endsAt: 7, resolution });
  });

  it('takes a firing instance before a pending one of the same labels', () => {
    const instance = { labels: labelsOf('A'), value: '1', since: 10 };
    const [row] = merge({
      rules: [
        alertRule({ instances: [{ ...instance, state: 'firing', value: '2' }] }),
        alertRule({ instances: [{ ...instance, state: 'pending' }] }),
      ],
    });
    expect(row).toMatchObject({ state: 'active', value: '2' });
  });

  it('says nothing by templates, and what the engine made of them', () => {
    const [bare] = merge({ rules: [alertRule()] });
    expect(bare?.summary).toBe('');
    const instance = { labels: labelsOf('A'), state: 'firing', value: '1', since: 1 } as const;
    const filled = { ...instance, annotations: { summary: 'It is 3' } };
    expect(merge({ rules: [alertRule({ instances: [filled] })] })[0]?.summary).toBe('It is 3');
  });

  it('names silences, and by our fingerprint what inhibits it', () => {
    const cause = routedAlert({ fingerprint: 'cause', labels: { ...labelsOf('Cause'), cluster: 'c1' } });
    const rows = merge({
      routed: [cause, routedAlert({ silencedBy: ['s1'], inhibitedBy: ['cause', 'gone'] })],
    });
    const row = rows.find(({ name }) => name === 'DevicesOffline');
    expect(row).toMatchObject({
      silencedBy: ['s1'],
      inhibitedBy: [fingerprintOf(labelsOf('Cause')), 'gone'],
    });
    expect(rows.map(isMuted)).toEqual(rows.map(({ name }) => name === 'DevicesOffline'));
  });

  it('counts the receivers of store and Alertmanager, each once', () => {
    const notified = [
      { receiver: 'slack', state: 'delivered', at: 5 },
      { receiver: 'web.hook', state: 'dead', at: 6 },
    ] as const;
    const [row] = merge({ stored: [storedAlert({ notified })], routed: [routedAlert()] });
    expect(row).toMatchObject({ receivers: ['web.hook', 'slack'], notified });
  });

  it('leaves the watchdog out and puts the worst first', () => {
    const rows = merge({
      routed: [
        routedAlert({ labels: { alertname: WATCHDOG, severity: 'none' } }),
        routedAlert({ labels: { alertname: 'None' } }),
        routedAlert({ labels: labelsOf('W') }),
        routedAlert({ labels: labelsOf('C', { severity: 'Critical' }) }),
        routedAlert({ labels: labelsOf('O', { severity: 'odd' }) }),
        routedAlert({ labels: labelsOf('I', { severity: 'info' }) }),
      ],
    });
    expect(rows.map(({ name }) => name)).toEqual(['C', 'W', 'I', 'O', 'None']);
  });

  it('is not slow or confused with many', () => {
    const many = Array.from({ length: 10_000 }, (_, n) =>
      storedAlert({ labels: labelsOf('A', { device_id: `D${n}` }) }),
    );
    expect(merge({ stored: many, routed: many.map(({ labels }) => routedAlert({ labels })) })).toHaveLength(
      10_000,
    );
  });
});

describe('the fixture', () => {
  it('is a row as the merge makes it', () => {
    const [row] = merge({ stored: [storedAlert()] });
    expect(Object.keys(alertRow()).sort()).toEqual(Object.keys(row ?? {}).sort());
  });

  it.each([
    ['nodata', 'DatasourceNoData'],
    ['error', 'DatasourceError'],
  ] as const)('knows the alert of a rule of Grafana without a value: %s', (state, alertname) => {
    const instance = { ...{ labels: labelsOf('Cpu', { job: 'a' }), value: '', since: 500 }, state };
    const rows = merge({
      routed: [
        routedAlert({
          ...{ labels: labelsOf(alertname, { job: 'a', rulename: 'Cpu', grafana_folder: 'F' }) },
          ...{ alertmanager: 'grafana' },
        }),
      ],
      rules: [alertRule({ origin: 'grafana', instances: [instance] })],
    });
    expect(rows).toMatchObject([
      { name: 'Cpu', state, origins: ['alertmanager', 'grafana'], routedBy: ['grafana'] },
    ]);
    expect(
      merge({ stored: [storedAlert({ labels: labelsOf(alertname, { rulename: 'Cpu' }) })] }),
    ).toMatchObject([{ name: 'Cpu', state }]);
  });

  it('shows what recovers', () => {
    const instance = { ...{ labels: labelsOf('Cpu'), value: '', since: 500 }, state: 'recovering' as const };
    expect(merge({ rules: [alertRule({ origin: 'grafana', instances: [instance] })] })).toMatchObject([
      { state: 'recovering' },
    ]);
  });

  it('is told of as long as one Alertmanager tells of it', () => {
    const own = routedAlert({ silencedBy: ['s'] });
    const [quiet] = merge({ routed: [own] });
    expect(quiet && isMuted(quiet)).toBe(true);
    const [told] = merge({ routed: [own, routedAlert({ alertmanager: 'grafana' })] });
    expect(told && isMuted(told)).toBe(false);
    expect(told?.routedBy).toEqual(['own', 'grafana']);
  });

  it('is muted where Alertmanager suppresses it without a reason', () => {
    const [row] = merge({ routed: [routedAlert({ suppressed: true })] });
    expect(row && isMuted(row)).toBe(true);
  });
});
