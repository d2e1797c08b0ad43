import { afterEach, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnvironment } from '../../exporter/test/support/exporter.ts';
import { freePort, temporaryFolder, waitFor } from '../../exporter/test/support/server.ts';

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
  for (const file of ['package.json', 'package-lock.json', 'scripts/bootstrap.mjs'])
    copyFileSync(join(ROOT, file), join(path, file));
  for (const folder of ['exporter', 'simulator']) symlinkSync(join(ROOT, folder), join(path, folder));
  symlinkSync(process.execPath, join(binaries, 'node'));
  const lock = createHash('sha256').update(readFileSync(join(path, 'package-lock.json')));
  writeFileSync(join(path, 'node_modules', '.installed-lock'), lock.digest('hex'));
  return path;
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
    process.kill(-child.pid, signal);
}

describe('Ctrl-C, which reaches npm, its shell, the bootstrap and the program', () => {
  it.each([
    ['exporter', '"msg":"listening"', '"msg":"stopped"'],
    ['simulator', 'access log', 'stopping (SIGINT)'],
  ])('ends npm run %s with status 0 after a clean stop', async (name, up, stopped) => {
    const cwd = installedCheckout();
    const [port, api, mqtt] = [await freePort(), await freePort(), await freePort()];
    const child = spawn('npm', ['run', name], {
      cwd,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: cleanEnvironment({
        VALTRONICS_LISTEN: `127.0.0.1:${port}`,
        SIMULATOR_API_PORT: String(api),
        SIMULATOR_MQTT_PORT: String(mqtt),
        SIMULATOR_POSTGRES: 'off',
      }),
    });
    undo.push(() => {
      killGroup(child, 'SIGKILL');
      return Promise.resolve();
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ended = new Promise((resolve) => {
      child.once('close', (code, signal) => resolve(code ?? signal));
    });
    await waitFor(`${name} is up`, () => {
      if (child.exitCode !== null) throw new Error(output);
      return output.includes(up);
    });
    killGroup(child, 'SIGINT');
    expect(await ended).toBe(0);
    expect(output).toContain(stopped);
  });
});
