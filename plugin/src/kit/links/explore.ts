import { getDataSourceSrv } from '@grafana/runtime';

/** Time around a moment that Explore shows, milliseconds. */
const AROUND = 15 * 60_000;

/** What a pane of Explore asks, and when. */
export interface ExplorePane {
  readonly datasource: string;
  readonly queries: readonly object[];
  /** Milliseconds since the epoch; what happened then stands in the middle. */
  readonly at: number;
}

/** Explore with one pane, as its addresses are written since Grafana 10. */
export function explorePath({ datasource, queries, at }: ExplorePane): string {
  const range = { from: String(Math.floor(at) - AROUND), to: String(Math.ceil(at) + AROUND) };
  const panes = JSON.stringify({ line: { datasource, queries, range } });
  return `/explore?${new URLSearchParams({ schemaVersion: '1', panes }).toString()}`;
}

/** The type of a data source of this Grafana; undefined when it is not there. */
export function dataSourceType(uid: string): string | undefined {
  return getDataSourceSrv().getInstanceSettings(uid)?.type;
}
