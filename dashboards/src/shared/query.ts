import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PROMETHEUS } from './datasource.ts';

/** PromQL on one line: Grafana's editor shows it whole, and line breaks in the source cost nothing. */
function oneLine(expr: string): string {
  return expr.replace(/\s+/g, ' ').replaceAll('( ', '(').replaceAll(' )', ')').trim();
}

/** A quantile of a histogram by labels, or nothing at all: without observations it is NaN, which `>= 0` takes out. */
export function quantile(q: string, buckets: string, ...by: readonly string[]): string {
  return `(histogram_quantile(${q}, sum by (${[...by, 'le'].join(', ')}) (rate(${buckets}[$__rate_interval]))) >= 0)`;
}

/** One value a step over the dashboard's time range. `legend` is Grafana's legend format. */
export function range(expr: string, legend: string, refId = 'A'): DataqueryBuilder {
  return new DataqueryBuilder()
    .datasource(PROMETHEUS)
    .expr(oneLine(expr))
    .legendFormat(legend)
    .range()
    .refId(refId);
}

/** One value a series, now. */
export function instant(expr: string, legend: string, refId = 'A'): DataqueryBuilder {
  return range(expr, legend, refId).instant();
}

/** One frame whose rows are the series and whose columns are their labels and `Value`. */
export function table(expr: string, refId = 'A'): DataqueryBuilder {
  return new DataqueryBuilder()
    .datasource(PROMETHEUS)
    .expr(oneLine(expr))
    .instant()
    .format(PromQueryFormat.Table)
    .refId(refId);
}
