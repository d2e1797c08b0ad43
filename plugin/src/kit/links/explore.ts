import type { TimeRange } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { writeBound } from '../time/timeRange';

/** Time around a moment that Explore shows, milliseconds. */
const AROUND = 15 * 60_000;

/** What a pane of Explore asks, and when. */
export interface ExplorePane {
  readonly datasource: string;
  readonly queries: readonly object[];
  /** A range, or a moment in milliseconds since the epoch: what happened then stands in the middle. */
  readonly at: TimeRange | number;
}

function rangeOf(at: ExplorePane['at']): { readonly from: string; readonly to: string } {
  if (typeof at === 'number')
    return { from: String(Math.floor(at) - AROUND), to: String(Math.ceil(at) + AROUND) };
  return { from: writeBound(at.raw.from), to: writeBound(at.raw.to) };
}

/** Explore with one pane, as its addresses are written since Grafana 10. */
export function explorePath({ datasource, queries, at }: ExplorePane): string {
  const panes = JSON.stringify({ line: { datasource, queries, range: rangeOf(at) } });
  return `/explore?${new URLSearchParams({ schemaVersion: '1', panes }).toString()}`;
}

/** Explore with PromQL expressions over the range, each as a query of its own. */
export function promqlPath(uid: string, expressions: readonly string[], range: TimeRange): string {
  const datasource = { type: 'prometheus', uid };
  const queries = expressions.map((expr, index) => ({
    refId: String.fromCharCode('A'.charCodeAt(0) + index),
    datasource,
    expr,
    range: true,
    instant: false,
  }));
  return explorePath({ datasource: uid, queries, at: range });
}

/** The type of a data source of this Grafana; undefined when it is not there. */
export function dataSourceType(uid: string): string | undefined {
  return getDataSourceSrv().getInstanceSettings(uid)?.type;
}
