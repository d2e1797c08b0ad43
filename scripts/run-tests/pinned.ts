import { spawnSync } from 'node:child_process';
import { findExecutable } from '../../exporter/test/support/server.ts';
import { type PinnedImage, PINNED } from '../versions.ts';

const numberIn = (text: string): string | undefined => /\d+(?:\.\d+)+/.exec(text)?.[0];

/** The version that the installed program says it is, or undefined where there is none. */
export function installedVersion({
  names,
  args = ['--version'],
}: NonNullable<PinnedImage['program']>): string | undefined {
  const program = findExecutable(names);
  if (program === undefined) return undefined;
  // Some say it on standard error, and some end with a status of their own after it.
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: 10_000 });
  // What is before the name of the version may be a date.
  return numberIn(`${stdout}${stderr}`.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, ''));
}

/** One line for each pinned image whose version is not what the tests of this machine run. */
export function notTested(
  pinned: readonly PinnedImage[] = PINNED,
  versionOf: typeof installedVersion = installedVersion,
): string[] {
  return pinned.flatMap(({ image, version, program }) => {
    const ran = program === undefined ? undefined : versionOf(program);
    if (ran === numberIn(version)) return [];
    return [`${image} is pinned to ${version}; ${ran === undefined ? 'no test ran it' : `tests ran ${ran}`}`];
  });
}
