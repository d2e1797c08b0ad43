import { get, Agent } from 'node:http';
import { join } from 'node:path';
import { freePort, startServer, type RunningServer } from '../test/support/server.ts';
import { buildGoPeer, GO_ENVIRONMENT } from './go-peer.ts';
import { median, ROUNDS } from './harness.ts';
import { processCpuMilliseconds } from './process-cpu.ts';
import { atMost, info, report, skipped } from './rows.ts';

const SERIES = 20_000;
/** Enough for a server's CPU time to be read in ticks of 10 ms. */
const OUR_SCRAPES = 100;
const GO_SCRAPES = 20;
const LABEL = `the whole scrape over HTTP, ${SERIES.toLocaleString('en')} series`;
const TARGET = 0.2;

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Reads the exposition and throws it away; resolves with its size. */
async function scrape(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path: '/metrics', agent }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => (bytes += chunk.length));
      response.once('end', () => resolve(bytes));
    });
    request.once('error', reject);
  });
}

/** CPU milliseconds that the server needs for one scrape, over that many. */
async function serverCpu(server: RunningServer, scrapes: number): Promise<number> {
  const pid = server.process.pid;
  if (pid === undefined) throw new Error('the server has no process');
  const before = await processCpuMilliseconds(pid);
  for (let done = 0; done < scrapes; done += 1) await scrape(server.port);
  return ((await processCpuMilliseconds(pid)) - before) / scrapes;
}

async function startOurs(): Promise<RunningServer> {
  const port = await freePort();
  const script = join(import.meta.dirname, 'peers', 'scrape-server.ts');
  return startServer({ command: process.execPath, args: [script, String(SERIES), String(port)], port });
}

async function startGo(path: string): Promise<RunningServer> {
  const port = await freePort();
  const args = [String(SERIES), '1', `127.0.0.1:${port}`];
  return startServer({ command: path, args, port, env: GO_ENVIRONMENT });
}

const ours = await startOurs();
const peer = await buildGoPeer('scrape');
const go = 'missing' in peer ? undefined : await startGo(peer.path);
try {
  const oursTaken: number[] = [];
  const goTaken: number[] = [];
  await serverCpu(ours, OUR_SCRAPES);
  for (let round = 0; round < ROUNDS; round += 1) {
    oursTaken.push(await serverCpu(ours, OUR_SCRAPES));
    if (go !== undefined) goTaken.push(await serverCpu(go, GO_SCRAPES));
  }
  const cpu = median(oursTaken);
  report([
    info(`${LABEL}: CPU`, cpu, 'ms'),
    'missing' in peer
      ? skipped(`${LABEL}: against Go's promhttp`, `≤ ${TARGET} ×`, peer.missing)
      : atMost(`${LABEL}: against Go's promhttp`, cpu / median(goTaken), TARGET, '×'),
  ]);
} finally {
  agent.destroy();
  await Promise.all([ours.stop(), go?.stop()]);
  if ('remove' in peer) await peer.remove();
}
