import { describe, expect, it } from '@jest/globals';
import { type DataFrame, FieldType, toDataFrame } from '@grafana/data';
import { fingerprintOf } from '../../../domain/alerts/fingerprint';
import { alertsOfFrames, holdsAlerts } from './frames';

const STEP = 15_000;
const END = 100 * STEP;

/** A series with a value at each of these steps. */
function series(labels: Record<string, string>, steps: readonly number[], value = 1): DataFrame {
  return toDataFrame({
    fields: [
      { name: 'Time', type: FieldType.time, values: steps.map((step) => step * STEP) },
      { name: 'Value', type: FieldType.number, values: steps.map(() => value), labels },
    ],
  });
}

const LABELS = { __name__: 'ALERTS', alertname: 'A', alertstate: 'firing', severity: 'critical', job: 'j' };
const steps = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('series of ALERTS', () => {
  it('begin an alert with their first sample; labels of the series that are none of the alert are left out', () => {
    const [alert, ...others] = alertsOfFrames([series(LABELS, steps(40, 100))], END);
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ name: 'A', severity: 'critical', state: 'active', startsAt: 40 * STEP });
    expect(alert?.labels).toEqual({ alertname: 'A', severity: 'critical', job: 'j' });
    expect(alert?.fingerprint).toBe(fingerprintOf({ alertname: 'A', severity: 'critical', job: 'j' }));
  });

  it('end an alert when they end before the query does, and bridge a failed scrape', () => {
    const alerts = alertsOfFrames(
      [series(LABELS, [...steps(10, 20), ...steps(22, 30), ...steps(80, 100)])],
      END,
    );
    expect(
      alerts.map(({ state, startsAt, endsAt }) => [state, startsAt / STEP, endsAt && endsAt / STEP]),
    ).toEqual([
      ['active', 80, null],
      ['resolved', 10, 30],
    ]);
  });

  it('forget what was pending and is not any more', () => {
    const pending = { ...LABELS, alertstate: 'pending' };
    expect(alertsOfFrames([series(pending, steps(10, 20))], END)).toEqual([]);
    expect(alertsOfFrames([series(pending, steps(90, 100))], END)[0]?.state).toBe('pending');
  });

  it('do not tell since when, when there is one sample', () => {
    expect(alertsOfFrames([series(LABELS, [100])], END)[0]?.startsAt).toBeNaN();
  });

  it('are no alerts where they are 0', () => {
    expect(alertsOfFrames([series(LABELS, steps(90, 100), 0)], END)).toEqual([]);
    expect(alertsOfFrames([series(LABELS, [100], 0)], END)).toEqual([]);
  });
});

describe('tables', () => {
  it('of Prometheus have a row for each alert, without a beginning', () => {
    const frame = toDataFrame({
      fields: [
        { name: 'Time', type: FieldType.time, values: [END, END] },
        { name: 'alertname', type: FieldType.string, values: ['A', 'B'] },
        { name: 'alertstate', type: FieldType.string, values: ['firing', 'pending'] },
        { name: 'severity', type: FieldType.string, values: ['warning', 'critical'] },
        { name: 'device_id', type: FieldType.string, values: ['', 'X'] },
        { name: 'Value', type: FieldType.number, values: [1, 1] },
      ],
    });
    const alerts = alertsOfFrames([frame], END);
    expect(alerts.map(({ name, state, labels }) => [name, state, labels.device_id])).toEqual([
      ['B', 'pending', 'X'],
      ['A', 'active', undefined],
    ]);
    expect(alerts[0]?.startsAt).toBeNaN();
    expect(alerts[0]?.fingerprint).toBe(
      fingerprintOf({ alertname: 'B', severity: 'critical', device_id: 'X' }),
    );
  });

  it('of anything else may say state, text and beginning under many names', () => {
    const frame = toDataFrame({
      fields: [
        { name: 'Title', type: FieldType.string, values: ['Disk', '<img src=x>', 'Old'] },
        { name: 'Level', type: FieldType.string, values: ['critical', 'warning', 'odd'] },
        { name: 'status', type: FieldType.string, values: ['ack', 'strange', 'closed'] },
        { name: 'description', type: FieldType.string, values: ['full', '', 'gone'] },
        { name: 'created_at', type: FieldType.string, values: ['2026-01-02T03:04:05Z', 'never', null] },
      ],
    });
    const alerts = alertsOfFrames([frame], END);
    expect(alerts.map(({ name, severity, state, summary }) => [name, severity, state, summary])).toEqual([
      ['Disk', 'critical', 'acknowledged', 'full'],
      ['<img src=x>', 'warning', 'active', ''],
      ['Old', 'odd', 'resolved', 'gone'],
    ]);
    expect(alerts[0]?.startsAt).toBe(Date.parse('2026-01-02T03:04:05Z'));
    expect(alerts[1]?.startsAt).toBeNaN();
  });
});

describe('holdsAlerts', () => {
  const table = (...names: string[]) =>
    toDataFrame({ fields: names.map((name) => ({ name, type: FieldType.string, values: ['x'] })) });

  it.each([
    ['a series with an alert name', series({ alertname: 'A' }, [1]), true],
    ['any other series', series({ device_id: 'A' }, [1]), false],
    ['a table of alerts', table('alertname'), true],
    ['names with severities', table('name', 'severity'), true],
    ['names alone', table('name', 'status'), false],
    ['nothing', toDataFrame({ fields: [] }), false],
  ])('%s', (_, frame, expected) => {
    expect(holdsAlerts([frame])).toBe(expected);
  });
});
