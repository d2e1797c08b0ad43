import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { answersOk, freePort, startServer } from './server.ts';

/** Jaeger 2.13: its module never took the number 2, and later ones are not served by Go's proxy. */
const VERSION = 'v1.76.0';
const MODULE = 'github.com/jaegertracing/jaeger';
const CACHE = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'valtronics');
const PROVISIONING = join(import.meta.dirname, '..', '..', '..', 'provisioning', 'jaeger');

/** How long the first test on a machine may take to fetch and compile it, milliseconds; later ones need none of it. */
export const JAEGER_BUILD_TIMEOUT = 1_200_000;

/** The folder of the programs; fetched and built once into a cache outside of the checkout. */
async function build(): Promise<string> {
  const built = join(CACHE, `jaeger-${VERSION}`);
  if (existsSync(built)) return built;
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, 'building-'));
  const go = async (...args: string[]): Promise<void> => {
    await promisify(execFile)('go', args, { cwd: folder, env: { ...process.env, GOFLAGS: '-mod=mod' } });
  };
  await go('mod', 'init', 'valtronics.example/jaeger');
  // A dependency of a dependency was renamed, and versions under the old name contradict its go.mod.
  await go('mod', 'edit', '-replace', 'github.com/Shopify/sarama=github.com/Shopify/sarama@v1.33.0');
  await go('get', '-tool', `${MODULE}/cmd/jaeger@${VERSION}`);
  for (const program of ['jaeger', 'es-index-cleaner'])
    await go('build', '-ldflags=-s -w', '-o', program, `${MODULE}/cmd/${program}`);
  await rename(folder, built).catch(async (error: unknown) => {
    await rm(folder, { recursive: true });
    if (!existsSync(built)) throw error;
  });
  return built;
}

export interface Jaeger {
  /** Its query address with the base path, as `jaeger.url` is set. */
  readonly url: string;
  /** Where it takes spans by OTLP over HTTP, as `otel.endpoint` is set. */
  readonly otlp: string;
  stop(): Promise<void>;
}

/** Ports of jaeger.yml that no test asks. */
const OTHER_PORTS = [
  'JAEGER_GRPC_PORT',
  'OTLP_GRPC_PORT',
  'ZIPKIN_PORT',
  'JAEGER_HEALTH_PORT',
  'JAEGER_METRICS_PORT',
] as const;

/** Starts a real Jaeger v2 by this repository's own files: in memory, or with the Elasticsearch or OpenSearch that is named. */
export async function startJaeger(options: { elasticsearchUrl?: string } = {}): Promise<Jaeger> {
  const command = join(await build(), 'jaeger');
  const port = await freePort();
  const otlp = await freePort();
  const others = Object.fromEntries(
    await Promise.all(OTHER_PORTS.map(async (name) => [name, String(await freePort())] as const)),
  );
  const url = `http://127.0.0.1:${port}/jaeger`;
  const { elasticsearchUrl } = options;
  const file = elasticsearchUrl === undefined ? 'jaeger-memory.yml' : 'jaeger.yml';
  const server = await startServer({
    command,
    args: [`--config=${join(PROVISIONING, file)}`],
    env: {
      ...process.env,
      ...others,
      JAEGER_LISTEN_HOST: '127.0.0.1',
      JAEGER_PORT: String(port),
      OTLP_PORT: String(otlp),
      JAEGER_UI_CONFIG: join(PROVISIONING, 'ui.json'),
      ...(elasticsearchUrl === undefined ? {} : { JAEGER_ELASTICSEARCH_URL: elasticsearchUrl }),
    },
    port,
    ready: () => answersOk(`${url}/api/services`),
  });
  return { url, otlp: `http://127.0.0.1:${otlp}`, stop: () => server.stop() };
}

/** Removes the indices of Jaeger that are older than the days, as the cleaner of the provisioning does. */
export async function cleanJaegerIndices(
  days: number,
  elasticsearchUrl: string,
  prefix: string,
): Promise<void> {
  await promisify(execFile)(join(await build(), 'es-index-cleaner'), [String(days), elasticsearchUrl], {
    env: { ...process.env, INDEX_PREFIX: prefix },
  });
}
