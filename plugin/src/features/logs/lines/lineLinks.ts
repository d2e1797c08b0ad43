import { getDataSourceSrv } from '@grafana/runtime';
import type { LogEntry } from '../../../domain/logs/logEntry';

/** Uids that this project's provisioning gives to them (contract §5). */
const JAEGER_UID = 'valtronics-jaeger';
const ELASTICSEARCH_UID = 'valtronics-elasticsearch';

/** Time around a line that Explore shows, milliseconds. */
const AROUND = 15 * 60_000;

interface Pane {
  readonly datasource: string;
  readonly queries: readonly object[];
  readonly range: { readonly from: string; readonly to: string };
}

/** Explore with one pane, as its addresses are written since Grafana 10. */
function explorePath(pane: Pane): string {
  const query = new URLSearchParams({ schemaVersion: '1', panes: JSON.stringify({ line: pane }) });
  return `/explore?${query.toString()}`;
}

function rangeAround({ timestamp }: Pick<LogEntry, 'timestamp'>): Pane['range'] {
  return { from: String(Math.floor(timestamp) - AROUND), to: String(Math.ceil(timestamp) + AROUND) };
}

/** The type of a data source of this Grafana; undefined when it is not there. */
function typeOf(uid: string): string | undefined {
  return getDataSourceSrv().getInstanceSettings(uid)?.type;
}

/** A value in Lucene's query language, whatever is in it. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** The uid of the project's own Jaeger, else of the first that this Grafana has; undefined without any. */
function jaegerUid(): string | undefined {
  if (typeOf(JAEGER_UID) !== undefined) return JAEGER_UID;
  return getDataSourceSrv().getList({ type: 'jaeger' })[0]?.uid;
}

/** The waterfall of the line's trace in Explore; undefined without a trace, or without Jaeger in this Grafana. */
export function tracePath(line: LogEntry): string | undefined {
  const uid = line.traceId === null ? undefined : jaegerUid();
  if (uid === undefined) return undefined;
  const datasource = { type: 'jaeger', uid };
  return explorePath({
    datasource: uid,
    queries: [{ refId: 'A', datasource, query: line.traceId }],
    range: rangeAround(line),
  });
}

/** The line among its neighbours in Explore; undefined without the log store in this Grafana. */
export function explorableLine(line: LogEntry): string | undefined {
  const type = typeOf(ELASTICSEARCH_UID);
  if (type === undefined) return undefined;
  const query =
    line.traceId === null ? `service.name:${quoted(line.service)}` : `trace.id:${quoted(line.traceId)}`;
  return explorePath({
    datasource: ELASTICSEARCH_UID,
    queries: [
      {
        refId: 'A',
        datasource: { type, uid: ELASTICSEARCH_UID },
        query,
        timeField: '@timestamp',
        metrics: [{ id: '1', type: 'logs' }],
        bucketAggs: [],
      },
    ],
    range: rangeAround(line),
  });
}
