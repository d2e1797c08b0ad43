import type { DeviceView } from '../../src/fleet/fleet.ts';
import { createDeviceAlerts, type DeviceAlerts } from '../../src/alerts/device/tracker.ts';
import { type AlertAction, type AlertStore, createAlertStore } from '../../src/alerts/store/store.ts';
import { createMetrics } from '../../src/metrics/registry.ts';
import type { DeviceAlertMessage } from '../../src/platform-alerts/device-alerts.ts';
import type { TestStores } from './alert-stores.ts';
import { T0 } from './alerts.ts';
import { type ManualClock, manualClock } from './clock.ts';
import { recordingLogger } from './http.ts';

export const MINUTE = 60_000;

/** What `device-alerts` is given of a message: critical, of device A and type system, now, unless changed. */
export function deviceMessage(
  writtenAt: number,
  changes: Partial<DeviceAlertMessage> = {},
): DeviceAlertMessage {
  return {
    ...{ deviceId: 'A', alertType: 'system', severity: 'critical', message: 'A has failed' },
    ...{ metricName: '', value: '', ends: false, writtenAt, retained: false, repeated: false },
    ...changes,
  };
}

/** The alerts of devices on a real store, with a clock that a test moves. */
export interface DeviceAlertsFixture {
  readonly clock: ManualClock;
  readonly logger: ReturnType<typeof recordingLogger>;
  /** Changes of the store so far. */
  readonly changes: [AlertAction, string][];
  /** The devices that the fleet knows; a test fills it. */
  devices: DeviceView[];
  /** While it is set, nothing can be written. */
  failure: Error | undefined;
  store(): AlertStore;
  tracker(): DeviceAlerts;
  send(changes?: Partial<DeviceAlertMessage>): Promise<void>;
  look(): Promise<void>;
  /** `device type severity state count` of all that is kept, newest first. */
  rows(): Promise<string[]>;
  /** Samples above 0 by label values. */
  counted(family: string): Promise<Record<string, number>>;
  /** As after a restart: only the store is left. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export function deviceAlertsFixture(stores: TestStores): DeviceAlertsFixture {
  const logger = recordingLogger();
  const clock = manualClock(T0);
  const changes: [AlertAction, string][] = [];
  let store: AlertStore;
  let tracker: DeviceAlerts;
  let metrics: ReturnType<typeof createMetrics>;

  function open(): void {
    store = createAlertStore({
      database: stores.open(logger),
      externalLabels: [],
      limits: { entries: 1000, age: 1e12 },
      maxOpen: 50,
      onChange: (_sql, action, { alert }) => {
        changes.push([action, `${alert.labels['device_id'] ?? ''} ${alert.labels['alert_type'] ?? ''}`]);
        if (action === 'resolved') tracker.ended(alert);
        return Promise.resolve();
      },
    });
    metrics = createMetrics({ defaultMetrics: false });
    tracker = createDeviceAlerts({
      store: {
        ...store,
        report: (report) => {
          if (fixture.failure !== undefined) return Promise.reject(fixture.failure);
          return store.report(report);
        },
      },
      ...{ metrics, logger, clock, expires: 60 * MINUTE, rate: 5, types: 3 },
      fleet: {
        find: (id) => fixture.devices.find(({ deviceId }) => deviceId === id),
        resolve: (id) => (id === '1000' ? 'MOCK-1000' : id),
      },
      watches: (id) => id !== 'NOT-MINE',
    });
  }

  const fixture: DeviceAlertsFixture = {
    ...{ clock, logger, changes, devices: [], failure: undefined },
    store: () => store,
    tracker: () => tracker,
    send: async (message = {}) => {
      tracker.take(deviceMessage(clock.wall(), message), clock.wall());
      await tracker.flush();
    },
    look: async () => {
      await tracker.policy(clock.wall());
    },
    rows: async () =>
      (await store.list('history', { limit: 100 })).items.map(({ labels, state, severity, count }) =>
        [labels['device_id'], labels['alert_type'], severity, state, count].join(' '),
      ),
    counted: async (name) => {
      const family = (await metrics.snapshot()).find((snapshot) => snapshot.name === name);
      const samples = (family?.samples ?? []).filter(({ value }) => value > 0);
      return Object.fromEntries(samples.map(({ labels, value }) => [Object.values(labels).join(' '), value]));
    },
    restart: async () => {
      await store.close();
      open();
    },
    close: () => store.close(),
  };
  open();
  return fixture;
}
