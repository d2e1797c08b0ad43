import { describe, expect, it } from '@jest/globals';
import { prepare, series, shown } from './frames.fixture';

const STEP = { interval: 600_000 };
/** A sample each ten minutes of the range. */
const samples = (...values: (number | null)[]): [number, unknown][] =>
  values.map((value, index) => [index * 10, value]);

describe('state sets over time', () => {
  it('are one row a thing, that says which state it was in', () => {
    const unit = (state: string, ...values: number[]) =>
      series(
        { __name__: 'node_systemd_unit_state', instance: 'a', name: 'nginx.service', state },
        samples(...values),
        STEP,
      );
    const set = prepare([unit('active', 1, 1, 0, 0, 1, 1), unit('failed', 0, 0, 1, 1, 0, 0)]);
    expect(Object.values(shown(set))).toEqual([['0-20 active', '20-40 failed', '40-60 active']]);
  });

  it('are found by the label of flags where the metric is unknown', () => {
    const job = (name: string, phase: string, ...values: (number | null)[]) =>
      series({ __name__: 'batch_jobs', job_name: name, phase }, samples(...values), STEP);
    const set = prepare([
      job('a', 'Running', 1, 1, 0),
      job('a', 'Done', 0, 0, 1),
      job('b', 'Running', 1, null, null),
      job('b', 'Done', 0, null, null),
    ]);
    expect(shown(set)).toEqual({ a: ['0-20 Running', '20-30 Done'], b: ['0-10 Running'] });
  });

  it('of which one state was asked for say when the thing was not in it', () => {
    const pod = (name: string, ...values: number[]) =>
      series({ __name__: 'kube_pod_status_phase', pod: name, phase: 'Failed' }, samples(...values), STEP);
    expect(shown(prepare([pod('web-1', 0, 0, 1, 1, 0, 0), pod('web-2', 0, 0)]))).toEqual({
      'web-1': ['0-20 not Failed', '20-40 Failed', '40-60 not Failed'],
      'web-2': ['0-20 not Failed'],
    });
  });

  it('are none where a thing is in two states at once, or values are more than flags', () => {
    const one = (state: string, ...values: number[]) =>
      series({ __name__: 'odd', device_id: 'A', state }, samples(...values), STEP);
    expect(prepare([one('x', 1, 1), one('y', 1, 0)]).rows).toHaveLength(2);
    expect(prepare([one('x', 1, 7), one('y', 0, 0)]).rows).toHaveLength(2);
  });

  it('leave the labels of ordinary series alone', () => {
    const frame = series({ device_id: 'A', state: 'Ohio' }, samples(1, 1, 3), STEP);
    expect(shown(prepare([frame]))).toEqual({ A: ['0-20 online', '20-30 error'] });
  });
});
