import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, waitForEnd } from '../processes.ts';

/**
 * Ends the server that an earlier, killed run left behind in this data folder, and removes its pid file.
 * Only a process whose command line names the folder is touched.
 * @returns the ended server's process id, or undefined when there was none
 */
export async function endStalePostmaster(folder: string): Promise<number | undefined> {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  const ours = Number.isInteger(pid) && pid > 1 && (commandLine(pid)?.includes(folder) ?? false);
  if (ours) {
    for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
      process.kill(pid, signal);
      if (await waitForEnd(pid, 3000)) break;
    }
  }
  rmSync(file, { force: true });
  return ours ? pid : undefined;
}
