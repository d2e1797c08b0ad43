import { afterEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { cleanEnvironment, valueOf } from '../support/exporter.ts';
import { startFakeApi, type FakeApi } from '../support/fake-api.ts';
import {
  answersOk,
  freePort,
  type RunningServer,
  startServer,
  temporaryFolder,
  waitFor,
} from '../support/server.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'gateway-main.ts');

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** Runs the gateway to its end, for arguments that do not start it. */
function run(args: readonly string[], settings: Readonly<Record<string, string>> = {}) {
  const env = cleanEnvironment(settings);
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', env });
  return { status, stdout, stderr };
}

interface Started extends RunningServer {
  readonly url: string;
  readonly admin: string;
  readonly accessLog: string;
}

async function api(): Promise<FakeApi> {
  const fake = await startFakeApi();
  undo.push(() => fake.stop());
  return fake;
}

async function started(upstream: string, changes: Readonly<Record<string, string>> = {}): Promise<Started> {
  const folder = temporaryFolder('gateway');
  const [port, adminPort] = [await freePort(), await freePort()];
  const admin = `http://127.0.0.1:${adminPort}`;
  const accessLog = join(folder.path, 'logs', 'access.log');
  const server = await startServer({
    command: process.execPath,
    args: [MAIN],
    port,
    env: cleanEnvironment({
      VALTRONICS_GATEWAY_LISTEN: `127.0.0.1:${port}`,
      VALTRONICS_GATEWAY_ADMIN_LISTEN: `127.0.0.1:${adminPort}`,
      VALTRONICS_GATEWAY_UPSTREAM: upstream,
      VALTRONICS_GATEWAY_ACCESS_LOG: accessLog,
      VALTRONICS_API_REQUESTS_SOURCE: 'gateway',
      ...changes,
    }),
    ready: () => answersOk(`${admin}/-/ready`),
  });
  undo.push(() => server.stop().then(folder.remove));
  return { ...server, url: `http://127.0.0.1:${port}`, admin, accessLog };
}

describe('the command line of the gateway', () => {
  it('explains what the gateway has, and nothing else', () => {
    const { status, stdout } = run(['--help']);
    expect(status).toBe(0);
    expect(stdout).toContain('VALTRONICS_GATEWAY_UPSTREAM');
    expect(stdout).toContain('OTEL_EXPORTER_OTLP_ENDPOINT');
    expect(stdout).not.toContain('VALTRONICS_MQTT_URL');
    expect(run(['--version']).stdout).toMatch(/^valtronics-gateway \d+\.\d+\.\d+ \(node v/);
  });

  it('checks settings and starts nothing', () => {
    expect(run(['--config.check'], { VALTRONICS_API_URL: 'http://api:8000' })).toEqual({
      ...{ status: 0, stdout: 'the settings are good\n', stderr: '' },
    });
    expect(run(['--config.check', '--web.config.file', '/no/web.yml'])).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(
        /^--web.config.file: .*ENOENT.*\nVALTRONICS_GATEWAY_UPSTREAM: is not set, nor is api.url: in front of which API\?\n$/,
      ),
    });
    expect(run(['--logs.setup'])).toMatchObject({
      status: 2,
      stderr: '--logs.setup: the exporter does that\n',
    });
  });
});

describe('a gateway that runs alone', () => {
  it('passes requests on, counts them on its other address, and logs them', async () => {
    const platform = await api();
    const gateway = await started(platform.url);
    const answer = await fetch(`${gateway.url}/api/v1/devices/stats`, {
      headers: { 'x-request-id': 'alone-1' },
    });
    expect([answer.status, answer.headers.get('x-request-id')]).toEqual([200, 'alone-1']);
    await answer.text();
    expect((await fetch(`${gateway.url}/metrics`)).status).toBe(404);
    const counted =
      'valtronics_api_requests_total{method="GET",endpoint="/api/v1/devices/stats",status="200"}';
    await waitFor('the count', async () => {
      const text = await (await fetch(`${gateway.admin}/metrics`)).text();
      return valueOf(text, counted) === 1 && valueOf(text, 'valtronics_gateway_in_flight') === 0;
    });
    const logged = (): string => readFileSync(gateway.accessLog, 'utf8');
    await waitFor('the line', () => logged().includes('"http.request.id":"alone-1"'));
  });

  it('opens its access log again when it is told of a rotation, and misses no line', async () => {
    const gateway = await started((await api()).url);
    const ask = async (id: string): Promise<void> => {
      const headers = { 'x-request-id': id };
      await (await fetch(`${gateway.url}/api/v1/devices/stats`, { headers })).text();
    };
    const has = (path: string, id: string): boolean =>
      existsSync(path) && readFileSync(path, 'utf8').includes(`"http.request.id":"${id}"`);
    await ask('before');
    await waitFor('the line', () => has(gateway.accessLog, 'before'));
    renameSync(gateway.accessLog, `${gateway.accessLog}.1`);
    await ask('between');
    gateway.process.kill('SIGHUP');
    await waitFor('the new file', () => existsSync(gateway.accessLog));
    await ask('after');
    await waitFor('the line in it', () => has(gateway.accessLog, 'after'));
    expect(has(`${gateway.accessLog}.1`, 'before')).toBe(true);
    expect(['', '.1'].some((end) => has(gateway.accessLog + end, 'between'))).toBe(true);
  });

  it('keeps traces where it is told to, through a reload, and shows them on its other address', async () => {
    const gateway = await started((await api()).url, { VALTRONICS_TRACES_BUFFER: '10' });
    await (await fetch(`${gateway.url}/api/v1/devices/stats`)).text();
    const traces = z.object({ source: z.string(), items: z.array(z.object({ operation: z.string() })) });
    const kept = async () => traces.parse(await (await fetch(`${gateway.admin}/api/v1/traces`)).json());
    await waitFor('the trace', async () => (await kept()).items.length > 0);
    expect((await fetch(`${gateway.admin}/-/reload`, { method: 'POST' })).status).toBe(200);
    expect(await kept()).toEqual({
      source: 'buffer',
      items: [{ operation: 'GET /api/v1/devices/stats' }],
    });
    const map: unknown = await (await fetch(`${gateway.admin}/api/v1/traces/map`)).json();
    expect(map).toMatchObject({
      edges: [
        { client: 'valtronics-gateway', server: 'valtronics-api', requests: 1 },
        { client: 'client', server: 'valtronics-gateway', requests: 1 },
      ],
    });
  });

  it('lets the request under way come to its end at SIGTERM, is not ready meanwhile, and exits with 0', async () => {
    const platform = await api();
    const gateway = await started(platform.url);
    let end: (() => void) | undefined;
    platform.set('/api/v1/slow', (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' }).write('begin ');
      end = () => response.end('end');
    });
    const answer = await fetch(`${gateway.url}/api/v1/slow`);
    gateway.process.kill('SIGTERM');
    await waitFor(
      'that it is not ready',
      async () => (await fetch(`${gateway.admin}/-/ready`)).status === 503,
    );
    end?.();
    expect(await answer.text()).toBe('begin end');
    await waitFor('the end', () => gateway.process.exitCode !== null);
    expect(gateway.process.exitCode).toBe(0);
    expect(readFileSync(gateway.accessLog, 'utf8')).toContain('"url.original":"/api/v1/slow"');
  });
});
