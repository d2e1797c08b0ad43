import {
  DEVICE_INFO,
  DEVICE_LAST_SEEN,
  DEVICE_STATUS,
  DEVICE_STATUS_SINCE,
  DEVICE_TELEMETRY,
} from '../metrics/catalogue/devices.ts';
import type { SeriesStore } from '../metrics/series.ts';
import type { FleetOptions } from './options.ts';

/** The stores of the per-device families. */
export interface FleetStores {
  readonly info: SeriesStore<(typeof DEVICE_INFO.labels)[number]>;
  readonly status: SeriesStore<(typeof DEVICE_STATUS.labels)[number]>;
  readonly since: SeriesStore<(typeof DEVICE_STATUS_SINCE.labels)[number]>;
  readonly lastSeen: SeriesStore<(typeof DEVICE_LAST_SEEN.labels)[number]>;
  readonly telemetry: SeriesStore<(typeof DEVICE_TELEMETRY.labels)[number]>;
}

export function createStores(createStore: FleetOptions['createStore']): FleetStores {
  return {
    info: createStore(DEVICE_INFO),
    status: createStore(DEVICE_STATUS),
    since: createStore(DEVICE_STATUS_SINCE),
    lastSeen: createStore(DEVICE_LAST_SEEN),
    telemetry: createStore(DEVICE_TELEMETRY),
  };
}

/** In the order of exposition: by name, as the other families. */
export function inOrder(stores: FleetStores): readonly SeriesStore[] {
  return [stores.info, stores.lastSeen, stores.status, stores.since, stores.telemetry];
}
