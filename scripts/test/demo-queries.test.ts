import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { z } from 'zod';
import {
  ALERTMANAGER,
  describeWith,
  NODE_EXPORTER,
  POSTGRES_EXPORTER,
  PROMETHEUS,
  REDIS,
  REDIS_EXPORTER,
} from '../../exporter/test/support/require.ts';
import { waitFor } from '../../exporter/test/support/server.ts';
import { parseQuery, selectorsOf, withoutMacros } from '../queries/selectors.ts';
import { readPeers } from '../queries/series.ts';
import { dashboardQueries, type Query } from '../queries/sources.ts';
import { type Demo, DEMO_INTERVAL, startDemo } from './support/demo.ts';

/** What is asked of cAdvisor alone returns nothing: it is not here. */
const absent = new Set((readPeers().get('cadvisor') ?? []).map(({ name }) => name));

/** Queries that return nothing on a healthy system, by metric or by place, each with the reason. */
const QUIET: readonly { readonly query: RegExp; readonly reason: string }[] = [
  { query: /, mark Deployments$/, reason: 'marks a moment, when another version begins' },
  { query: /, mark /, reason: 'marks a moment, when an alert begins' },
  { query: /^valtronics-slo, (?:Burn Rates?|Lasts) /, reason: 'windows count from one request a minute on' },
  {
    query: /^valtronics-slo, (?:Budget Left|API Errors|API Latency|Telemetry Freshness) A$/,
    reason: 'budgets are sums of 5-minute steps, the first of which is due within 5 minutes',
  },
  { query: /^valtronics-slo, What Burned It /, reason: 'nothing need have failed' },
  { query: /^valtronics-api, Burn Rate /, reason: 'as burn rates of the service levels' },
  {
    query: /, API Response Time [CD]$/,
    reason: 'the stand-in where nobody measures durations: the gateway does',
  },
  { query: /, TLS Certificates /, reason: 'no part of the demo speaks TLS' },
  {
    query: /, Telemetry Freshness [CD]$/,
    reason: 'devices that have been silent for longer than the demo runs',
  },
  { query: /, (?:Data That Could Not Be Used|Series Left Out) /, reason: 'nothing is unusable, or too much' },
  {
    query: /^valtronics-logs, (?:Waiting|Shipped|Waiting on Disk|Failures|Given Up) /,
    reason: 'the demo has no log store',
  },
  {
    query: /^valtronics-exporter, (?:Log Queue|Oldest Waiting Log Entry|Shipping|Lost on the Way) /,
    reason: 'the demo has no log store',
  },
  { query: /, (?:Lost Spans|Spans Sent|Spans Dropped) /, reason: 'the demo has no collector of traces' },
  {
    query: /, (?:Not Answered by the API|Not Passed on|Gateway B|Errors by Route) ?/,
    reason: 'no request fails at the gateway',
  },
  { query: /, (?:Failing Routes|Failing Calls|Failing Work) /, reason: 'nothing need have failed' },
  { query: /, (?:Devices|Status) over Time alerts$/, reason: 'alerts wait for minutes before they fire' },
  {
    query: /^valtronics-infrastructure, Disk Latency /,
    reason: 'memory answers reads and holds writes back: no disk need be asked while the demo runs',
  },
  { query: /^valtronics-infrastructure, File Systems E$/, reason: 'no file system need fill up' },
  { query: /^valtronics-infrastructure, Redis Memory B$/, reason: 'this Redis has no limit' },
  { query: /^valtronics-infrastructure, Redis Hits /, reason: 'nobody looks for keys in this Redis' },
  {
    query: /^valtronics-alerts, (?:Notifications|Notification Failures|Notification Duration) /,
    reason: 'notifications follow alerts, which wait for minutes before they fire',
  },
  {
    query: /^valtronics-alerts, (?:Firing by Severity|When They Fired|Fired Longest) /,
    reason: 'alerts wait for minutes before they fire',
  },
  { query: /^valtronics-alerts, Time to Acknowledge B$/, reason: 'nobody takes the demo’s alerts on' },
  {
    query: /^valtronics-alerts, Alerts of Devices/,
    reason: 'a device need not have raised one, and none is dropped',
  },
  { query: /, Refused and Failed Requests /, reason: 'nobody asks the exporter for what it refuses' },
  { query: /, Its Own Rules /, reason: 'Prometheus evaluates the rules' },
];

