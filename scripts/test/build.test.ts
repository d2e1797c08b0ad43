import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from '../root.ts';

/** Kept out of the build by the `exclude` of each `tsconfig.build.json`. */
const NOT_BUILT = ['.test.ts', '.fixture.ts'];

/** Files of the workspace's `src` that are compiled into its `dist`. */
function builtFiles(source: string): string[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !NOT_BUILT.some((ending) => name.endsWith(ending)))
    .map((name) => join(source, name));
}

/** Modules that the file imports that lead out of the folder. */
function waysOut(file: string, source: string): string[] {
  const imports = readFileSync(file, 'utf8').matchAll(/from '(\.[^']+\.ts)'/g);
  return [...imports]
    .map(([, path = '']) => resolve(dirname(file), path))
    .filter((path) => relative(source, path).startsWith('..'))
    .map((path) => `${relative(ROOT, file)} imports ${relative(ROOT, path)}`);
}

describe.each(['promql', 'exporter', 'simulator'])('what is built of %s', (workspace) => {
  const source = join(ROOT, workspace, 'src');

  it('is whole: nothing of it needs a file outside', () => {
    expect(builtFiles(source).flatMap((file) => waysOut(file, source))).toEqual([]);
  });

  it('has neither tests nor what only they need', () => {
    const config: unknown = JSON.parse(readFileSync(join(ROOT, workspace, 'tsconfig.build.json'), 'utf8'));
    expect(config).toMatchObject({ exclude: NOT_BUILT.map((ending) => `src/**/*${ending}`) });
  });
});
