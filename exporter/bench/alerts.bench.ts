import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AlertContent } from '../src/alerts/alert.ts';
import { createOutbox } from '../src/alerts/delivery/outbox.ts';
import { createHoldPolicy } from '../src/alerts/maintenance/hold-policy.ts';
import { createMaintenance } from '../src/alerts/maintenance/maintenance.ts';
import { createAlertMetrics } from '../src/alerts/metrics.ts';
import { createPlatformAlerts } from '../src/alerts/platform/tracker.ts';
import { createPolicies } from '../src/alerts/policies.ts';
import { openDatabase } from '../src/alerts/store/database.ts';
import { type AlertStore, createAlertStore } from '../src/alerts/store/store.ts';
import { notificationSchema, reportOf } from '../src/alerts/alertmanager/notification.ts';
import { systemClock } from '../src/base/clock.ts';
import { silentLogger } from '../src/log/logger.ts';
import { createMetrics } from '../src/metrics/registry.ts';
import { longestBlock, median, ROUNDS } from './harness.ts';
import { atMost, info, report, type Row } from './rows.ts';

const BATCH = 1000;
const OPEN = 10_000;
const SINGLE = 100;
const DAY = 86_400_000;
const BY = { kind: 'system', name: 'bench' } as const;
const folder = mkdtempSync(join(tmpdir(), 'valtronics-bench-'));

/** Wall milliseconds of the work, the median of several: what is waited for on the disk blocks, too. */
async function milliseconds(work: (round: number) => unknown, rounds = ROUNDS): Promise<number> {
  const taken: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const before = performance.now();
    await work(round);
    taken.push(performance.now() - before);
  }
  return median(taken);
}

async function openStore(name: string) {
  const database = openDatabase({ path: join(folder, name), logger: silentLogger() });
  const maintenance = createMaintenance({ database, lookup: () => undefined });
  const outbox = createOutbox({
    database,
    receivers: ['webhook', 'slack', 'pagerduty'],
    coverage: (sql, now) => maintenance.keepsQuiet(now, sql),
  });
  const store = createAlertStore({
    ...{ database, externalLabels: ['cluster'], limits: { entries: 10_000, age: 30 * DAY } },
    ...{ maxOpen: 1_000_000, onChange: outbox.enqueue },
  });
  await store.counts();
  return { maintenance, outbox, store };
}

function notification(first: number): string {
  const alerts = Array.from({ length: BATCH }, (_, index) => ({
    status: 'firing',
    labels: {
      ...{ alertname: 'DeviceStale', severity: 'warning', device_id: `MOCK-${first + index}` },
      ...{ device_type: 'sensor', instance: 'exporter:8001', cluster: 'demo', service: 'devices' },
    },
    annotations: {
      summary: 'Device is silent',
      description: `Device MOCK-${first + index} was last heard of an hour ago.`,
      runbook_url: 'https://example.org/runbooks/DeviceStale',
    },
    startsAt: new Date(Date.now() - 60_000).toISOString(),
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL: 'http://prometheus:9090/graph?g0.expr=up',
  }));
  return JSON.stringify({ version: '4', truncatedAlerts: 0, alerts });
}

function content(index: number): AlertContent {
  const severity = index % 3 === 0 ? 'critical' : 'warning';
  return {
    ...{ name: 'FanStuck', severity, source: 'api', message: 'It hums', annotations: {}, generatorUrl: '' },
    labels: { alertname: 'FanStuck', severity, device_id: `MOCK-${index}` },
    startsAt: Date.now(),
  };
}

async function raise(store: AlertStore, first: number, count: number): Promise<void> {
  const firing = Array.from({ length: count }, (_, index) => content(first + index));
  await store.report({ source: 'api', firing, gone: [], comment: '', by: BY, now: Date.now() });
}

/** Bytes that SQLite logs for one report, of which it syncs one log: few enough that the log is not folded in meanwhile. */
async function bytesOfReport(): Promise<number> {
  const { store } = await openStore('single.db');
  const logged = (): number => statSync(join(folder, 'single.db-wal')).size;
  const before = logged();
  const reports = 20;
  for (let index = 0; index < reports; index += 1) await raise(store, index, 1);
  const bytes = (logged() - before) / reports;
  await store.close();
  return Math.round(bytes);
}

/**
 * How much longer single reports take than writing as many bytes to a file and syncing it, one by one; both in turn, so
 * that a busy disk hits them alike.
 */
async function singleAgainstSynced(store: AlertStore, bytes: number): Promise<number> {
  const file = openSync(join(folder, 'synced'), 'w');
  const pages = Buffer.alloc(bytes);
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const floor = await milliseconds(() => {
      for (let write = 0; write < SINGLE; write += 1) {
        writeSync(file, pages);
        fsyncSync(file);
      }
    }, 1);
    const taken = await milliseconds(async () => {
      for (let index = 0; index < SINGLE; index += 1) await raise(store, 1e6 + round * SINGLE + index, 1);
    }, 1);
    ratios.push(taken / floor);
  }
  closeSync(file);
  return median(ratios);
}

