import { existsSync, globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The wall clock of the exporter's process alone. */
export interface ExporterClock {
  /** Why it cannot be moved; undefined where it can. */
  readonly reason: string | undefined;
  /** What the exporter's process needs in its environment. */
  readonly environment: NodeJS.ProcessEnv;
  /** Moves it by so many seconds from the machine's; 0 sets it right. */
  move(seconds: number): void;
}

const LIBRARY = '/usr/lib/*/faketime/libfaketimeMT.so.1';

/** Debian's libfaketime, which is read again each second and leaves the monotonic clock alone. */
export function createExporterClock(folder: string): ExporterClock {
  const [library] = globSync(LIBRARY);
  if (library === undefined || !existsSync(library))
    return { reason: 'apt-get install libfaketime', environment: {}, move: () => undefined };
  const file = join(folder, 'clock');
  const move = (seconds: number): void => writeFileSync(file, `${seconds < 0 ? '' : '+'}${seconds}\n`);
  move(0);
  return {
    reason: undefined,
    environment: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      DONT_FAKE_MONOTONIC: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
    },
    move,
  };
}
