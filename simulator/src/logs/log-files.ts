import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openRotatingFile, type RotatingFile } from './rotating-file.ts';

const MAX_BYTES = 10_000_000;
const KEEP = 2;
export type Service = 'backend' | 'mosquitto' | 'postgres' | 'fleet' | 'simulator';

/** The platform's log files in one folder: `access.log` and one `<service>.log` for each service. */
export interface LogFiles {
  readonly access: RotatingFile;
  readonly services: Readonly<Record<Service, RotatingFile>>;
  close(): void;
}

/** Makes the folder and opens the files; throws the system's error when that is not possible. */
export function openLogFiles(folder: string): LogFiles {
  mkdirSync(folder, { recursive: true });
  const open = (name: string): RotatingFile =>
    openRotatingFile({ path: join(folder, `${name}.log`), maxBytes: MAX_BYTES, keep: KEEP });
  const access = open('access');
  const services = {
    backend: open('backend'),
    mosquitto: open('mosquitto'),
    postgres: open('postgres'),
    fleet: open('fleet'),
    simulator: open('simulator'),
  };
  return {
    access,
    services,
    close() {
      for (const file of [access, ...Object.values(services)]) file.close();
    },
  };
}