const matrix = z.object({
  status: z.string(),
  error: z.string().optional(),
  data: z.object({ result: z.array(z.unknown()) }).optional(),
});
const targets = z.object({
  data: z.object({ activeTargets: z.array(z.object({ scrapePool: z.string(), health: z.string() })) }),
});
const rules = z.object({
  data: z.object({ groups: z.array(z.object({ rules: z.array(z.object({ health: z.string() })) })) }),
});

const RATE_SECONDS = 8 * DEMO_INTERVAL;

/** The query as Grafana would send it a minute after the start, with all values of its variables. */
function asSent(expr: string): string {
  const sent = withoutMacros(expr, {
    $__rate_interval: `${RATE_SECONDS}s`,
    $__interval: `${DEMO_INTERVAL}s`,
    $__range: '1m',
  });
  // One device stands for all where a dashboard shows one.
  return sent.replaceAll(/="\$\w+"/g, '=~".+"').replaceAll(/\$\{?[a-z_]+(?::\w+)?\}?/g, '.*');
}

const nameOf = ({ source, place }: Query): string => `${source}, ${place}`;
const isAbsent = ({ expr }: Query): boolean => {
  const metrics = selectorsOf(parseQuery(expr)).map(({ metric = '' }) => metric);
  return metrics.some((metric) => absent.has(metric));
};
const isQuiet = (query: Query): boolean => QUIET.some((one) => one.query.test(nameOf(query)));

describeWith(
  [PROMETHEUS, ALERTMANAGER, NODE_EXPORTER, POSTGRES_EXPORTER, REDIS, REDIS_EXPORTER],
  'the dashboards of a running demo',
  () => {
    let demo: Demo | undefined;
    const ask = async <T extends z.ZodType>(path: string, schema: T): Promise<z.infer<T>> =>
      schema.parse(await (await fetch(`${demo?.prometheus ?? ''}/api/v1/${path}`)).json());

    beforeAll(async () => {
      demo = await startDemo();
      await waitFor(
        'every target is scraped and every rule evaluated',
        async () => {
          const { activeTargets } = (await ask('targets', targets)).data;
          const { groups } = (await ask('rules', rules)).data;
          return (
            activeTargets.length > 5 &&
            activeTargets.every(({ health }) => health === 'up') &&
            groups.length > 0 &&
            groups.every((group) => group.rules.every(({ health }) => health === 'ok'))
          );
        },
        undefined,
        250,
      );
    }, 300_000);
    afterAll(() => demo?.stop());

    it('return something for every query, or say why not', async () => {
      let left = dashboardQueries().filter((query) => !isAbsent(query) && !isQuiet(query));
      // Who has answered once need not do so again: a scrape that a busy machine misses empties a rate for some seconds.
      const answers = async (): Promise<boolean> => {
        const empty: Query[] = [];
        for (const query of left) {
          const { status, error, data } = await ask(
            `query?query=${encodeURIComponent(asSent(query.expr))}`,
            matrix,
          );
          if (status !== 'success') throw new Error(`${nameOf(query)}: ${error ?? status}`);
          if (data === undefined || data.result.length === 0) empty.push(query);
        }
        left = empty;
        return left.length === 0;
      };
      // Rates need several scrapes, and what happens rarely in the demo some time.
      await waitFor('every query has returned something', answers, undefined, 2_000).catch(() => undefined);
      expect(left.map(nameOf)).toEqual([]);
    }, 600_000);

    it('has no exception for a query that there is not', () => {
      const names = dashboardQueries().map(nameOf);
      expect(QUIET.filter(({ query }) => !names.some((name) => query.test(name)))).toEqual([]);
    });
  },
);
