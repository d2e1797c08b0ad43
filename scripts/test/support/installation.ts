import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../exporter/test/support/server.ts';
import { ROOT } from '../../root.ts';

/** Places of the documentation that a test has below a folder of its own. */
const PLACES =
  /(?<![\w.])\/(?:opt\/valtronics|etc\/valtronics|etc\/systemd\/system|var\/lib\/valtronics|usr\/bin\/node)/g;
/** Debian's `nobody` and `nogroup`: another user, who owns nothing here. */
const NOBODY = 65_534;

/** A machine without this repository: a fresh folder in place of its root. */
export interface Installation {
  /** The text with its places below the folder. */
  placed(text: string): string;
  /** Runs the commands that the documentation has behind the marker, in the folder with the archive. */
  walk(marker: string, folder: string): void;
  /** Lines of the unit's setting of that name, placed. */
  unit(setting: string): string[];
  /** What the process of the service is started with: a user of its own where the test may choose one. */
  readonly user: { readonly uid?: number; readonly gid?: number };
  readonly remove: () => Promise<void>;
}

/** The first block of commands behind the marker. */
function commandsBehind(marker: string): string {
  const text = readFileSync(join(ROOT, 'docs/installation.md'), 'utf8');
  const block = /```sh\n(.*?)```/s.exec(text.slice(text.indexOf(`<!-- ${marker}:`)))?.[1];
  if (block === undefined || !text.includes(`<!-- ${marker}:`))
    throw new Error(`no commands behind ${marker}`);
  return block;
}

/** Prepares a fresh folder with a Node in it. */
export function freshMachine(): Installation {
  const { path, remove } = temporaryFolder('installation');
  const isRoot = process.getuid?.() === 0;
  chmodSync(path, 0o755);
  for (const folder of ['usr/bin', 'etc/systemd/system', 'var/lib/valtronics', 'opt', 'etc'])
    mkdirSync(join(path, folder), { recursive: true });
  copyFileSync(process.execPath, join(path, 'usr/bin/node'));
  chmodSync(join(path, 'usr/bin/node'), 0o755);
  const placed = (text: string): string => text.replaceAll(PLACES, (place) => `${path}${place}`);
  const run = (script: string, cwd: string): void => {
    const { status, stderr } = spawnSync('sh', ['-eu', '-c', script], { cwd, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${script}\nended with ${status}: ${stderr}`);
  };
  if (isRoot) run(`chown ${NOBODY}:${NOBODY} var/lib/valtronics`, path);
  return {
    placed,
    walk: (marker, folder) => {
      const commands = commandsBehind(marker)
        .split('\n')
        // The one thing that would change this machine: the user is another one here.
        .filter((line) => !line.includes('useradd'))
        .join('\n')
        .replaceAll('sudo ', '')
        .replaceAll('-g valtronics', isRoot ? `-g ${NOBODY}` : '');
      run(placed(commands), folder);
    },
    unit: (setting) =>
      readFileSync(join(path, 'etc/systemd/system/valtronics-exporter.service'), 'utf8')
        .split('\n')
        .filter((line) => line.startsWith(`${setting}=`))
        .map((line) => placed(line.slice(setting.length + 1))),
    user: isRoot ? { uid: NOBODY, gid: NOBODY } : {},
    remove,
  };
}
