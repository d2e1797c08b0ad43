import { setTimeout as delay } from 'node:timers/promises';
import { createRandom, type Random, seedOf } from '../model/random.ts';

/** People and programs that use the platform's API over loopback. */
export interface ApiTraffic {
  stop(): Promise<void>;
}

export interface ApiTrafficOptions {
  /** `http://127.0.0.1:8000`, or what stands in front of it. */
  readonly apiUrl: string;
  readonly seed: number;
  /** Database ids of devices that exist. */
  readonly deviceIds: readonly number[];
  /** Told when the API, which had answered before, did not answer at all; it goes on all the same. */
  readonly onFailure: (reason: string) => void;
}

interface Call {
  readonly weight: number;
  path(id: number): string;
}

/** Mostly well; a few are slow by nature, and a few are wrong in the ways that people are wrong. */
const CALLS: readonly Call[] = [
  { weight: 22, path: () => '/api/v1/devices/stats' },
  { weight: 16, path: () => '/api/v1/devices/?limit=50' },
  { weight: 18, path: (id) => `/api/v1/devices/${id}` },
  { weight: 10, path: (id) => `/api/v1/devices/${id}/telemetry?limit=20&hours=1` },
  { weight: 12, path: () => '/api/v1/alerts/?limit=20&status=active' },
  { weight: 8, path: () => '/api/v1/alerts/stats/active' },
  { weight: 4, path: () => '/api/v1/alerts/stats/summary?hours=24' },
  { weight: 3, path: () => '/api/v1/analytics/system/health?hours=1' },
  { weight: 2, path: () => '/api/v1/analytics/system' },
  { weight: 2, path: () => '/api/v1/devices/999999' },
  { weight: 1, path: () => '/api/v1/devices/?limit=0' },
  { weight: 1, path: () => '/api/v1/devices?limit=5' },
  { weight: 0.6, path: () => '/api/v1/analytics/metrics' },
];

const CLIENTS = [
  { address: '10.20.0.11', agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0' },
  { address: '10.20.0.12', agent: 'python-httpx/0.25.2' },
  { address: '10.20.0.27', agent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)' },
] as const;
/** Milliseconds between two calls of one client. */
const PAUSE = [1_000, 5_000] as const;
const TIMEOUT = 15_000;

/** Picks a call by weight. */
export function pickPath(random: Random, deviceIds: readonly number[]): string {
  const total = CALLS.reduce((sum, call) => sum + call.weight, 0);
  let left = random.next() * total;
  const id = random.pick(deviceIds);
  for (const call of CALLS) {
    left -= call.weight;
    if (left < 0) return call.path(id);
  }
  return '/';
}

export function startApiTraffic(options: ApiTrafficOptions): ApiTraffic {
  const { apiUrl, seed, deviceIds, onFailure } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const stopped = (): boolean => signal.aborted;

  const client = async ({ address, agent }: (typeof CLIENTS)[number], number: number): Promise<void> => {
    const random = createRandom(seedOf(seed, -10 - number));
    let hasAnswered = false;
    while (!stopped()) {
      try {
        await delay(random.between(...PAUSE), undefined, { signal });
        const response = await fetch(`${apiUrl}${pickPath(random, deviceIds)}`, {
          headers: { 'user-agent': agent, 'x-forwarded-for': address },
          signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT)]),
        });
        await response.arrayBuffer();
        hasAnswered = true;
      } catch (error) {
        // What stands in front may come up later than this.
        if (!stopped() && hasAnswered) onFailure(error instanceof Error ? error.message : String(error));
      }
    }
  };
  const clients = CLIENTS.map(client);
  return {
    async stop() {
      stopping.abort();
      await Promise.all(clients);
    },
  };
}
