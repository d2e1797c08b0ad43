import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

const readyLine = z.object({
  ready: z.object({
    apiUrl: z.string(),
    mqttUrl: z.string(),
    databaseUrl: z.string().nullable(),
    databaseReason: z.string().nullable(),
    accessLog: z.string(),
    serviceLogs: z.array(z.string()),
    pid: z.number(),
  }),
});

/** The simulator as a process of its own, as the starter runs it. */
export interface SimulatorProcess {
  readonly ready: z.output<typeof readyLine>['ready'];
  readonly child: ChildProcess;
  stderr(): string;
  /** Sends the signal and resolves with the exit code, or the signal's name. */
  end(signal: NodeJS.Signals): Promise<number | string>;
}

/** A folder for one simulator; `remove` deletes it with all that is in it. */
export function simulatorFolder(): { path: string; remove: () => Promise<void> } {
  const path = mkdtempSync(join(tmpdir(), 'valtronics-simulator-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Runs `main.ts` and waits for its end; for command lines and for starts that fail. */
export async function runMain(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, ...environment } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { code, stdout, stderr };
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a simulator on free ports in the folder and waits for its ready line. */
export async function startSimulatorProcess(
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<SimulatorProcess> {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      ...process.env,
      SIMULATOR_API_PORT: '0',
      SIMULATOR_MQTT_PORT: '0',
      SIMULATOR_DATA_DIR: folder,
      ...environment,
    },
  });
  running.add(child);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => {
      running.delete(child);
      resolve(code ?? signal ?? 'gone');
    });
  });
  const line = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
    });
    void ended.then((code) => reject(new Error(`the simulator ended (${code}): ${errors}`)));
  });
  return {
    ready: readyLine.parse(JSON.parse(line)).ready,
    child,
    stderr: () => errors,
    async end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}
