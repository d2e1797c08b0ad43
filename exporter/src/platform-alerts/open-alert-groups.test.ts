import { describe, expect, it } from '@jest/globals';
import { groupOpenAlerts } from './open-alert-groups.ts';

const row = {
  id: 1,
  deviceId: 'a',
  alertType: 'threshold',
  metricName: 'temperature',
  severity: 'warning',
  title: 'High',
  description: '31',
  raisedAt: 100,
};

describe('groupOpenAlerts', () => {
  it('makes one group of a device, type and metric; the newest row speaks, whatever the order', () => {
    const rows = [
      { ...row, id: 2, raisedAt: 200, description: '32' },
      { ...row, id: 3, raisedAt: 300, description: '33', severity: 'critical' },
      row,
    ];
    expect(groupOpenAlerts(rows)).toEqual([
      {
        deviceId: 'a',
        alertType: 'threshold',
        metricName: 'temperature',
        severity: 'critical',
        title: 'High',
        description: '33',
        count: 3,
        first: 100,
        last: 300,
        acknowledged: false,
      },
    ]);
  });

  it('keeps apart what differs in one of them', () => {
    const rows = [row, { ...row, deviceId: 'b' }, { ...row, alertType: 'x' }, { ...row, metricName: '' }];
    expect(groupOpenAlerts(rows)).toHaveLength(4);
    expect(groupOpenAlerts([])).toEqual([]);
  });
});
