import type { Selector } from '@valtronics/promql';
import { readRules } from '../generate/prometheus-rules.ts';
import { parseQuery } from './selectors.ts';
import { labelsOf } from './labels.ts';
import { scrapedSeries, type SeriesName } from './series.ts';

/** Everything that a query may ask a Prometheus with our rules for. */
export interface Known {
  /** The series that the selector can find; empty when there are none. */
  find(selector: Pick<Selector, 'metric' | 'names'>): readonly SeriesName[];
}

/**
 * What is scraped and what the rules record, with the labels that follow from their expressions; a rule may build on
 * those before it.
 */
export function knownSeries(): Known {
  const byName = new Map<string, SeriesName>();
  const add = (one: SeriesName): void => {
    const before = byName.get(one.name);
    // Several exporters have process_*, and several rules record under one name.
    const labels = new Set([...(before?.labels ?? []), ...one.labels]);
    byName.set(one.name, { ...one, labels });
  };
  const known: Known = {
    find: ({ metric, names }) => {
      if (metric !== undefined) {
        const one = byName.get(metric);
        return one === undefined ? [] : [one];
      }
      return [...byName.values()].filter(({ name }) => names.every(({ matches }) => matches(name)));
    },
  };
  scrapedSeries().forEach(add);
  const { alerts, records } = readRules();
  for (const { record, expr, labels = {} } of records) {
    const { labels: found } = labelsOf(parseQuery(expr), known);
    add({
      name: record,
      type: 'gauge',
      labels: new Set([...found, ...Object.keys(labels)]),
      of: 'rules',
    });
  }
  const ofAlerts = alerts.flatMap(({ expr, labels }) => [
    ...labelsOf(parseQuery(expr), known).labels,
    ...Object.keys(labels),
  ]);
  const alertLabels = new Set(['alertname', ...ofAlerts]);
  add({ name: 'ALERTS', type: 'gauge', labels: new Set([...alertLabels, 'alertstate']), of: 'prometheus' });
  add({ name: 'ALERTS_FOR_STATE', type: 'gauge', labels: alertLabels, of: 'prometheus' });
  return known;
}
