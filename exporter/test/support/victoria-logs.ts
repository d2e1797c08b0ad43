import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { answersOk, freePort, startServer, temporaryFolder } from './server.ts';

const VERSION = 'v1.52.1';
const CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'valtronics');

/** The program; fetched and built once into a cache outside of the checkout. */
async function build(): Promise<string> {
  const built = join(CACHE, `victoria-logs-${VERSION}`);
  if (existsSync(built)) return built;
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, 'building-'));
  await promisify(execFile)(
    'go',
    ['install', `github.com/VictoriaMetrics/VictoriaLogs/app/victoria-logs@${VERSION}`],
    { env: { ...process.env, GOBIN: folder, GOFLAGS: '-mod=mod' } },
  );
  await rename(join(folder, 'victoria-logs'), built);
  await rm(folder, { recursive: true });
  return built;
}

export interface VictoriaLogs {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a real VictoriaLogs that takes entries of any time. */
export async function startVictoriaLogs(): Promise<VictoriaLogs> {
  const command = await build();
  const folder = temporaryFolder('victoria-logs');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = await startServer({
    command,
    args: [
      ...[`-storageDataPath=${folder.path}`, `-httpListenAddr=127.0.0.1:${port}`],
      ...['-retentionPeriod=100y', '-futureRetention=10y'],
    ],
    port,
    ready: () => answersOk(`${url}/health`),
  });
  return {
    url,
    stop: async () => {
      await server.stop();
      await folder.remove();
    },
  };
}
