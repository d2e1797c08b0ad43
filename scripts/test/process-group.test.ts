import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanEnvironment } from '../../exporter/test/support/exporter.ts';
import {
  acceptsConnections,
  freePort,
  temporaryFolder,
  waitFor,
} from '../../exporter/test/support/server.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** A checkout where everything is installed, whatever the state of this one: the scripts would install else. */
function installedCheckout(): string {
  const { path, remove } = temporaryFolder('checkout');
  undo.push(remove);
  const binaries = join(path, 'node_modules', '.bin');
  mkdirSync(binaries, { recursive: true });
  mkdirSync(join(path, 'scripts'));
  symlinkSync(join(ROOT, 'scripts', 'start'), join(path, 'scripts', 'start'));
  for (const file of ['package.json', 'package-lock.json', 'scripts/bootstrap.mjs'])
    copyFileSync(join(ROOT, file), join(path, file));
  for (const folder of ['exporter', 'simulator']) symlinkSync(join(ROOT, folder), join(path, folder));
  symlinkSync(process.execPath, join(binaries, 'node'));
  const lock = createHash('sha256').update(readFileSync(join(path, 'package-lock.json')));
  writeFileSync(join(path, 'node_modules', '.installed-lock'), lock.digest('hex'));
  return path;
}

/** An npm script in a process group of its own, as a terminal has one for what it runs. */
interface GroupRun {
  readonly output: () => string;
  /** Resolves with the exit status, or with the signal that ended npm. */
  readonly ended: Promise<unknown>;
  /** Sends the whole group a signal, as Ctrl-C does. Throws when nobody is left. */
  readonly signal: (signal: NodeJS.Signals | 0) => void;
  /** Waits until the output holds the text. */
  readonly until: (text: string) => Promise<void>;
}

function runInGroup(script: string, settings: Readonly<Record<string, string>>): GroupRun {
  const child = spawn('npm', ['run', script], {
    cwd: installedCheckout(),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: cleanEnvironment(settings),
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('npm is not installed');
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  let isOver = false;
  const ended = new Promise((resolve) => {
    child.once('close', (code, signal) => {
      isOver = true;
      resolve(code ?? signal);
    });
  });
  const signal = (name: NodeJS.Signals | 0): void => void process.kill(-pid, name);
  undo.push(async () => {
    if (!isOver) signal('SIGKILL');
    await ended;
  });
  const until = (text: string): Promise<void> =>
    waitFor(text, () => {
      if (isOver) throw new Error(output);
      return output.includes(text);
    });
  return { output: () => output, ended, signal, until };
}

/** Variables for ports of the whole stack that are free. */
async function freePorts(): Promise<Record<string, string>> {
  const names = [
    ...['EXPORTER', 'GATEWAY', 'GATEWAY_ADMIN', 'PROMETHEUS', 'NODE_EXPORTER', 'ALERTMANAGER', 'GRAFANA'],
    ...['SIMULATOR_API', 'SIMULATOR_MQTT', 'SIMULATOR_POSTGRES', 'JAEGER', 'OTLP'],
  ];
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [`${name}_PORT`, String(await freePort())] as const)),
  );
}

describe('Ctrl-C, which reaches npm, its shell, the bootstrap and the program', () => {
  it.each([
    ['exporter', '"msg":"listening"', '"msg":"stopped"'],
    ['gateway', '"msg":"listening"', '"msg":"stopped"'],
    ['simulator', 'access log', 'stopping (SIGINT)'],
  ])('ends npm run %s with status 0 after a clean stop', async (name, up, stopped) => {
    const ports = await freePorts();
    const listen = {
      VALTRONICS_LISTEN: `127.0.0.1:${ports['EXPORTER_PORT']}`,
      VALTRONICS_GATEWAY_LISTEN: `127.0.0.1:${ports['GATEWAY_PORT']}`,
      VALTRONICS_GATEWAY_ADMIN_LISTEN: `127.0.0.1:${ports['GATEWAY_ADMIN_PORT']}`,
      VALTRONICS_GATEWAY_UPSTREAM: 'http://127.0.0.1:1',
    };
    const run = runInGroup(name, { ...ports, ...listen, SIMULATOR_POSTGRES: 'off' });
    await run.until(up);
    run.signal('SIGINT');
    expect(await run.ended).toBe(0);
    expect(run.output()).toContain(stopped);
  });

  it.each([
    ['when all runs', 'Stop: Ctrl-C', { exporter: '"msg":"stopped"', simulator: 'stopping (SIGINT)' }],
    ['while it starts', 'The exporter answers at', { exporter: '"msg":"stopped"' }],
    ['before the exporter runs', 'Starting a simulated Valtronics', {}],
  ])('ends npm start, and all that it started, with status 0: %s', async (_when, up, stopped) => {
    const ports = await freePorts();
    const folder = join(ROOT, '.run', `port-${ports['EXPORTER_PORT']}`);
    undo.push(() => rm(folder, { recursive: true, force: true }));
    const run = runInGroup('start', ports);
    await run.until(up);
    run.signal('SIGINT');
    expect(await run.ended).toBe(0);
    expect(run.output()).not.toContain('ended by itself');
    await waitFor('nobody is left', () => {
      try {
        run.signal(0);
        return false;
      } catch {
        return true;
      }
    });
    expect(() => run.signal(0)).toThrow('ESRCH');
    for (const port of Object.values(ports))
      expect([port, await acceptsConnections(Number(port))]).toEqual([port, false]);
    for (const [name, line] of Object.entries(stopped))
      expect(readFileSync(join(folder, 'logs', `${name}.log`), 'utf8')).toContain(line);
  });
});
