import { renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/*
 * Loaded into a process with `--import`: notes how long its event loop was not free. At SIGUSR2 it writes the longest times
 * since the signal before to the file that LOOP_WATCH_FILE names, as `{"wall": ms, "cpu": ms}`, and begins anew.
 */
const file = z.string().parse(process.env['LOOP_WATCH_FILE']);

let longest = { wall: 0, cpu: 0 };
let last = performance.now();
let lastCpu = process.threadCpuUsage();

function tick(): void {
  const now = performance.now();
  const { user, system } = process.threadCpuUsage(lastCpu);
  longest = {
    wall: Math.max(longest.wall, now - last),
    cpu: Math.max(longest.cpu, (user + system) / 1000),
  };
  last = now;
  lastCpu = process.threadCpuUsage();
}

setInterval(tick, 1).unref();
process.on('SIGUSR2', () => {
  tick();
  writeFileSync(`${file}.new`, JSON.stringify(longest));
  renameSync(`${file}.new`, file);
  longest = { wall: 0, cpu: 0 };
});
