import { expect, it } from '@jest/globals';
import { metricUsage, UNUSED } from '../queries/usage.ts';

const usage = metricUsage();

it('every metric of the catalogue is in a dashboard, a rule, a runbook or on a page, or says why not', () => {
  const forgotten = [...usage].filter(
    ([name, places]) => Object.keys(places).length === 0 && !(name in UNUSED),
  );
  expect(forgotten.map(([name]) => name)).toEqual([]);
});

it('no metric that is used, or that there is not, is listed as unused', () => {
  const stale = Object.keys(UNUSED).filter((name) => Object.keys(usage.get(name) ?? { gone: [] }).length > 0);
  expect(stale).toEqual([]);
});

it('finds metrics wherever they are asked for, also by a pattern of names', () => {
  expect(usage.get('valtronics_devices')?.dashboard).toEqual(expect.arrayContaining(['valtronics-fleet']));
  expect(usage.get('valtronics_collector_success')?.alert).toContain('CollectorFailing');
  expect(usage.get('valtronics_broker_stored_messages')?.page).toEqual(['system']);
});
