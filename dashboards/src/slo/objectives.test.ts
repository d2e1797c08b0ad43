import { expect, it } from '@jest/globals';
import { objectiveOf, slowBound } from './objectives.ts';

it('reads an objective from the rules of its alert', () => {
  expect(objectiveOf('ApiErrorBudgetBurn')).toEqual({
    alert: 'ApiErrorBudgetBurn',
    burn: 'job:valtronics_api_errors:burnrate',
    budget: 'slo:valtronics_api_errors:budget',
    windows: [
      { window: '1h', limit: 14.4, severity: 'critical' },
      { window: '5m', limit: 14.4, severity: 'critical' },
      { window: '6h', limit: 6, severity: 'critical' },
      { window: '30m', limit: 6, severity: 'critical' },
      { window: '1d', limit: 3, severity: 'warning' },
      { window: '2h', limit: 3, severity: 'warning' },
      { window: '3d', limit: 1, severity: 'warning' },
      { window: '6h', limit: 1, severity: 'warning' },
    ],
  });
});

it('refuses an alert that is about no budget', () => {
  expect(() => objectiveOf('HighErrorRate')).toThrow('HighErrorRate compares something else');
});

it('knows which requests are slow from the rule that counts them', () => {
  expect(slowBound()).toBe('2.5');
});
