import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from './root.ts';
import { PINNED } from './versions.ts';

const text = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const OURS = 'valtronics/';
const own = z.object({ version: z.string() }).parse(JSON.parse(text('package.json'))).version;

/** Every image that a file names, `name:version`. */
function imagesIn(path: string): string[] {
  return [...text(path).matchAll(/^\s*(?:-\s+)?(?:image: |FROM )['"]?([^\s'"]+)/gm)].map(
    ([, image = '']) => image,
  );
}
const manifests = readdirSync(join(ROOT, 'provisioning'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.ya?ml$/.test(name))
  .map((name) => `provisioning/${name}`);
const files = [
  'docker-compose.yml',
  ...['exporter', 'plugin', 'simulator'].map((name) => `${name}/Dockerfile`),
  ...manifests,
];
const named = files.flatMap((path) => imagesIn(path).map((image) => ({ path, image })));

const wanted = z.record(z.string(), z.string()).default({});
const packageFile = z.object({ dependencies: wanted, devDependencies: wanted });

describe('versions of packages', () => {
  it('are the same wherever a package is asked for: the images bring the workspaces’ own', () => {
    const versions = new Map<string, Set<string>>();
    for (const folder of ['.', 'dashboards', 'exporter', 'plugin', 'promql', 'simulator']) {
      const { dependencies, devDependencies } = packageFile.parse(
        JSON.parse(text(join(folder, 'package.json'))),
      );
      for (const [name, version] of [...Object.entries(dependencies), ...Object.entries(devDependencies)])
        versions.set(name, (versions.get(name) ?? new Set()).add(version));
    }
    expect(versions.get('typescript')?.size).toBe(1);
    expect([...versions].filter(([, all]) => all.size > 1).map(([name]) => name)).toEqual([]);
  });
});

describe('versions of images', () => {
  it('are the pinned ones wherever an image is named', () => {
    const pinned = PINNED.map(({ image, version }) => `${image}:${version}`);
    const others = named.filter(({ image }) => !image.startsWith(OURS) && !pinned.includes(image));
    expect(others).toEqual([]);
    expect(named.length).toBeGreaterThan(20);
  });

  it('are those of this repository for its own', () => {
    const wrong = named.filter(({ image }) => image.startsWith(OURS) && !image.endsWith(`:${own}`));
    expect(wrong).toEqual([]);
  });

  it('pin nothing that is not used', () => {
    const unused = PINNED.filter(
      (pin) => !named.some(({ image }) => image === `${pin.image}:${pin.version}`),
    );
    expect(unused).toEqual([]);
  });
});
