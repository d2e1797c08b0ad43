import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type Socket } from 'node:net';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runExporter, startExporter, type TestExporter } from '../support/exporter.ts';
import { startFakeApi, type FakeApi } from '../support/fake-api.ts';
import { freePort, temporaryFolder, waitFor } from '../support/server.ts';

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function started(settings: Record<string, string>, args: string[] = []): Promise<TestExporter> {
  const exporter = await startExporter(settings, { args });
  undo.push(() => exporter.stop());
  return exporter;
}

async function api(): Promise<FakeApi> {
  const fake = await startFakeApi();
  undo.push(() => fake.stop());
  return fake;
}

describe('the command line', () => {
  it('explains itself', () => {
    const { status, stdout } = runExporter(['--help']);
    expect(status).toBe(0);
    expect(stdout).toContain('VALTRONICS_DATABASE_URL');
    expect(runExporter(['--version']).stdout).toMatch(/^valtronics-exporter \d+\.\d+\.\d+ \(node v/);
  });

  it('checks settings and starts nothing', () => {
    expect(runExporter(['--config.check'])).toMatchObject({ status: 0, stdout: 'the settings are good\n' });
  });

  it('sets no log store up that is not named or does not answer', () => {
    expect(runExporter(['--logs.setup'])).toMatchObject({
      status: 2,
      stderr: 'VALTRONICS_ELASTICSEARCH_URL: is not set: which log store?\n',
    });
    const { status, stderr } = runExporter(['--logs.setup'], {
      VALTRONICS_ELASTICSEARCH_URL: 'http://127.0.0.1:1',
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^the log store at 127\.0\.0\.1:1 .*\n$/);
  });

  it('neither checks nor starts with a file that is missing', () => {
    for (const args of [['--config.check'], []]) {
      const run = runExporter([...args, '--log.level', 'info'], { VALTRONICS_API_CA_FILE: '/no/ca.pem' });
      expect({ status: run.status, stdout: run.stdout, stderr: run.stderr }).toEqual({
        status: 2,
        stdout: '',
        stderr: 'VALTRONICS_API_CA_FILE: "/no/ca.pem" cannot be read: there is no such file\n',
      });
    }
  });

  it('ends with status 1 and one line when there can be no state folder', () => {
    const { status, stderr } = runExporter([], { VALTRONICS_STATE_DIR: '/proc/valtronics/state' });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^state folder \/proc\/valtronics\/state cannot be used \(ENOENT\): .*\n$/);
  });

  it('ends with status 2 and one line for a bad value', () => {
    const { status, stderr } = runExporter([], { VALTRONICS_OFFLINE_AFTER: 'soon' });
    expect(status).toBe(2);
    expect(stderr).toBe(
      'VALTRONICS_OFFLINE_AFTER: "soon" is not allowed: a duration such as 30s, 5m or 1h30m, from 10s to 7d\n',
    );
  });

  it('ends with status 1 and one line when its port is taken', async () => {
    const holder = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => holder.listen(port, '127.0.0.1', resolve));
    undo.push(() => new Promise((resolve) => holder.close(resolve)));
    const folder = temporaryFolder('state');
    undo.push(folder.remove);
    const { status, stderr } = runExporter([], {
      VALTRONICS_LISTEN: `127.0.0.1:${port}`,
      VALTRONICS_STATE_DIR: folder.path,
    });
    expect(status).toBe(1);
    expect(stderr.trimEnd().split('\n').at(-1)).toContain(`cannot listen on 127.0.0.1:${port}`);
  });
});

