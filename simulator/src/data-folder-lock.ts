import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from './error-code.ts';
import { commandLine, isAlive } from './processes.ts';

/** A data folder belongs to one running simulator. */
export interface DataFolderLock {
  release(): void;
}

function owner(file: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return Number.isInteger(pid) ? pid : undefined;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Takes the folder, from a killed simulator as well.
 * @throws Error when another simulator is running in it
 */
export function lockDataFolder(folder: string): DataFolderLock {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'simulator.pid');
  const pid = owner(file);
  const running =
    pid !== undefined &&
    pid !== process.pid &&
    isAlive(pid) &&
    (commandLine(pid)?.includes('simulator') ?? false);
  if (running) {
    throw new Error(`${folder} is used by another simulator (process ${pid}); set SIMULATOR_DATA_DIR`);
  }
  writeFileSync(file, `${process.pid}\n`);
  return { release: () => rmSync(file, { force: true }) };
}
