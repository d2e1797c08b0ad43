import { readFile } from 'node:fs/promises';

/** Linux gives CPU times in ticks of 10 ms to user space, on every architecture. */
const MILLISECONDS_A_TICK = 10;
/** Places of utime and stime after the command name (proc(5)). */
const USER_FIELD = 11;

/** CPU milliseconds (user and system) that a process of this machine has used so far; Linux only. */
export async function processCpuMilliseconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = fields.slice(USER_FIELD, USER_FIELD + 2).map(Number);
  if (user === undefined || system === undefined) throw new Error(`/proc/${pid}/stat has no CPU times`);
  return (user + system) * MILLISECONDS_A_TICK;
}
