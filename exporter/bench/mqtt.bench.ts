import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { startMosquitto } from '../test/support/mosquitto.ts';
import { findExecutable } from '../test/support/server.ts';
import { buildGoPeer, GO_ENVIRONMENT, type GoPeer } from './go-peer.ts';
import { median, ROUNDS } from './harness.ts';
import { atMost, info, report, skipped, type Row } from './rows.ts';

const MESSAGES = 200_000;
const DEVICES = 1000;
const AGAINST_GO = 'MQTT flood, CPU a message: against Go paho + client_golang, one thread';
const TARGET = 0.75;
const SUBSCRIBER = join(import.meta.dirname, 'mqtt-subscriber.ts');

const run = promisify(execFile);
const resultSchema = z.object({ got: z.number(), cpu_per_100k: z.number() });

interface Command {
  readonly path: string;
  readonly args: readonly string[];
}

/** Starts a subscriber, floods the broker once it is ready, and returns its CPU seconds for 100,000 messages. */
async function flood(subscriber: Command, publisher: GoPeer, address: string): Promise<number> {
  const child = spawn(subscriber.path, subscriber.args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: GO_ENVIRONMENT,
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const ended = new Promise((resolve) => child.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    let told = '';
    child.stderr.on('data', (chunk: Buffer) => {
      told += chunk.toString();
      if (told.includes('ready')) resolve();
    });
    child.once('close', () => reject(new Error(`${subscriber.path} ended before it was ready: ${told}`)));
  });
  await run(publisher.path, [address, String(MESSAGES), '0', String(DEVICES)]);
  await ended;
  const result = resultSchema.parse(JSON.parse(printed));
  if (result.got !== MESSAGES)
    throw new Error(`${subscriber.path} got ${result.got} of ${MESSAGES} messages`);
  return result.cpu_per_100k;
}

async function compare(publisher: GoPeer, peer: GoPeer): Promise<Row[]> {
  const server = await startMosquitto();
  const address = `127.0.0.1:${server.port}`;
  const ours = (reader: string): Command => ({
    path: process.execPath,
    args: [SUBSCRIBER, reader, `mqtt://${address}`, String(MESSAGES)],
  });
  const commands = {
    ours: ours('ours'),
    library: ours('mqtt.js'),
    go: { path: peer.path, args: [address, String(MESSAGES)] },
  };
  const taken = { ours: new Array<number>(), library: new Array<number>(), go: new Array<number>() };
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      taken.go.push(await flood(commands.go, publisher, address));
      taken.ours.push(await flood(commands.ours, publisher, address));
      taken.library.push(await flood(commands.library, publisher, address));
    }
  } finally {
    await server.stop();
  }
  const go = median(taken.go);
  return [
    info('MQTT flood: CPU for 100,000 messages', median(taken.ours), 's'),
    info('MQTT flood: CPU for 100,000 messages, Go', go, 's'),
    atMost(AGAINST_GO, median(taken.ours) / go, TARGET, '×'),
    info('the same through mqtt.js’s own read path', median(taken.library) / go, '×'),
  ];
}

async function rows(): Promise<readonly Row[]> {
  const missing = (reason: string): Row[] => [skipped(AGAINST_GO, `≤ ${TARGET} ×`, reason)];
  if (findExecutable(['mosquitto']) === undefined) return missing('mosquitto is not installed');
  const publisher = await buildGoPeer('pub');
  if ('missing' in publisher) return missing(publisher.missing);
  const peer = await buildGoPeer('sub');
  try {
    return 'missing' in peer ? missing(peer.missing) : await compare(publisher, peer);
  } finally {
    await publisher.remove();
    if ('remove' in peer) await peer.remove();
  }
}

report(await rows());
