import { readFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import environment from '../process-environment.json' with { type: 'json' };
import { freePort, startServer, type RunningServer } from '../test/support/server.ts';

const PEER = join(import.meta.dirname, 'peers', 'gateway-peer.ts');
const PATH = '/api/v1/devices/17?fields=status';
/** What a browser sends along, about. */
const HEADERS = {
  Accept: 'application/json, text/plain, */*',
  'Accept-Encoding': 'gzip, deflate, br',
  'Accept-Language': 'en-GB,en;q=0.9',
  Authorization: `Bearer ${'x'.repeat(120)}`,
  'User-Agent':
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36',
};

/** Starts an API, or something in front of the one on that port, in a process of its own, set as the product's are. */
export async function startPeer(kind: string, api = 0): Promise<RunningServer> {
  const port = await freePort();
  return startServer({
    command: process.execPath,
    args: [PEER, kind, String(port), String(api)],
    port,
    env: { ...process.env, ...environment },
  });
}

/** One request, its answer thrown away; resolves with the milliseconds that it took. */
export async function ask(port: number, agent: Agent, path = PATH): Promise<number> {
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    const request = get({ host: '127.0.0.1', port, path, agent, headers: HEADERS }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`answered with ${response.statusCode ?? 0}`));
      response.resume();
      response.once('end', () => resolve(performance.now() - begin));
    });
    request.once('error', reject);
  });
}

/** As many requests, so many at a time. */
export async function load(port: number, requests: number, atOnce: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  let left = requests;
  const one = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await ask(port, agent);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  agent.destroy();
}

/** The times of requests that begin at even intervals, whatever became of those before. */
export async function paced(port: number, requests: number, perSecond: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  const times: Promise<number>[] = [];
  const begin = performance.now();
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(requests, Math.floor(((performance.now() - begin) / 1000) * perSecond));
      while (times.length < due) times.push(ask(port, agent));
      if (times.length < requests) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
  const taken = await Promise.all(times);
  agent.destroy();
  return taken;
}

/** Bytes that the process had in memory at most (VmHWM); Linux only. */
export async function peakMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  if (kilobytes === undefined) throw new Error(`/proc/${pid}/status tells no peak`);
  return Number(kilobytes) * 1024;
}
