import { errorCode } from './error-code.ts';
import { tryPort } from './free-port.ts';

/** A port that was asked for and cannot be had. */
export class PortTakenError extends Error {}

/**
 * Makes sure that a port is free before anything is started; 0 is any free one.
 * @throws PortTakenError naming the setting
 */
export async function requirePort(setting: string, port: number): Promise<void> {
  try {
    await tryPort(port);
  } catch (error) {
    const taken = errorCode(error) === 'EADDRINUSE';
    const reason = taken ? 'is taken' : `cannot be used (${String(error)})`;
    throw new PortTakenError(`port ${port} on 127.0.0.1 ${reason}; set ${setting} to another one`);
  }
}
