import { describe, expect, it } from '@jest/globals';
import { alertRules, limitsOf, runbookLinks, spaceMatcher, thresholdOf } from './rules.ts';

describe('thresholdOf', () => {
  it.each([
    ['HighCPUUsage', 80],
    ['HighErrorRate', 0.05],
    ['DiskSpaceLow', 10],
    // Of several comparisons the one that the value is in.
    ['DeviceStale', 3600],
    ['TelemetryDataMissing', 10],
    ['CertificateExpiring', 14],
  ])('%s fires at %d, as its rule says', (name, value) => {
    expect(thresholdOf(name)).toBe(value);
  });

  it('refuses an alert that there is not', () => {
    expect(() => thresholdOf('HighTide')).toThrow('there is no alert HighTide');
  });
});

it('gives the series and the limits of an alert with several windows', () => {
  const [page] = alertRules('ApiErrorBudgetBurn');
  expect(limitsOf(page)).toEqual([
    { metric: 'job:valtronics_api_errors:burnrate1h', value: 14.4 },
    { metric: 'job:valtronics_api_errors:burnrate5m', value: 14.4 },
    { metric: 'job:valtronics_api_errors:burnrate6h', value: 6 },
    { metric: 'job:valtronics_api_errors:burnrate30m', value: 6 },
  ]);
});

it('links to runbooks where the alerts say they are', () => {
  expect(runbookLinks(['ApiDown', 'DatabaseDown'])).toMatch(
    /^\[ApiDown\]\(https:\S+\/ApiDown\.md\), \[DatabaseDown\]\(https:\S+\/DatabaseDown\.md\)$/,
  );
});

it('knows which file systems the alert on space watches', () => {
  expect(spaceMatcher()).toMatch(/^fstype!~"tmpfs\|.*overlay/);
});
