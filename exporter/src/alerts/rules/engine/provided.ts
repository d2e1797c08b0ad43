import { CATALOGUE } from '../../../metrics/catalogue/index.ts';

const SUFFIXES = ['_bucket', '_sum', '_count'] as const;

/** What is no family of the catalogue: what Prometheus adds to a scrape, and what rules write about themselves. */
const OTHERS = ['up', 'ALERTS', 'ALERTS_FOR_STATE'] as const;

const PROVIDED: ReadonlySet<string> = new Set([
  ...OTHERS,
  ...CATALOGUE.flatMap(({ name, type }) =>
    type === 'histogram' ? SUFFIXES.map((suffix) => name + suffix) : [name],
  ),
]);

/** Whether the exporter itself has the metric, now or when its source is configured. */
export function isProvided(metric: string): boolean {
  return PROVIDED.has(metric) || /^(process|nodejs)_/.test(metric);
}
