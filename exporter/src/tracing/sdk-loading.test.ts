import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from '@jest/globals';
import { z } from 'zod';
import { temporaryFolder } from '../../test/support/server.ts';

const SCRIPT = join(import.meta.dirname, '..', '..', 'test', 'support', 'loaded-sdk.ts');
const loadedSchema = z.array(z.object({ name: z.string(), by: z.string() }));
let folder: ReturnType<typeof temporaryFolder> | undefined;
afterEach(() => folder?.remove());

/** Packages of OpenTelemetry that an exporter with these settings loads, and who of us asks for them. */
async function loadedWith(environment: Record<string, string>): Promise<z.infer<typeof loadedSchema>> {
  folder = temporaryFolder('loaded-sdk');
  const given = { VALTRONICS_LISTEN: '127.0.0.1:0', VALTRONICS_STATE_DIR: folder.path, ...environment };
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', SCRIPT], { env: given });
  return loadedSchema.parse(JSON.parse(stdout));
}

it.each<Record<string, string>>([
  {},
  { OTEL_SDK_DISABLED: 'True', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' },
])('is not loaded at all with %j', async (environment) => {
  expect(await loadedWith(environment)).toEqual([]);
});

it('is loaded by one module where tracing is on', async () => {
  const loaded = await loadedWith({ VALTRONICS_TRACES_BUFFER: '10' });
  expect(loaded.map(({ name }) => name)).toContain('@opentelemetry/sdk-trace');
  expect([...new Set(loaded.map(({ by }) => by))]).toEqual(['tracing/sdk.ts']);
});
