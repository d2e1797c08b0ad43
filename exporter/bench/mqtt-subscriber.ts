import { connect } from 'mqtt';
import { createMqttCollector } from '../src/collectors/mqtt/collector.ts';
import { createMqttConnection } from '../src/collectors/mqtt/connection.ts';
import { createMessageHandler } from '../src/collectors/mqtt/message-handler.ts';
import { createFleet } from '../src/fleet/create-fleet.ts';
import { createUnusableMessages } from '../src/collectors/mqtt/unusable.ts';
import type { FleetInput } from '../src/fleet/fleet.ts';
import { silentLogger } from '../src/log/logger.ts';
import { createMetrics } from '../src/metrics/registry.ts';
import { createSeriesStore } from '../src/metrics/series-store.ts';
import type { StateStore } from '../src/state/state-store.ts';

/*
 * usage: mqtt-subscriber.ts READER URL COUNT
 * Watches a flood with the exporter's collector and fleet, as a process of its own so that its CPU is its
 * own. READER `ours` takes the collector's read path, `mqtt.js` the library's own. Prints `ready` on
 * standard error once subscribed and, after COUNT messages, one JSON line with the CPU since the first.
 */
const [reader = 'ours', url = '', count = '0'] = process.argv.slice(2);
const want = Number(count);
const state: StateStore = { read: () => undefined, write: () => Promise.resolve() };
const logger = silentLogger();
const metrics = createMetrics({ defaultMetrics: false });
const fleet = createFleet({
  inventories: [],
  mqtt: true,
  countingSource: 'mqtt',
  metrics,
  createStore: createSeriesStore,
  state,
  logger,
});

const unusable = createUnusableMessages({ logger });
let got = 0;
let before = process.cpuUsage();

function finish(): void {
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ got, cpu_per_100k: ((user + system) / 1e6 / got) * 1e5 }));
  process.exit(0);
}

/** The real fleet behind a counter of points: a message of the flood has one. */
const counted: FleetInput = {
  ...fleet,
  point: (id, metric, unit, value, at) => {
    if (got === 0) before = process.cpuUsage();
    fleet.point(id, metric, unit, value, at);
    got += 1;
    if (got === want) finish();
  },
};

if (reader === 'ours') {
  const connection = createMqttConnection({
    url,
    sessionExpiry: 0,
    maxPayloadBytes: 1_048_576,
    state,
    logger,
  });
  const collector = createMqttCollector({ connection, fleet: counted, metrics, unusable });
  await collector.start?.();
  const commit = await collector.collect({
    signal: new AbortController().signal,
    left: () => 10_000,
  });
  commit();
} else {
  const handler = createMessageHandler({
    fleet: counted,
    metrics,
    unusable,
    maxTopics: 50,
    maxCachedTopics: 50_000,
  });
  const client = connect(url, { protocolVersion: 5 });
  client.on('message', (topic, payload, { retain }) => {
    handler.handle(topic, payload, payload.length, retain, Date.now());
  });
  await client.subscribeAsync('valtronics/#', { qos: 1 });
}
console.error('ready');
