import type { InstantRow } from '../../api/prometheusShapes';

/** One question for what the three services say of themselves. */
export const SERVICES_QUERY =
  '{__name__=~"valtronics_(broker_(uptime_seconds|clients|subscriptions|stored_messages)|mqtt_(connected|last_message_timestamp_seconds)|database_connections|redis_(up|ping_seconds|connected_clients|memory_bytes|uptime_seconds))"}';

/** Values by metric name and, where there is one, the label `state`: `valtronics_broker_clients/connected`. */
export type ServiceValues = ReadonlyMap<string, number>;

/** The values in rows of `SERVICES_QUERY`. */
export function serviceValues(rows: readonly InstantRow[]): ServiceValues {
  return new Map(
    rows.map(({ labels, value }) => {
      const name = labels.__name__ ?? '';
      return [labels.state === undefined ? name : `${name}/${labels.state}`, value];
    }),
  );
}
