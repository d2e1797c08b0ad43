import { getDataSourceSrv } from '@grafana/runtime';
import { dataSourceType, explorePath } from '../../kit/links/explore';

/** The uid that this project's provisioning gives to it (contract §5). */
const JAEGER_UID = 'valtronics-jaeger';

/** The uid of the project's own Jaeger, else of the first that this Grafana has; undefined without any. */
function jaegerUid(): string | undefined {
  if (dataSourceType(JAEGER_UID) !== undefined) return JAEGER_UID;
  // Grafana puts its own data source behind every list.
  return getDataSourceSrv()
    .getList({ type: 'jaeger' })
    .find(({ type }) => type === 'jaeger')?.uid;
}

/** The trace in Explore; undefined without Jaeger in this Grafana. `at`: milliseconds since the epoch. */
export function jaegerPath(traceId: string, at: number): string | undefined {
  const uid = jaegerUid();
  if (uid === undefined) return undefined;
  const datasource = { type: 'jaeger', uid };
  return explorePath({ datasource: uid, queries: [{ refId: 'A', datasource, query: traceId }], at });
}