describe('the process', () => {
  it('works without any source and says what could be configured', async () => {
    const exporter = await started({});
    expect(await exporter.value('valtronics_exporter_config_last_reload_successful')).toBe(1);
    const page = await (await fetch(`${exporter.url}/`)).text();
    expect(page).toContain('VALTRONICS_API_URL');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('stops on %s with status 0', async (signal) => {
    const fake = await api();
    const exporter = await started({ VALTRONICS_API_URL: fake.url });
    await exporter.stop(signal);
    expect(exporter.process.exitCode).toBe(0);
    expect(exporter.output()).toContain('"msg":"stopped"');
  });

  it('stops with status 0 when Ctrl-C reaches its parents, too, and they hand it on', async () => {
    const fake = await api();
    const exporter = await started({ VALTRONICS_API_URL: fake.url });
    // Three signals: the terminal's, npm's and the bootstrap's.
    exporter.process.kill('SIGINT');
    await waitFor('the stop', () => exporter.output().includes('"msg":"stopping"'));
    for (let more = 0; more < 2; more++) exporter.process.kill('SIGINT');
    await exporter.stop('SIGINT');
    expect(exporter.process.exitCode).toBe(0);
    expect(exporter.output()).toContain('"msg":"stopped"');
  });

  it('leaves its state folder to nobody else, and to the next when it is gone', async () => {
    const folder = temporaryFolder('state');
    undo.push(folder.remove);
    const options = { stateFolder: folder.path };
    const first = await startExporter({}, options);
    undo.push(() => first.stop());
    const second = runExporter([], {
      VALTRONICS_STATE_DIR: folder.path,
      VALTRONICS_LISTEN: `127.0.0.1:${await freePort()}`,
    });
    expect(second.status).toBe(1);
    expect(second.stderr).toContain(
      `state folder ${folder.path} is in use by another exporter (process ${first.process.pid ?? 0} on `,
    );
    expect(second.stderr).toContain(`listening on 127.0.0.1:${first.port}, since `);
    await first.stop('SIGKILL');
    const third = await startExporter({}, options);
    undo.push(() => third.stop());
  });

  it('takes the level of its log over in a reload', async () => {
    const folder = temporaryFolder('config');
    undo.push(folder.remove);
    const file = join(folder.path, 'config.yml');
    writeFileSync(file, 'log: {level: warn}\n');
    const exporter = await started({}, ['--config.file', file]);
    expect(exporter.output()).not.toContain('"level":"info"');
    writeFileSync(file, 'log: {level: debug}\n');
    await fetch(`${exporter.url}/-/reload`, { method: 'POST' });
    await waitFor('a line of its own', () => exporter.output().includes('"msg":"settings reloaded"'));
  });

  it('stops though a source hangs in the middle of an attempt', async () => {
    const fake = await api();
    const exporter = await started({
      VALTRONICS_API_URL: fake.url,
      VALTRONICS_COLLECT_TIMEOUT: '1m',
      VALTRONICS_API_TIMEOUT: '1m',
    });
    const asked = fake.requests.length;
    fake.set('/api/v1/health/ping', () => undefined);
    const scrape = exporter.metrics().catch(() => undefined);
    await waitFor('the hanging request', () => fake.requests.length > asked);
    await exporter.stop();
    await scrape;
    expect(exporter.process.exitCode).toBe(0);
  });

  it('stops at once though no source has said a word yet', async () => {
    const sockets = new Set<Socket>();
    const silent = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
    });
    const port = await freePort();
    await new Promise<void>((resolve) => silent.listen(port, '127.0.0.1', resolve));
    undo.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => silent.close(resolve));
    });
    const exporter = await startExporter(
      {
        VALTRONICS_API_URL: `http://127.0.0.1:${port}`,
        VALTRONICS_MQTT_URL: `mqtt://127.0.0.1:${port}`,
        VALTRONICS_REDIS_URL: `redis://127.0.0.1:${port}`,
        VALTRONICS_DATABASE_URL: `postgres://u@127.0.0.1:${port}/x`,
        // What waits on by itself outlasts the test.
        VALTRONICS_COLLECT_TIMEOUT: '1m',
        VALTRONICS_API_TIMEOUT: '1m',
      },
      { until: 'healthy' },
    );
    undo.push(() => exporter.stop('SIGKILL'));
    await waitFor('all connections', () => sockets.size >= 4);
    await exporter.stop('SIGINT');
    expect(exporter.process.exitCode).toBe(0);
  }, 300_000);

  it('reloads its settings on SIGHUP and keeps the old ones when the new are bad', async () => {
    const [first, second] = [await api(), await api()];
    const folder = temporaryFolder('config');
    undo.push(folder.remove);
    const file = join(folder.path, 'config.yml');
    writeFileSync(file, `api: {url: "${first.url}"}\n`);
    const exporter = await started({}, ['--config.file', file]);
    writeFileSync(file, 'api: {url: nonsense}\n');
    exporter.process.kill('SIGHUP');
    const reloaded = 'valtronics_exporter_config_last_reload_successful';
    await waitFor('the refusal', async () => (await exporter.value(reloaded)) === 0);
    expect(await exporter.value('valtronics_collector_success{collector="api"}')).toBe(1);
    writeFileSync(file, `api: {url: "${second.url}"}\n`);
    const answer = await fetch(`${exporter.url}/-/reload`, { method: 'POST' });
    expect(answer.status).toBe(200);
    expect(second.requests.length).toBeGreaterThan(0);
    expect(await exporter.value(reloaded)).toBe(1);
    const before = first.requests.length;
    await exporter.metrics();
    expect(first.requests.length).toBe(before);
  });

  it('keeps its state where it is told, readable for its user only', async () => {
    const fake = await api();
    const exporter = await started({ VALTRONICS_API_URL: fake.url });
    await exporter.stop('SIGTERM');
    expect(exporter.output()).not.toContain('damaged');
  });
});

describe('secrets', () => {
  it('are in no log line, page or metric', async () => {
    const port = await freePort();
    const secret = 'hunter2-hunter2';
    const exporter = await started({
      VALTRONICS_API_URL: `http://user:${secret}@127.0.0.1:${port}`,
      VALTRONICS_DATABASE_URL: `postgresql://u:${secret}@127.0.0.1:${port}/db`,
      VALTRONICS_REDIS_URL: `redis://:${secret}@127.0.0.1:${port}`,
      VALTRONICS_MQTT_URL: `mqtt://u:${secret}@127.0.0.1:${port}`,
      VALTRONICS_TOKEN: secret,
    });
    const headers = { authorization: `Bearer ${secret}` };
    const page = await (await fetch(`${exporter.url}/`)).text();
    const states = await (await fetch(`${exporter.url}/api/v1/collectors`, { headers })).text();
    expect(states).toContain('refuses the connection');
    const everything = [page, states, await exporter.metrics(), exporter.output()].join('\n');
    expect(everything).not.toContain(secret);
    const files = readFileSync(`/proc/${exporter.process.pid ?? 0}/cmdline`, 'utf8');
    expect(files).not.toContain(secret);
  });
});
