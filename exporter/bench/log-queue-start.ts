import { systemClock } from '../src/base/clock.ts';
import { silentLogger } from '../src/log/logger.ts';
import { createJournal } from '../src/logs/journal/journal.ts';
import { cpuMilliseconds } from './harness.ts';

/**
 * What an exporter does with the log queue at its start, in a process of its own, whose memory has not grown by anything
 * else: positions, what waits, the newest entries for the search, the first batch to ship. Prints the measures as JSON.
 */
const [, , path = '', newest = '0'] = process.argv;
globalThis.gc?.();
const before = process.memoryUsage().rss;
const begin = performance.now();
let most = before;
const journal = createJournal({
  ...{ path, logger: silentLogger(), clock: systemClock, maxBytes: 4e9, whenFull: 'block' },
  ...{ shipping: true, keepNewest: Number(newest), onDrop: () => undefined },
});
const cpu = await cpuMilliseconds(() => {
  journal.positions();
  journal.stats();
  let entries = 0;
  for (const piece of journal.newest(Number(newest))) {
    entries += piece.length;
    most = Math.max(most, process.memoryUsage().rss);
  }
  if (entries < Number(newest) || journal.next(0) === undefined)
    throw new Error('the queue is not what was written');
});
most = Math.max(most, process.memoryUsage().rss);
const wall = performance.now() - begin;
journal.close();
process.stdout.write(JSON.stringify({ cpu, wall, memory: (most - before) / 1024 / 1024 }));