async function writing(): Promise<Row[]> {
  const { store } = await openStore('writing.db');
  const bodies = Array.from({ length: ROUNDS }, (_, round) => notification(round * BATCH));
  const parsing = await milliseconds((round) => notificationSchema.parse(JSON.parse(bodies[round] ?? '')));
  const parsed = bodies.map((body) => notificationSchema.parse(JSON.parse(body)));
  const storing = async (round: number) => {
    const body = parsed[round];
    if (body !== undefined) await store.report(reportOf(body, store.fingerprint, Date.now()));
  };
  const first = await milliseconds(storing);
  const again = await milliseconds(storing);
  const bytes = await bytesOfReport();
  const single = await singleAgainstSynced(store, bytes);
  await store.close();
  const label = 'alerts: a notification of 1,000';
  return [
    info(`${label}, to read and check`, parsing, 'ms'),
    info(`${label} new alerts, to store on disk`, first, 'ms'),
    atMost(`${label} new alerts, to store against to read and check`, first / parsing, 10, '×'),
    info(`${label} known alerts, to store`, again, 'ms'),
    info('alerts: a single report, written and synced', bytes / 1024, 'KiB'),
    atMost('alerts: 100 single reports against as many bytes written and synced', single, 4, '×'),
  ];
}

/** Blocks of the event loop with many open alerts, each of which is told to three receivers. */
async function holding(): Promise<Row[]> {
  const { store, outbox, maintenance } = await openStore('holding.db');
  for (let first = 0; first < OPEN; first += BATCH) await raise(store, first, BATCH);
  const label = `alerts: ${OPEN.toLocaleString('en')} open`;
  const metrics = createMetrics({ defaultMetrics: false });
  const logger = silentLogger();
  const families = createAlertMetrics({ store, outbox, receivers: [], loops: [], metrics, logger });
  const rows = [
    info(`${label}, metrics of a scrape`, await milliseconds(() => families.update(Date.now())), 'ms'),
    info(`${label}, a page of 1,000`, await milliseconds(() => store.list('current', { limit: 1000 })), 'ms'),
    info(`${label}, statistics`, await milliseconds(() => store.statistics(Date.now())), 'ms'),
    info(
      `${label} and untold, what one receiver hears next`,
      await milliseconds(() => outbox.due('slack', Date.now(), 64)),
      'ms',
    ),
  ];
  const all = await milliseconds(async () => {
    let last: number | undefined = 0;
    while (last !== undefined) ({ last } = await outbox.hold(Date.now(), last));
  }, 3);
  const devices = Array.from({ length: OPEN }, (_, index) => `MOCK-${index}`);
  const scope = { devices, deviceTypes: [], locations: [] };
  const window = { ...scope, startsAt: Date.now(), endsAt: Date.now() + DAY, comment: '' };
  await maintenance.create(window, BY, Date.now());
  const look = createHoldPolicy(maintenance, outbox, silentLogger());
  let over = false;
  const policies = createPolicies({
    policies: [
      async (now) => {
        const result = await look(now);
        over = result !== 'more';
        return result;
      },
    ],
    ...{ wake: () => undefined, logger: silentLogger(), now: Date.now },
  });
  const block = await longestBlock(async () => {
    policies.start();
    while (!over) await new Promise((resolve) => setImmediate(resolve));
  });
  await policies.stop();
  await store.close();
  return [
    ...rows,
    atMost(
      `${label}: longest block when a maintenance window of all begins, against a look at all`,
      block / all,
      1,
      '×',
    ),
    info(`${label}: longest block when a maintenance window of all begins`, block, 'ms'),
  ];
}

async function platform(): Promise<Row[]> {
  const { store } = await openStore('platform.db');
  const now = Date.now();
  const tracker = createPlatformAlerts({
    ...{ store, believed: 'api', quietAfter: DAY, logger: silentLogger(), clock: systemClock },
  });
  const groups = Array.from({ length: OPEN }, (_, index) => ({
    ...{ deviceId: `MOCK-${index}`, alertType: 'threshold', metricName: 'temperature', severity: 'warning' },
    ...{ title: 'High', description: 'Temperature is 31.5', count: 3, first: now - DAY, last: now },
    acknowledged: false,
  }));
  const look = async (): Promise<void> => {
    tracker.apply('api', groups, true);
    await tracker.settled();
  };
  const raising = await milliseconds(look, OPEN / 500);
  const looking = await milliseconds(look);
  await store.close();
  const label = `alerts: ${OPEN.toLocaleString('en')} of the platform`;
  return [
    info(`${label}, a look that takes in 500 new ones`, raising, 'ms'),
    info(`${label}, a look that finds nothing new`, looking, 'ms'),
  ];
}

try {
  report([...(await writing()), ...(await holding()), ...(await platform())]);
} finally {
  rmSync(folder, { recursive: true });
}
