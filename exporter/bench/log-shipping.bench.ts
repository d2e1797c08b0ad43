import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { systemClock } from '../src/base/clock.ts';
import { silentLogger } from '../src/log/logger.ts';
import { createJournal } from '../src/logs/journal/journal.ts';
import { createShipper } from '../src/logs/shipping/shipper.ts';
import { createStoreClient } from '../src/logs/shipping/store-client.ts';
import { capturedEntries } from './captured-entries.ts';
import { cpuMilliseconds } from './harness.ts';
import { atLeast, atMost, info, report } from './rows.ts';

const ENTRIES = 100_000;
const AT_ONCE = 200;
const folder = mkdtempSync(join(tmpdir(), 'valtronics-bench-'));

/**
 * The longest that this thread worked without letting others have a turn while the work ran, in milliseconds of its own
 * CPU: what a busy machine takes from it is not counted.
 */
async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = process.threadCpuUsage();
  const tick = (): void => {
    const { user, system } = process.threadCpuUsage(last);
    longest = Math.max(longest, (user + system) / 1000);
    last = process.threadCpuUsage();
    timer = setImmediate(tick);
  };
  let timer = setImmediate(tick);
  await work();
  clearImmediate(timer);
  return longest;
}

const store = spawn(process.execPath, [join(import.meta.dirname, 'log-store-peer.ts')], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const [port] = z.tuple([z.instanceof(Buffer)]).parse(await once(store.stdout, 'data'));
  const journal = createJournal({
    ...{ path: join(folder, 'logs.db'), logger: silentLogger(), clock: systemClock, maxBytes: 4e9 },
    ...{ whenFull: 'block', shipping: true, keepNewest: 10_000, onDrop: () => undefined },
  });
  const entries = capturedEntries(ENTRIES);
  const queue = (): void => {
    for (let first = 0; first < ENTRIES; first += AT_ONCE)
      journal.append({ entries: entries.slice(first, first + AT_ONCE) });
  };
  const ship = (): Promise<void> => {
    let left = ENTRIES;
    return new Promise((resolve) => {
      const shipper = createShipper({
        ...{ journal, clock: systemClock, logger: silentLogger() },
        client: createStoreClient({ url: `http://127.0.0.1:${port.toString().trim()}` }),
        onShipped: (count) => {
          left -= count;
          if (left <= 0) void shipper.stop().then(resolve);
        },
        onFailure: (reason) => {
          throw new Error(reason);
        },
      });
      shipper.start();
    });
  };
  queue();
  await ship();
  queue();
  const begin = performance.now();
  const cpu = await cpuMilliseconds(ship);
  const wall = performance.now() - begin;
  queue();
  const turn = await longestTurn(ship);
  journal.close();
  report([
    atLeast('log shipping: entries of the captured mix by CPU', ENTRIES / (cpu / 1000), 50_000, 'entries/s'),
    info('log shipping: entries of the captured mix by the clock', ENTRIES / (wall / 1000), 'entries/s'),
    atMost('log shipping: longest turn of the event loop, CPU', turn, 20, 'ms'),
  ]);
} finally {
  store.kill();
  rmSync(folder, { recursive: true });
}
