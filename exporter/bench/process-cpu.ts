import { readdir, readFile } from 'node:fs/promises';

/**
 * CPU milliseconds (user and system) that the threads of a process of this machine have used so far, to the microsecond:
 * the ticks of 10 ms in `stat` are too coarse for a comparison of one in a hundred. Linux only. Threads that have ended are not
 * in it.
 */
export async function processCpuMilliseconds(pid: number): Promise<number> {
  const folder = `/proc/${pid}/task`;
  const texts = await Promise.all(
    (await readdir(folder)).map((thread) => readFile(`${folder}/${thread}/schedstat`, 'utf8')),
  );
  // proc(5): nanoseconds on a processor, nanoseconds of waiting for one, times that it got one.
  const nanoseconds = texts.reduce((sum, text) => sum + Number(text.split(' ')[0]), 0);
  if (!(nanoseconds > 0)) throw new Error(`${folder} has no CPU times`);
  return nanoseconds / 1e6;
}
