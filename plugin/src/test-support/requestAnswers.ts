import type { PrometheusAnswers } from './fakeGrafana';

/** A route of a test: its labels, and what is measured of it all the time. */
export interface TestRoute {
  readonly labels: Readonly<Record<string, string>>;
  /** Requests a second, and the failed ones among them. */
  readonly rate: number;
  readonly failures?: number;
  /** Seconds that half of them, and 95 of 100, are faster than; unknown when left out. */
  readonly median?: number;
  readonly slow?: number;
}

/** What the queries of the traces page are about, told by their shape. */
function kindOf(query: string): keyof Omit<TestRoute, 'labels'> {
  if (query.includes('histogram_quantile(0.5')) return 'median';
  if (query.includes('histogram_quantile')) return 'slow';
  return /status=~|status_code=~/.test(query) ? 'failures' : 'rate';
}

/** Prometheus with the routes, `until` in seconds since the epoch; spans are counted only where `spans` has some. */
export function requestAnswers(
  routes: readonly TestRoute[],
  {
    spans = [],
    until = Date.now() / 1000,
  }: { readonly spans?: readonly TestRoute[]; readonly until?: number } = {},
): Required<PrometheusAnswers> {
  const of = (query: string): readonly TestRoute[] =>
    query.includes('traces_span_metrics') ? spans : routes;
  const known = (query: string) =>
    of(query).flatMap((route) => {
      const value = route[kindOf(query)];
      return value === undefined ? [] : [{ metric: route.labels, text: String(value) }];
    });
  const start = Math.floor((until - 3600) / 10) * 10;
  const times = Array.from({ length: 360 }, (_, place) => start + place * 10);
  return {
    instant: (query, at) => {
      if (query.includes('sum by (le)')) {
        const slow = of(query).flatMap((route) => route.slow ?? []);
        return slow.length === 0 ? [] : [{ metric: {}, value: [at, String(Math.max(...slow))] }];
      }
      return known(query).map(({ metric, text }) => ({ metric, value: [at, text] }));
    },
    range: (query) =>
      known(query).map(({ metric, text }) => ({
        metric,
        values: times.map((time) => [time, text] as const),
      })),
    exemplars: () => [],
  };
}
