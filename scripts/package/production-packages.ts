import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string().optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
});

/** An installed package. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** As its manifest says; undefined where it says nothing. */
  readonly license: string | undefined;
  readonly folder: string;
  readonly dependencies: readonly string[];
  readonly optional: readonly string[];
}

/** The package in the folder, as its manifest describes it. */
export function packageIn(folder: string): InstalledPackage {
  const { dependencies, optionalDependencies, license, ...manifest } = manifestSchema.parse(
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
  );
  const optional = Object.keys(optionalDependencies);
  const needed = Object.keys(dependencies).filter((name) => !optional.includes(name));
  return { ...manifest, license, folder, dependencies: needed, optional };
}

/** Where Node finds the package from the folder: there or above. Undefined when it is not installed. */
function resolved(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (folder === dirname(folder)) return undefined;
  }
}

/**
 * Everything that the package in the folder needs to run, itself left out, by place. Throws when something is not
 * installed that it cannot do without.
 */
export function productionPackages(folder: string): readonly InstalledPackage[] {
  const found = new Map<string, InstalledPackage>();
  const visit = ({ dependencies, optional, folder: from, name: by }: InstalledPackage): void => {
    for (const name of [...dependencies, ...optional]) {
      const place = resolved(name, from);
      if (place === undefined) {
        if (optional.includes(name)) continue;
        throw new Error(`${name}, which ${by} needs, is not installed: run npm ci`);
      }
      if (found.has(place)) continue;
      const dependency = packageIn(place);
      found.set(place, dependency);
      visit(dependency);
    }
  };
  visit(packageIn(folder));
  return [...found.values()].sort((a, b) => (a.folder < b.folder ? -1 : 1));
}
