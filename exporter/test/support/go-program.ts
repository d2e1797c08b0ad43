import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

const CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'valtronics');

/** Where the program of a Go package is; fetched and built once into a cache outside of the checkout. */
export async function goProgram(path: string, version: string): Promise<string> {
  const name = basename(path);
  const built = join(CACHE, `${name}-${version}`);
  if (existsSync(built)) return built;
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, 'building-'));
  await promisify(execFile)('go', ['install', `${path}@${version}`], {
    env: { ...process.env, GOBIN: folder, GOFLAGS: '-mod=mod' },
  });
  await rename(join(folder, name), built);
  await rm(folder, { recursive: true });
  return built;
}
