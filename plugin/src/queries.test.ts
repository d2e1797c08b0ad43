import { expect, it } from '@jest/globals';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyQueries } from './features/alerts/history/historyQueries';
import {
  ALL_TELEMETRY_QUERY,
  CHANGE_QUERIES,
  deviceQueries,
  FLEET_QUERIES,
  historyQueries as statesOverTime,
  LAST_PICTURE_QUERY,
  metricQuery,
  telemetryQuery,
} from './features/fleet/fleetQueries';
import { BUILD_QUERY, TARGETS_QUERY } from './pages/config/connectionTest';
import { countQuery, reportQueries } from './pages/report/reportQueries';
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
      ...statesOverTime(undefined),
    },
  ],
  ['device', { ...deviceQueries('a'), metric: metricQuery('a', 'm') }],
  ['alerts', historyQueries({ from: 0, to: 3_600_000 })],
  ['alerts', historyQueries({ from: 0, to: 30 * 86_400_000 })],
  ['traces', requestQueries('routes', 60, 3600)],
  ['traces', requestQueries('collectors', 60, 3600)],
  ['traces', requestQueries('topics', 60, 3600)],
  [
    'report',
    { ...reportQueries({ from: 0, to: 3_600_000 }, 60), count: countQuery({ from: 0, to: 3_600_000 }) },
  ],
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

/** Of the address; of the rules' own expressions. */
const ELSEWHERE = ['tabQuery', 'worstValuesQuery'];

it('leave out none that a page has', () => {
  const names = ['features', 'pages'].flatMap((folder) =>
    readdirSync(join(__dirname, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !/\.(?:test|fixture)\./.test(file))
      .flatMap((file) =>
        [
          ...readFileSync(join(__dirname, folder, file), 'utf8').matchAll(
            /^export (?:const|function) (\w*(?:QUER(?:Y|IES)|[qQ]uer(?:y|ies)))\b/gm,
          ),
        ].map(([, name = '']) => name),
      ),
  );
  const here = readFileSync(__filename, 'utf8');
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !ELSEWHERE.includes(name) && !here.includes(name))).toEqual([]);
});
