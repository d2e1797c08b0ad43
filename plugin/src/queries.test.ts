import { expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyQueries } from './features/alerts/history/historyQueries';
import {
  ALL_TELEMETRY_QUERY,
  CHANGE_QUERIES,
  deviceQueries,
  FLEET_QUERIES,
  LAST_PICTURE_QUERY,
  telemetryQuery,
} from './features/fleet/fleetQueries';
import { BUILD_QUERY, TARGETS_QUERY } from './pages/config/connectionTest';
import { SERVICES_QUERY } from './pages/system/services';
import { SCORES_BEFORE_QUERY } from './pages/system/trend';
import { requestQueries } from './pages/traces/requests/requestGroups';

/** Every question that pages ask Prometheus, with parameters of any kind; rules' own expressions besides. */
const QUERIES: ReadonlyArray<readonly [page: string, queries: object]> = [
  [
    'fleet',
    {
      ...FLEET_QUERIES,
      ...CHANGE_QUERIES,
      LAST_PICTURE_QUERY,
      ALL_TELEMETRY_QUERY,
      some: telemetryQuery(['a']),
    },
  ],
  ['device', deviceQueries('a')],
  ['alerts', historyQueries({ from: 0, to: 3_600_000 })],
  ['alerts', historyQueries({ from: 0, to: 30 * 86_400_000 })],
  ['traces', requestQueries('routes', 60, 3600)],
  ['traces', requestQueries('collectors', 60, 3600)],
  ['traces', requestQueries('topics', 60, 3600)],
  ['system', { SCORES_BEFORE_QUERY, SERVICES_QUERY }],
  ['configuration', { BUILD_QUERY, TARGETS_QUERY }],
];

/** What `docs/metrics.md` and the check of all queries read, which cannot load this app. */
const FILE = join(__dirname, '..', 'queries.json');

it('are all in queries.json, which UPDATE_QUERIES=1 writes anew', () => {
  const list = QUERIES.flatMap(([page, queries]) =>
    Object.entries(queries)
      // Some come with the times that they are asked at, and series whose exemplars are asked for are no query.
      .filter(([name, query]: [string, unknown]) => typeof query === 'string' && name !== 'exemplars')
      .map(([, query]: [string, unknown]) => ({ page, query })),
  );
  const content = `${JSON.stringify(list, null, 2)}\n`;
  if (process.env.UPDATE_QUERIES === '1') writeFileSync(FILE, content);
  expect(readFileSync(FILE, 'utf8')).toBe(content);
});
