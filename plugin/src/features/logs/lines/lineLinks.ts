import type { LogEntry } from '../../../domain/logs/logEntry';
import { dataSourceType, explorePath } from '../../../kit/links/explore';

/** The uid that this project's provisioning gives to it (contract §5). */
const ELASTICSEARCH_UID = 'valtronics-elasticsearch';

/** A value in Lucene's query language, whatever is in it. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** The line among its neighbours in Explore; undefined without the log store in this Grafana. */
export function explorableLine(line: LogEntry): string | undefined {
  const type = dataSourceType(ELASTICSEARCH_UID);
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
    at: line.timestamp,
  });
}
