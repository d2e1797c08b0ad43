import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from '../root.ts';

export { ROOT };

/** The exporter's port that owns `.run/` itself; other runs get a folder of their own, so that two never meet. */
const DEFAULT_EXPORTER_PORT = 8001;

/** Folder for the state of one run. */
export function runFolder(exporterPort: number): string {
  const base = join(ROOT, '.run');
  const folder = exporterPort === DEFAULT_EXPORTER_PORT ? base : join(base, `port-${exporterPort}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** The token of this run: the user's, or a random one. Kept readable for its owner only, for curl. */
export function runToken(folder: string, environment: NodeJS.ProcessEnv): { token: string; file: string } {
  const file = join(folder, 'token');
  const token = environment['VALTRONICS_TOKEN'] || randomBytes(24).toString('base64url');
  rmSync(file, { force: true });
  writeFileSync(file, token, { mode: 0o600 });
  return { token, file };
}

/** A fresh copy of one of the repository's provisioning folders below the folder; secrets stay where they are. */
export function copyProvisioning(name: string, folder: string): string {
  const target = join(folder, 'provisioning', name);
  rmSync(target, { recursive: true, force: true });
  cpSync(join(ROOT, 'provisioning', name), target, {
    recursive: true,
    filter: (source) => basename(source) !== 'secrets',
  });
  return target;
}
