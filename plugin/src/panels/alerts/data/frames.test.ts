import { describe, expect, it } from '@jest/globals';
import {
  createTheme,
  type DataFrame,
  DataFrameType,
  type Field,
  FieldType,
  getDisplayProcessor,
  MappingType,
  type QueryResultMeta,
  toDataFrame,
} from '@grafana/data';
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

describe('a table as Grafana displays it', () => {
  const field = (name: string, type: FieldType, values: unknown[], config: Field['config'] = {}) => ({
    ...{ name, type, values, config },
  });
  const map = (words: Record<string, string>): Field['config'] => ({
    mappings: [
      {
        type: MappingType.ValueToText,
        options: Object.fromEntries(Object.entries(words).map(([value, text]) => [value, { text }])),
      },
    ],
  });
  const rowsOf = (...fields: ReturnType<typeof field>[]) => {
    const frame = toDataFrame({ fields });
    for (const one of frame.fields) one.display = getDisplayProcessor({ field: one, theme: createTheme() });
    return alertsOfFrames([frame], END);
  };

  it('has times in seconds, milliseconds, microseconds or nanoseconds', () => {
    const at = Date.parse('2026-01-02T03:04:05Z');
    const starts = [at / 1000, at, at * 1000, at * 1e6];
    const names = field('alertname', FieldType.string, ['A', 'B', 'C', 'D']);
    for (const values of [starts, starts.map(String)]) {
      const type = values === starts ? FieldType.number : FieldType.string;
      expect(rowsOf(names, field('startsAt', type, values)).map(({ startsAt }) => startsAt)).toEqual([
        ...[at, at, at, at],
      ]);
    }
  });

  it('tells rows apart by numbers and truths, too', () => {
    const rows = rowsOf(
      field('alertname', FieldType.string, ['A', 'A', 'A']),
      field('device_id', FieldType.number, [17, 18, 18]),
      field('spare', FieldType.boolean, [true, true, false]),
    );
    expect(new Set(rows.map(({ fingerprint }) => fingerprint)).size).toBe(3);
    expect(rows.map(({ labels }) => labels.device_id).sort()).toEqual(['17', '18', '18']);
  });

  it('has severity and state by their mappings', () => {
    const rows = rowsOf(
      field('alertname', FieldType.string, ['A', 'B']),
      field('severity', FieldType.number, [1, 2], map({ 1: 'critical', 2: 'warning' })),
      field('state', FieldType.number, [0, 1], map({ 0: 'Normal', 1: 'Alerting' })),
    );
    expect(rows.map(({ severity, state }) => [severity, state])).toEqual([
      ['critical', 'resolved'],
      ['warning', 'active'],
    ]);
  });

  it.each([
    ['suppressed', 'active', true],
    ['Paused', 'resolved', false],
    ['Normal (NoData)', 'resolved', false],
    ['Alerting (NoData)', 'active', false],
    ['NoData', 'nodata', false],
    ['Error', 'error', false],
    ['Recovering', 'recovering', false],
    ['Pending (Error)', 'pending', false],
    ['odd', 'active', false],
  ])('knows what %s means', (word, state, suppressed) => {
    const [row] = rowsOf(
      field('alertname', FieldType.string, ['A']),
      field('state', FieldType.string, [word]),
    );
    expect(row).toMatchObject({ state, suppressed });
  });

  it('has its columns by the names that the dashboard gives them, and by their own', () => {
    const [row] = rowsOf(
      field('alertname', FieldType.string, ['A'], { displayName: 'Alarm' }),
      field('prio', FieldType.string, ['critical'], { displayName: 'Severity' }),
      field('what', FieldType.string, ['pending'], { displayName: 'State' }),
      field('reading', FieldType.number, [23.5], { unit: 'celsius' }),
      field('Value', FieldType.number, [23.5], { unit: 'celsius' }),
    );
    expect(row).toMatchObject({ name: 'A', severity: 'critical', state: 'pending', value: '23.5 °C' });
    expect(row?.labels).toMatchObject({ alertname: 'A', severity: 'critical' });
  });
});

describe('holdsAlerts', () => {
  const table = (...names: string[]) =>
    toDataFrame({ fields: names.map((name) => ({ name, type: FieldType.string, values: ['x'] })) });
  const log = (meta: QueryResultMeta) => ({ ...table('alertname', 'severity', 'state'), meta });

  it.each([
    ['a series with an alert name', series({ alertname: 'A' }, [1]), true],
    ['any other series', series({ device_id: 'A' }, [1]), false],
    ['a table of alerts', table('alertname'), true],
    ['names with severities and states', table('name', 'severity', 'state'), true],
    ['names with severities alone', table('name', 'severity'), false],
    ['lines of a log', table('time', 'level', 'message'), false],
    ['lines of a log with a status', table('time', 'level', 'status', 'message', 'host'), false],
    ['what Loki calls lines of a log', log({ type: DataFrameType.LogLines }), false],
    ['what is to be seen as a log', log({ preferredVisualisationType: 'logs' }), false],
    ['names alone', table('name', 'status'), false],
    ['nothing', toDataFrame({ fields: [] }), false],
  ])('%s', (_, frame, expected) => {
    expect(holdsAlerts([frame])).toBe(expected);
  });
});
