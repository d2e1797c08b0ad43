import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The account that the server runs as; PostgreSQL refuses to run as root. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Accounts that may run the server for root, in order. None is made: nothing on the machine is changed. */
const CANDIDATES = ['postgres', 'nobody'];

/** Reads the account out of the text of `/etc/passwd`, or undefined. */
export function userFromPasswd(passwd: string, name: string): ServerUser | undefined {
  const line = passwd.split('\n').find((text) => text.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { name, uid: Number(uid), gid: Number(gid) };
}

/** The account for the server, or undefined when the current one will do. Throws when root has none to lend. */
export function serverUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const passwd = readFileSync('/etc/passwd', 'utf8');
  for (const name of CANDIDATES) {
    const user = userFromPasswd(passwd, name);
    if (user !== undefined) return user;
  }
  throw new Error('PostgreSQL does not run as root and there is neither a user postgres nor nobody');
}

/** True when the account may walk down to the path: every folder above it is open to it. */
export function canReach(user: ServerUser | undefined, path: string): boolean {
  if (user === undefined) return true;
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    const { mode, uid, gid } = statSync(folder);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}
