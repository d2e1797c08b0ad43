import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { createSecureContext } from 'node:tls';
import { errorCode, messageOf } from '../base/errors.ts';
import type { Fault } from './load.ts';

/** Runs a check; its error is the option's fault. */
export async function faultOf(option: string, check: () => unknown): Promise<Fault[]> {
  try {
    await check();
    return [];
  } catch (error) {
    return [{ option, message: messageOf(error) }];
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'the exporter’s user may not read it',
  EISDIR: 'it is a folder',
};

function readPem(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const reason = REASONS[errorCode(error) ?? ''] ?? messageOf(error);
    throw new Error(`"${path}" cannot be read: ${reason}`, { cause: error });
  }
}

/** Throws when the file, where there is one, holds no certificate of an authority in PEM. */
export function checkAuthority(path: string | undefined): void {
  if (path === undefined) return;
  const ca = readPem(path);
  // OpenSSL takes a file without any certificate for an empty list of authorities.
  if (!ca.includes('-----BEGIN ')) throw new Error(`"${path}" holds no certificate in PEM`);
  try {
    createSecureContext({ ca });
  } catch (error) {
    throw new Error(`"${path}" holds no certificate that can be used: ${messageOf(error)}`, { cause: error });
  }
}

/** Throws when the files, where there are both, are no certificate and its key. */
export function checkPair(certPath: string | undefined, keyPath: string | undefined): void {
  if (certPath === undefined || keyPath === undefined) return;
  const [cert, key] = [readPem(certPath), readPem(keyPath)];
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    throw new Error(
      `"${certPath}" and key_file "${keyPath}" do not make a client certificate: ${messageOf(error)}`,
      {
        cause: error,
      },
    );
  }
}

/** Throws when a file cannot be appended to: it, or the nearest folder above it that there is. */
export function checkWritable(path: string): void {
  const existing = existsSync(path) ? path : nearestFolder(dirname(path));
  if (existing === path && !statSync(path).isFile()) throw new Error(`"${path}" is no file`);
  try {
    accessSync(existing, constants.W_OK);
  } catch (error) {
    throw new Error(`"${existing}" cannot be written to`, { cause: error });
  }
}

function nearestFolder(path: string): string {
  return existsSync(path) || path === dirname(path) ? path : nearestFolder(dirname(path));
}
