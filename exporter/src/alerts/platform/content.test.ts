import { describe, expect, it } from '@jest/globals';
import { openGroup, T0 } from '../../../test/support/alerts.ts';
import { isQuiet, platformContent } from './content.ts';

const MINUTE = 60_000;

describe('isQuiet', () => {
  it.each([
    ['one row, however old', { count: 1, first: T0, last: T0 }, T0 + 1e10, false],
    [
      'a row each minute, still coming',
      { count: 11, first: T0, last: T0 + 10 * MINUTE },
      T0 + 11 * MINUTE,
      false,
    ],
    [
      'a row each minute, silent for half an hour',
      { count: 11, first: T0, last: T0 + 10 * MINUTE },
      T0 + 40 * MINUTE,
      false,
    ],
    [
      'a row each minute, silent for longer',
      { count: 11, first: T0, last: T0 + 10 * MINUTE },
      T0 + 41 * MINUTE,
      true,
    ],
    [
      'a row each hour, silent for two',
      { count: 3, first: T0, last: T0 + 120 * MINUTE },
      T0 + 240 * MINUTE,
      false,
    ],
    [
      'a row each hour, silent for four',
      { count: 3, first: T0, last: T0 + 120 * MINUTE },
      T0 + 361 * MINUTE,
      true,
    ],
  ])('%s', (_what, changes, now, quiet) => {
    expect(isQuiet(openGroup(changes), 30 * MINUTE, now)).toBe(quiet);
  });
});

describe('platformContent', () => {
  it('is about device, type and metric', () => {
    expect(platformContent(openGroup())).toEqual({
      name: 'PlatformAlert',
      severity: 'warning',
      source: 'platform',
      message: 'Temperature is 31.5',
      labels: {
        alertname: 'PlatformAlert',
        severity: 'warning',
        device_id: 'MOCK-1000',
        alert_type: 'threshold',
        metric_name: 'temperature',
      },
      annotations: { summary: 'High temperature' },
      generatorUrl: '',
      startsAt: T0,
      sourceTime: T0,
      count: 1,
    });
  });

  it('does without metric, title and description', () => {
    const content = platformContent(openGroup({ metricName: '', description: '' }));
    expect(content).toMatchObject({ message: 'High temperature' });
    expect(content.labels).not.toHaveProperty('metric_name');
    expect(platformContent(openGroup({ title: '', description: '' }))).toMatchObject({
      message: '',
      annotations: {},
    });
  });
});
