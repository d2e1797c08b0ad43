import { Agent } from 'node:http';
import { ask, load, paced, peakMemory, startPeer } from './gateway-load.ts';
import { median, ROUNDS } from './harness.ts';
import { processCpuMilliseconds } from './process-cpu.ts';
import { atLeast, atMost, info, report } from './rows.ts';
import type { RunningServer } from '../test/support/server.ts';

const REQUESTS = 2000;
const AT_ONCE = 50;
const BODY = 100 * 2 ** 20;
const BODY_ROUNDS = 5;
const KINDS = ['gateway', 'pass-through', 'http-proxy-3', 'http-proxy-3-kept'] as const;

/** The value below which that share of the numbers lies. */
function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

function pidOf({ process: { pid } }: RunningServer): number {
  if (pid === undefined) throw new Error('the server has no process');
  return pid;
}

/** CPU milliseconds of the server while the work runs. */
async function cpuOf(server: RunningServer, work: () => Promise<unknown>): Promise<number> {
  const before = await processCpuMilliseconds(pidOf(server));
  await work();
  return (await processCpuMilliseconds(pidOf(server))) - before;
}

const agent = new Agent({ keepAlive: true });
const api = await startPeer('api');
const servers = new Map<string, RunningServer>();
try {
  for (const kind of KINDS) servers.set(kind, await startPeer(kind, api.port));
  const serverOf = (kind: string): RunningServer => servers.get(kind) ?? api;

  const requestCpu = new Map<string, number[]>(KINDS.map((kind) => [kind, []]));
  const wall: number[] = [];
  for (let round = -3; round < ROUNDS; round += 1)
    for (const kind of KINDS) {
      const server = serverOf(kind);
      const begin = performance.now();
      const taken = await cpuOf(server, () => load(server.port, REQUESTS, AT_ONCE));
      if (kind === 'gateway') wall.push((performance.now() - begin) / 1000);
      if (round >= 0) requestCpu.get(kind)?.push(taken);
    }
  const cpu = (kind: string): number => median(requestCpu.get(kind) ?? []) / REQUESTS;

  const bodyCpu = new Map<string, number[]>(KINDS.map((kind) => [kind, []]));
  const gateway = serverOf('gateway');
  // Whatever a first body makes the heap grow to, more of them must add nothing.
  await ask(gateway.port, agent, `/bytes/${BODY}`);
  const peak = await peakMemory(pidOf(gateway));
  for (let round = -1; round < BODY_ROUNDS; round += 1)
    for (const kind of KINDS) {
      const server = serverOf(kind);
      const taken = await cpuOf(server, () => ask(server.port, agent, `/bytes/${BODY}`));
      if (round >= 0) bodyCpu.get(kind)?.push(taken);
    }
  const grown = (await peakMemory(pidOf(gateway))) - peak;
  const body = (kind: string): number => median(bodyCpu.get(kind) ?? []);

  // Half of what client, gateway and API together can do on this machine.
  const rate = REQUESTS / median(wall) / 2;
  // Client, API and what stands between them share this machine: what a proxy that does nothing adds is not the gateway's.
  const added = new Map<string, number[]>();
  const add = (key: string, milliseconds: number): void => {
    added.set(key, [...(added.get(key) ?? []), milliseconds]);
  };
  const addedBy = (kind: string, share: number): number => median(added.get(`${kind} ${share}`) ?? []);
  for (let round = 0; round < ROUNDS; round += 1) {
    const direct = await paced(api.port, REQUESTS / 2, rate);
    for (const kind of ['gateway', 'pass-through']) {
      const through = await paced(serverOf(kind).port, REQUESTS / 2, rate);
      for (const share of [0.5, 0.99])
        add(`${kind} ${share}`, quantile(through, share) - quantile(direct, share));
    }
  }
  report([
    atMost('gateway: added latency, median', addedBy('gateway', 0.5), 1, 'ms'),
    atMost('gateway: added latency, 99th percentile', addedBy('gateway', 0.99), 3, 'ms'),
    info('the same of the pass-through, median', addedBy('pass-through', 0.5), 'ms'),
    info('the same of the pass-through, 99th percentile', addedBy('pass-through', 0.99), 'ms'),
    info('gateway: rate at which latency was measured', rate, 'requests/s'),
    info('gateway: requests by CPU', 1000 / cpu('gateway'), 'requests/s'),
    atLeast(
      'gateway: against a plain node:http pass-through',
      cpu('pass-through') / cpu('gateway'),
      0.6,
      '×',
    ),
    atLeast('gateway: against http-proxy-3 as it comes', cpu('http-proxy-3') / cpu('gateway'), 1.5, '×'),
    info('the same with an agent that keeps connections', cpu('http-proxy-3-kept') / cpu('gateway'), '×'),
    atLeast(
      'gateway: 100 MB body against the pass-through',
      body('pass-through') / body('gateway'),
      0.8,
      '×',
    ),
    atMost('gateway: peak of memory, grown through 600 MB of bodies', grown / 2 ** 20, 32, 'MiB'),
  ]);
} finally {
  agent.destroy();
  await Promise.all([...servers.values(), api].map((server) => server.stop()));
}
