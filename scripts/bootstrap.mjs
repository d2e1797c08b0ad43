/**
 * Entry of every npm script. Runs on the Node that the machine has (20.19 or newer), needs no package:
 * installs from the lock file when something is missing, then hands over to the Node that the lock file
 * brings, which runs TypeScript as it is.
 *
 * usage: node scripts/bootstrap.mjs FILE [ARGUMENT …]
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const binaries = join(root, 'node_modules', '.bin');
const stamp = join(root, 'node_modules', '.installed-lock');
const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== binaries);

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function isInstalled() {
  return (
    existsSync(join(binaries, 'node')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash()
  );
}

function install() {
  console.error('Installing packages from package-lock.json (npm ci), once …');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, PATH: folders.join(delimiter) },
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    console.error('npm ci failed: see above. It needs the npm registry, once.');
    process.exit(npm.status ?? 1);
  }
  writeFileSync(stamp, lockHash());
}

/** What the exporter and its gateway are started with: docs/reliability.md. */
function environmentOf(file) {
  if (!file.startsWith('exporter/')) return {};
  return JSON.parse(readFileSync(join(root, 'exporter', 'process-environment.json'), 'utf8'));
}

if (!isInstalled()) install();

const [file, ...args] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: node scripts/bootstrap.mjs FILE [ARGUMENT …]');
  process.exit(2);
}
const child = spawn(
  join(binaries, 'node'),
  ['--disable-warning=ExperimentalWarning', join(root, file), ...args],
  {
    stdio: 'inherit',
    env: { ...environmentOf(file), ...process.env, PATH: [binaries, ...folders].join(delimiter) },
  },
);
// The child decides when it is done; a signal sent to this process alone is passed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
