import { readFile } from 'node:fs/promises';
import { startExporter, type TestExporter } from '../test/support/exporter.ts';
import { startMosquitto } from '../test/support/mosquitto.ts';
import { findExecutable, waitFor } from '../test/support/server.ts';
import { devicesIn, pointsIn, publishReadings, startShards } from '../test/support/shards.ts';
import { processCpuMilliseconds } from './process-cpu.ts';
import { info, report, skipped, type Row } from './rows.ts';

const DEVICES = Number(process.env['SHARD_DEVICES'] ?? 20_000);
const SHARDS = 3;
const ROUNDS = 5;
const METRICS = Array.from({ length: 10 }, (_, index) => `metric_${index}`);
const IDS = Array.from({ length: DEVICES }, (_, index) => `DEVICE-${index}`);

function pidOf({ process: { pid } }: TestExporter): number {
  if (pid === undefined) throw new Error('the exporter does not run');
  return pid;
}

/** MiB of memory that the process alone occupies. */
async function memory(exporter: TestExporter): Promise<number> {
  const status = await readFile(`/proc/${pidOf(exporter)}/status`, 'utf8');
  return Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}

const cpu = (exporter: TestExporter): Promise<number> => processCpuMilliseconds(pidOf(exporter));
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Measures one exporter beside three that share the same devices, and asserts that these add up to it. */
async function measure(): Promise<Row[]> {
  const server = await startMosquitto();
  const url = `mqtt://127.0.0.1:${server.port}`;
  const settings = { VALTRONICS_MQTT_URL: url };
  const idle = await startExporter({});
  const alone = await startExporter(settings);
  const shards = await startShards(SHARDS, settings);
  const all = [alone, ...shards.exporters];
  let expected = 0;

  async function round(value: number): Promise<void> {
    await publishReadings(url, IDS, value, METRICS);
    expected += IDS.length * METRICS.length;
    await waitFor(
      'all points of one',
      async () => pointsIn([await alone.metrics()]) === expected,
      300_000,
      1000,
    );
    await waitFor(
      'all points of all',
      async () => pointsIn(await shards.metrics()) === expected,
      300_000,
      1000,
    );
    for (const exporter of all) await exporter.metrics();
  }

  try {
    // Devices appear, code is compiled: not what is measured.
    await round(0);
    const before = await Promise.all(all.map(cpu));
    for (let number = 1; number <= ROUNDS; number += 1) await round(number);
    const [ofOne = 0, ...ofShards] = (await Promise.all(all.map(cpu))).map(
      (ms, index) => ms - (before[index] ?? 0),
    );
    const texts = await shards.metrics();
    if (JSON.stringify(devicesIn(texts)) !== JSON.stringify([...IDS].sort()))
      throw new Error('a device is missing or there twice');
    const base = await memory(idle);
    const [grown = 0, ...shares] = (await Promise.all(all.map(memory))).map((mebibytes) => mebibytes - base);
    const label = `${DEVICES.toLocaleString('en')} devices`;
    return [
      info(`${label} in ${SHARDS} exporters: series of a device that are missing or there twice`, 0, ''),
      info(
        `${label}: CPU of an exporter of ${SHARDS}, against one alone`,
        sum(ofShards) / SHARDS / ofOne,
        '×',
      ),
      info(`${label}: its memory beyond an idle one's, against one alone`, sum(shares) / SHARDS / grown, '×'),
      info('the same: CPU of one alone for each round of messages and scrapes', ofOne / ROUNDS, 'ms'),
      info('the same: memory of an idle exporter', base, 'MiB'),
      info('the same: memory of one alone beyond that', grown, 'MiB'),
    ];
  } finally {
    await shards.stop();
    for (const one of [alone, idle, server]) await one.stop();
  }
}

const MISSING = 'mosquitto is not installed';
report(
  findExecutable(['mosquitto']) === undefined
    ? [skipped('exporters of one fleet', '', MISSING)]
    : await measure(),
);
