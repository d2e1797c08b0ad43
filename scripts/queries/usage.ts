import { CATALOGUE } from '../../exporter/src/metrics/catalogue/index.ts';
import type { Family } from '../../exporter/src/metrics/family.ts';
import { parseQuery, selectorsOf } from './selectors.ts';
import { allQueries, type SourceKind } from './sources.ts';

/** Where a metric is asked for: names of dashboards, rules, runbooks and pages, sorted, by kind. */
export type Usage = Readonly<Partial<Record<SourceKind, readonly string[]>>>;

/** Metrics of the catalogue that no query asks for, each with the reason why it is exposed all the same. */
export const UNUSED: Readonly<Record<string, string>> = {
  valtronics_rules_duration_seconds:
    'for installations without our dashboards: rules evaluated by the exporter',
  valtronics_rules_series: 'as above',
  valtronics_alert_leader: 'for installations with two exporters: docs/high-availability.md',
};

function belongs({ name, type }: Family, metric: string): boolean {
  return type === 'histogram' ? metric.replace(/_(?:bucket|sum|count)$/, '') === name : metric === name;
}

/** Where each metric of the catalogue is used, by its name. */
export function metricUsage(): ReadonlyMap<string, Usage> {
  const queries = allQueries().map((query) => ({ ...query, selectors: selectorsOf(parseQuery(query.expr)) }));
  return new Map(
    CATALOGUE.map((family) => {
      const usage = new Map<SourceKind, Set<string>>();
      for (const { kind, source, selectors } of queries) {
        const asks = selectors.some(({ metric, names }) =>
          metric === undefined ? names.every(({ matches }) => matches(family.name)) : belongs(family, metric),
        );
        if (asks) usage.set(kind, (usage.get(kind) ?? new Set()).add(source));
      }
      return [
        family.name,
        Object.fromEntries([...usage].map(([kind, sources]) => [kind, [...sources].sort()])),
      ];
    }),
  );
}
