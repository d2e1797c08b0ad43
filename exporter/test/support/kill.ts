import { spawn } from 'node:child_process';
import { waitFor } from './server.ts';

/**
 * Runs the script, kills it hard after it printed so many lines and returns the whole lines that it printed. Throws when
 * that takes too long, or longer than the time-out, milliseconds.
 */
export async function killAfterLines(
  script: string,
  parameters: readonly string[],
  lines: number,
  timeout?: number,
): Promise<string[]> {
  const child = spawn(process.execPath, [script, ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const claimed = (): string[] => printed.split('\n').slice(0, -1);
  try {
    await waitFor(`${lines} lines`, () => claimed().length >= lines || child.exitCode !== null, timeout, 1);
  } finally {
    child.kill('SIGKILL');
    await gone;
  }
  if (child.signalCode !== 'SIGKILL') throw new Error(`${script} ended by itself: ${String(child.exitCode)}`);
  return claimed();
}
