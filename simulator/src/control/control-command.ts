import { parseArgs } from 'node:util';
import { z } from 'zod';
import { FAULT_MEANING } from './faults.ts';
import { BREAKABLE } from '../model/condition.ts';

export const USAGE = `usage: npm run simulator                                starts the simulator
       npm run simulator -- status                      what is broken
       npm run simulator -- break --devices 5 --how ${BREAKABLE.join('|')}
       npm run simulator -- break --devices MOCK-1003,GATEWAY_001 --how silent
       npm run simulator -- break --what <part>         breaks a part of the platform
       npm run simulator -- mend [--devices … | --what <part>]   mends all, or only that
A simulator on another port than 8000 is found by SIMULATOR_API_PORT.
parts:
${Object.entries(FAULT_MEANING)
  .map(([name, meaning]) => `  ${name.padEnd(24)}${meaning}`)
  .join('\n')}`;

/** A command line that makes no sense. */
export class UsageError extends Error {}

/** One call of the control endpoint. */
export interface ControlCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

function deviceList(text: string): number | string[] {
  return /^\d+$/.test(text) ? Number(text) : text.split(',').filter((id) => id !== '');
}

/**
 * Reads `break …`, `mend …` or `status`.
 * @throws UsageError saying what is wrong
 */
export function parseControl(args: readonly string[]): ControlCall {
  const [command, ...rest] = args;
  if (command === 'status' && rest.length === 0) return { method: 'GET', path: '/simulator/status' };
  if (command !== 'break' && command !== 'mend') throw new UsageError(`unknown command ${args.join(' ')}`);
  const text = { type: 'string' } as const;
  let values: { devices?: string | undefined; how?: string | undefined; what?: string | undefined };
  try {
    ({ values } = parseArgs({ args: rest, options: { devices: text, how: text, what: text }, strict: true }));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const { devices, how, what } = values;
  if (what !== undefined) return { method: 'POST', path: `/simulator/${command}`, body: { what } };
  const which = devices === undefined ? undefined : deviceList(devices);
  if (command === 'mend') {
    const list = typeof which === 'number' ? [String(which)] : which;
    return { method: 'POST', path: '/simulator/mend', body: list === undefined ? {} : { devices: list } };
  }
  if (which === undefined) {
    throw new UsageError(
      'break needs to know what: --devices 5, --devices MOCK-1003 or --what database-down',
    );
  }
  const body = how === undefined ? { devices: which } : { devices: which, how };
  return { method: 'POST', path: '/simulator/break', body };
}

const outcome = z.object({ devices: z.array(z.string()), parts: z.array(z.string()) });

/** What `break` or `mend` did, in words for the terminal; undefined for an answer to something else. */
export function outcomeWords(call: ControlCall, answer: string): string | undefined {
  if (call.method === 'GET') return undefined;
  const { devices, parts } = outcome.parse(JSON.parse(answer));
  const count = `${devices.length} ${devices.length === 1 ? 'device' : 'devices'}`;
  const what = [...(devices.length > 0 ? [count] : []), ...parts].join(' and ');
  if (call.path === '/simulator/mend') return what === '' ? 'nothing was broken by hand' : `mended ${what}`;
  return `broke ${what}; it stays so until: npm run simulator -- mend`;
}

/**
 * Sends the call to the running simulator and returns its answer as text.
 * @throws Error when no simulator answers on the port, or it refuses
 */
export async function sendControl(call: ControlCall, port: number): Promise<string> {
  let response: Response;
  try {
    response = await fetch(`http://127.0.0.1:${port}${call.path}`, {
      method: call.method,
      ...(call.body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(call.body) }),
    });
  } catch {
    throw new Error(
      `no simulator answers on port ${port}; start it with: npm run simulator, or name the port of one that runs by SIMULATOR_API_PORT`,
    );
  }
  const text = await response.text();
  if (!response.ok) throw new Error(`the simulator refused (${response.status}): ${text}`);
  return JSON.stringify(JSON.parse(text), null, 2);
}
