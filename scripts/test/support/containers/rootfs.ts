import { execFile } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findExecutable } from '../../../../exporter/test/support/server.ts';
import { ROOT } from '../../../root.ts';
import type { Engine } from './engine.ts';

const run = promisify(execFile);
/** What a shell, `mkdir` and Node need; the real image has more of Debian. */
const PACKAGES = [
  ...['base-files', 'coreutils', 'dash', 'grep', 'sed', 'libc6', 'libc-bin', 'libgcc-s1', 'libstdc++6'],
  ...['libacl1', 'libattr1', 'libgmp10', 'libpcre2-8-0', 'libselinux1', 'libtinfo6', 'libssl3'],
];
/** Where a build finds this machine's npm cache. */
export const NPM_CACHE = '/npm-cache';
/** Where a build finds this machine's certificates: there may be a proxy with one of its own. */
export const CERTIFICATES = '/etc/ssl/certs';
const NPM_SETTINGS = `cache=${NPM_CACHE}
cafile=${CERTIFICATES}/ca-certificates.crt
prefer-offline=true
audit=false
fund=false
update-notifier=false
`;
const LEFT_OUT = /^\/usr\/share\/(?:doc|info|locale|man)\//;

/** Makes a folder what Debian's root is before any package: its links, and users by name. */
export function emptyRoot(folder: string, users: Readonly<Record<string, number>>): void {
  for (const name of ['bin', 'lib', 'lib64', 'sbin']) {
    mkdirSync(join(folder, 'usr', name), { recursive: true });
    symlinkSync(`usr/${name}`, join(folder, name));
  }
  for (const name of ['etc', 'proc', 'dev', 'sys', 'run', 'root', 'var/tmp'])
    mkdirSync(join(folder, name), { recursive: true });
  mkdirSync(join(folder, 'tmp'));
  chmodSync(join(folder, 'tmp'), 0o1777);
  const all = Object.entries({ root: 0, nobody: 65_534, ...users });
  writeFileSync(
    join(folder, 'etc', 'passwd'),
    all.map(([name, id]) => `${name}:x:${id}:${id}::/tmp:/bin/sh\n`).join(''),
  );
  writeFileSync(join(folder, 'etc', 'group'), all.map(([name, id]) => `${name}:x:${id}:\n`).join(''));
}

/** The files that the installed packages brought, by the places where they really are. */
async function filesOf(packages: readonly string[]): Promise<string[]> {
  const { stdout } = await run('dpkg-query', ['--listfiles', ...packages], { maxBuffer: 16 * 1024 * 1024 });
  const listed = stdout
    .split('\n')
    .filter((path) => path.startsWith('/') && !LEFT_OUT.test(path) && existsSync(path));
  return [...new Set(listed.map((path) => join(realpathSync(dirname(path)), basename(path))))];
}

/** Where this machine's npm is. */
function npmFolder(): string {
  const npm = findExecutable(['npm']);
  if (npm === undefined) throw new Error('npm is not installed');
  return dirname(dirname(realpathSync(npm)));
}

/** The root file system as an image. */
export async function importRoot(
  engine: Engine,
  folder: string,
  image: string,
  changes: readonly string[] = [],
): Promise<void> {
  const archive = `${folder}.tar`;
  await run('tar', ['--create', '--numeric-owner', '--file', archive, '--directory', folder, '.']);
  await engine.podman(
    'import',
    '--quiet',
    ...changes.flatMap((change) => ['--change', change]),
    archive,
    image,
  );
}

/** A stand-in for the image that ours are built on: this machine's Debian, its npm, and the Node of the lock file. */
export async function importNodeImage(engine: Engine): Promise<void> {
  const folder = join(engine.folder, 'node');
  emptyRoot(folder, { node: 1000 });
  const list = join(engine.folder, 'files');
  const files = (await filesOf(PACKAGES)).filter((path) => !path.startsWith('/etc/'));
  writeFileSync(list, files.map((path) => path.slice(1)).join('\n'));
  const archive = join(engine.folder, 'files.tar');
  await run('tar', [
    '--create',
    '--no-recursion',
    '--directory',
    '/',
    '--files-from',
    list,
    '--file',
    archive,
  ]);
  await run('tar', ['--extract', '--file', archive, '--directory', folder]);
  const local = join(folder, 'usr', 'local');
  mkdirSync(join(local, 'bin'), { recursive: true });
  cpSync(join(ROOT, 'node_modules', 'node', 'bin', 'node'), join(local, 'bin', 'node'));
  cpSync(npmFolder(), join(local, 'lib', 'node_modules', 'npm'), { recursive: true });
  for (const name of ['npm', 'npx'])
    symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(local, 'bin', name));
  mkdirSync(join(local, 'etc'));
  writeFileSync(join(local, 'etc', 'npmrc'), NPM_SETTINGS);
  await importRoot(engine, folder, 'localhost/node:24-slim', [
    'ENV PATH=/usr/local/bin:/usr/bin:/bin',
    'CMD ["node"]',
  ]);
}
