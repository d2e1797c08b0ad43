import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Requirement } from './require.ts';
import { answersOk, freePort, type RunningServer, startServer, temporaryFolder } from './server.ts';

const SOURCE = join(import.meta.dirname, 'opensearch');
const CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'valtronics');
const run = promisify(execFile);

export const JAVA: Requirement = { names: ['javac'] };
export const MAVEN: Requirement = { names: ['mvn'] };

/** The compiled node with its class path; fetched and built once into a cache outside of the checkout. */
async function build(): Promise<string> {
  const files = ['pom.xml', 'OpenSearchNode.java'].map((name) => join(SOURCE, name));
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(file));
  const built = join(CACHE, `opensearch-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(built)) return built;
  await mkdir(CACHE, { recursive: true });
  // Renamed once it is whole: two runs at a time do not meet, and a broken one leaves nothing to be believed.
  const folder = await mkdtemp(join(CACHE, 'building-'));
  const paths = join(folder, 'class-path');
  await run('mvn', [
    ...['--quiet', '--batch-mode', '--file', join(SOURCE, 'pom.xml')],
    ...['org.apache.maven.plugins:maven-dependency-plugin:build-classpath', `-Dmdep.outputFile=${paths}`],
  ]);
  await run('javac', [
    '-cp',
    await readFile(paths, 'utf8'),
    '-d',
    folder,
    join(SOURCE, 'OpenSearchNode.java'),
  ]);
  await rename(folder, built).catch(async (error: unknown) => {
    await rm(folder, { recursive: true });
    if (!existsSync(built)) throw error;
  });
  return built;
}

export interface OpenSearch {
  readonly url: string;
  /** Of the node that runs now. */
  pid(): number;
  /** Ends the node and starts it again with its data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Java starts sooner with its first compiler alone; what is measured needs both. */
const QUICK_START = '-XX:TieredStopAtLevel=1';

/** Starts a real node of OpenSearch; `quick` at the start and small, else as quick as it can be at work. */
export async function startOpenSearch({ quick = true } = {}): Promise<OpenSearch> {
  // What is garbage counts as in use: at full work a small node would refuse requests until it is collected.
  const memory = quick ? '350m' : '1g';
  const built = await build();
  const classPath = `${built}:${await readFile(join(built, 'class-path'), 'utf8')}`;
  const folder = temporaryFolder('opensearch');
  const [port, transportPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const start = (): Promise<RunningServer> =>
    startServer({
      command: 'java',
      args: [
        ...[`-Xms${memory}`, `-Xmx${memory}`, '-XX:+UseSerialGC', ...(quick ? [QUICK_START] : [])],
        ...['-cp', classPath, 'OpenSearchNode', folder.path, String(port), String(transportPort)],
      ],
      port,
      ready: () => answersOk(`${url}/_cluster/health?wait_for_status=yellow&timeout=1s`),
      timeout: 400_000,
    });
  let node = await start();
  return {
    url,
    pid: () => node.process.pid ?? 0,
    restart: async () => {
      await node.stop('SIGKILL');
      node = await start();
    },
    stop: async () => {
      await node.stop();
      await folder.remove();
    },
  };
}
