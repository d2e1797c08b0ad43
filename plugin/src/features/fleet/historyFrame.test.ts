import { describe, expect, it } from '@jest/globals';
import { dateTime } from '@grafana/data';
import { historyData } from './historyFrame';

const device = (deviceId: string, name = '') => ({ deviceId, name, deviceType: 'sensor', location: 'Hall' });
const range = { from: dateTime(0), to: dateTime(100_000), raw: { from: 'now-1h', to: 'now' } };

function changesOf(times: readonly number[], values: readonly number[]) {
  const status = [{ labels: { device_id: 'A' }, times, values }];
  const { series } = historyData({ status, alerts: [], step: 10_000 }, [device('A', 'Pump')], range);
  const [frame] = series;
  const column = (name: string): unknown[] =>
    frame?.fields.find((field) => field.name === name)?.values ?? [];
  return column('time').map((time, row) => [time, column('status')[row]]);
}

describe('histories for the timeline', () => {
  it('are the changes alone', () => {
    const times = [0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000, 70_000, 80_000, 90_000];
    expect(changesOf(times, [1, 1, 3, 3, 3, 1, 1, 1, 1, 1])).toEqual([
      [0, 1],
      [20_000, 3],
      [50_000, 1],
    ]);
  });

  it('say where nothing is known, and what is known behind it', () => {
    expect(changesOf([0, 10_000, 50_000, 60_000], [1, 1, 1, 1])).toEqual([
      [0, 1],
      [20_000, null],
      [50_000, 1],
      [70_000, null],
    ]);
  });

  it('leave out devices that nobody asked for, and name a nameless one by its id', () => {
    const status = ['A', 'B'].map((id) => ({ labels: { device_id: id }, times: [0], values: [1] }));
    const { series } = historyData({ status, alerts: [], step: 10_000 }, [device('B')], range);
    const names = series[0]?.fields.find(({ name }) => name === 'name')?.values;
    expect(names).toEqual(['B', 'B']);
  });

  it('bring alerts as series of their own', () => {
    const labels = { alertname: 'DeviceStale', device_id: 'A' };
    const alerts = [{ labels, times: [0, 10_000], values: [1, 1] }];
    const { series } = historyData({ status: [], alerts, step: 10_000 }, [], range);
    expect(series.map(({ refId, length }) => [refId, length])).toEqual([
      ['status', 0],
      ['alerts', 2],
    ]);
    expect(series[1]?.fields[1]?.labels).toEqual(labels);
  });
});
