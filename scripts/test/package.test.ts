import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith, OPENSSL } from '../../exporter/test/support/require.ts';
import {
  answersOk,
  freePort,
  startServer,
  temporaryFolder,
  waitFor,
} from '../../exporter/test/support/server.ts';
import { packExporter } from '../package/exporter.ts';
import { packPlugin } from '../package/plugin.ts';
import { ROOT } from '../root.ts';
import { freshMachine } from './support/installation.ts';

const folder = temporaryFolder('package');
afterAll(() => folder.remove());

// The steps of docs/installation.md make a token with openssl.
describeWith([OPENSSL], 'the exporter’s archive, on a machine without this repository', () => {
  const machine = freshMachine();
  const at = (path: string): string => machine.placed(path);
  afterAll(() => machine.remove());

  beforeAll(() => {
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    const built = spawnSync(process.execPath, [compiler, '-b', 'exporter/tsconfig.build.json'], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    if (built.status !== 0) throw new Error(built.stdout);
    packExporter(folder.path);
    machine.walk('walked', folder.path);
  }, 600_000);

  it('brings code, rules, unit and licences, and no sources', () => {
    for (const path of [
      'exporter/dist/main.js',
      'exporter/dist/gateway-main.js',
      'rules/devices.yml',
      'LICENSE',
    ])
      expect(existsSync(at(`/opt/valtronics/${path}`))).toBe(true);
    expect(existsSync(at('/opt/valtronics/exporter/src'))).toBe(false);
    const licences = readFileSync(at('/opt/valtronics/THIRD-PARTY-LICENSES.txt'), 'utf8');
    expect(licences).toMatch(/^express 5\.[\d.]+ \(MIT\)$/m);
    expect(licences).toMatch(/^@opentelemetry\/api 1\.[\d.]+ \(Apache-2\.0\)$/m);
  });

  it('keeps the settings and the token to those who may read them', () => {
    for (const file of ['exporter.env', 'token'])
      expect((statSync(at(`/etc/valtronics/${file}`)).mode & 0o777).toString(8)).toBe('640');
    expect(readFileSync(at('/etc/valtronics/token'), 'utf8')).toMatch(/^[\da-f]{48}\n$/);
  });

  it('runs by the command line of its unit, as another user', async () => {
    const port = await freePort();
    appendFileSync(at('/etc/valtronics/exporter.env'), `VALTRONICS_LISTEN=127.0.0.1:${port}\n`);
    const lines = [
      ...readFileSync(machine.unit('EnvironmentFile')[0] ?? '', 'utf8').split('\n'),
      ...machine.unit('Environment').flatMap((line) => line.split(' ')),
    ];
    const settings = lines
      .filter((line) => /^\w+=/.test(line))
      .map((line) => at(line).split(/=(.*)/s).slice(0, 2));
    // Nothing of this machine: no PATH, no home.
    const env = Object.fromEntries(settings.map(([name = '', value = '']) => [name, value] as const));
    const cwd = machine.unit('WorkingDirectory')[0] ?? '';
    const [program = '', ...check] = (machine.unit('ExecStartPre')[0] ?? '').split(' ');
    const { status, stdout, stderr } = spawnSync(program, check, {
      cwd,
      env,
      encoding: 'utf8',
      ...machine.user,
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'the settings are good\n', stderr: '' });

    const [command = '', ...args] = (machine.unit('ExecStart')[0] ?? '').split(' ');
    const url = `http://127.0.0.1:${port}`;
    const server = await startServer({
      ...{ command, args, port, env, cwd, ...machine.user },
      ready: () => answersOk(`${url}/-/ready`),
    });
    try {
      const metrics = await (await fetch(`${url}/metrics`)).text();
      expect(metrics).toContain('valtronics_exporter_build_info{version="');
      expect((await fetch(`${url}/api/v1/devices`)).status).toBe(401);
      const state = statSync(at('/var/lib/valtronics/alerts.db'));
      expect(state.uid).toBe(machine.user.uid ?? process.getuid?.());
      // `ExecReload` sends the same.
      server.process.kill('SIGHUP');
      await waitFor('the reload', () => server.output().includes('reload'));
    } finally {
      await server.stop('SIGTERM');
    }
    expect(server.process.exitCode).toBe(0);
  });
});

describeWith([{ names: ['unzip'], package: 'unzip' }], 'the plugin’s archive', () => {
  it('has the build below the plugin’s id, with the licences of what is bundled', () => {
    const dist = join(folder.path, 'built');
    mkdirSync(join(dist, 'panels/alerts'), { recursive: true });
    writeFileSync(join(dist, 'plugin.json'), '{"type":"app"}\n');
    writeFileSync(join(dist, 'panels/alerts/module.js'), 'define([], () => "ü");\n');
    const sources = ['webpack://app/../node_modules/zod/v4/core/api.js', 'webpack://app/./kit/page.tsx'];
    writeFileSync(join(dist, 'module.js.map'), JSON.stringify({ sources }));
    const { path } = packPlugin(folder.path, dist);
    expect(path).toMatch(/valtronics-monitoring-app-\d+\.\d+\.\d+\.zip$/);
    const out = join(folder.path, 'unpacked');
    expect(spawnSync('unzip', ['-q', path, '-d', out], { encoding: 'utf8' })).toMatchObject({
      status: 0,
      stderr: '',
    });
    const read = (file: string): string => readFileSync(join(out, 'valtronics-monitoring-app', file), 'utf8');
    expect(read('plugin.json')).toBe('{"type":"app"}\n');
    expect(read('panels/alerts/module.js')).toBe('define([], () => "ü");\n');
    expect(read('THIRD-PARTY-LICENSES.txt')).toMatch(/^zod 4\.[\d.]+ \(MIT\)$/m);
  });
});
