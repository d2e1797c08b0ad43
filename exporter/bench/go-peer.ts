import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const SOURCES = join(import.meta.dirname, 'go');

/** One thread for Go as for Node: CPU is compared, not parallelism. */
export const GO_ENVIRONMENT = { ...process.env, GOMAXPROCS: '1' };

/** Whether a program could not be started because there is none of that name. */
export function isProgramMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
}

/** A built peer; `remove` deletes it. */
export interface GoPeer {
  readonly path: string;
  remove(): Promise<void>;
}

/** Builds one of the programs in `bench/go` into a temporary folder, or says why it cannot be had. */
export async function buildGoPeer(
  name: 'scrape' | 'sub' | 'pub',
  env: NodeJS.ProcessEnv = process.env,
): Promise<GoPeer | { readonly missing: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'valtronics-go-'));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const path = join(folder, name);
  try {
    await run('go', ['build', '-o', path, `./${name}`], { cwd: SOURCES, env });
    return { path, remove };
  } catch (error) {
    await remove();
    if (isProgramMissing(error)) return { missing: 'go is not on PATH' };
    return { missing: `go build failed: ${String(error).split('\n').slice(0, 2).join(' ')}` };
  }
}

const SCRAPE_RESULT = z.object({ cpu_med: z.number(), bytes: z.number(), heapB_per_series: z.number() });

/** Median CPU milliseconds and bytes of a scrape of promhttp over that many series, without HTTP. */
export async function goScrape(
  peer: GoPeer,
  series: number,
  runs: number,
): Promise<z.infer<typeof SCRAPE_RESULT>> {
  const { stdout } = await run(peer.path, [String(series), String(runs)], { env: GO_ENVIRONMENT });
  return SCRAPE_RESULT.parse(JSON.parse(stdout));
}
