import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type InstalledPackage, packageIn } from './production-packages.ts';

const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)/i;

function textsOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && LICENCE_FILE.test(entry.name))
    .map(({ name }) => readFileSync(join(folder, name), 'utf8').trim());
}

/** The licences of packages as one text, one after the other, by name. */
export function licencesText(packages: readonly InstalledPackage[]): string {
  const sections = [...packages]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, version, license, folder }) => {
      const texts = textsOf(folder);
      const words = texts.length > 0 ? texts.join('\n\n') : 'The package brings no text of its licence.';
      return `${name} ${version} (${license ?? 'see below'})\n\n${words}\n`;
    });
  const rule = `\n${'-'.repeat(80)}\n\n`;
  return `Software of others that is part of this package, with its licences.\n${rule}${sections.join(rule)}`;
}

/** The packages whose code is in a webpack build, as its source maps tell. */
export function bundledPackages(maps: readonly string[], root: string): readonly InstalledPackage[] {
  const places = new Set(
    maps.flatMap((map) =>
      [...map.matchAll(/((?:node_modules\/(?:@[\w.-]+\/)?[\w.-]+\/)+)/g)].map(([, path = '']) => path),
    ),
  );
  return [...places].flatMap((place) => {
    try {
      return [packageIn(join(root, place))];
    } catch {
      // A folder inside a package with a manifest that only marks its kind of module, or one of another workspace.
      return [];
    }
  });
}
