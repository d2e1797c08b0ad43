import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join, relative } from 'node:path';
import { ROOT } from '../root.ts';
import { licencesText } from './licences.ts';
import { packageIn, productionPackages } from './production-packages.ts';

/** What a running exporter never reads: sources, declarations, maps, tests and words of its dependencies. */
const UNUSED =
  /(?:\.d\.[cm]?ts|\.ts|\.tsx|\.map|\.md|\.markdown|\.flow|\.tsbuildinfo)$|\/(?:test|tests|__tests__|\.github)$/;

/** What belongs to the exporter beside its code: rules, its unit for systemd, a template of its settings. */
const FILES: readonly (readonly [string, string])[] = [
  ['LICENSE', 'LICENSE'],
  ['CHANGELOG.md', 'CHANGELOG.md'],
  ['docs/installation.md', 'docs/installation.md'],
  ['docs/configuration.md', 'docs/configuration.md'],
  ['docs/upgrading.md', 'docs/upgrading.md'],
  ['provisioning/systemd/valtronics-exporter.service', 'systemd/valtronics-exporter.service'],
  ['provisioning/systemd/exporter.env', 'systemd/exporter.env'],
  ['provisioning/prometheus/rules', 'rules'],
];

function tar(args: readonly string[]): void {
  const { status, stderr, error } = spawnSync('tar', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`tar fails: ${error?.message ?? stderr}`);
}

/**
 * Packs the built exporter with everything that it needs but Node itself, as `valtronics-exporter-<version>.tgz` in the
 * folder, and returns its path. It is built before (`tsc -b exporter/tsconfig.build.json`).
 */
export function packExporter(target: string): string {
  const exporter = join(ROOT, 'exporter');
  const { version } = packageIn(exporter);
  const name = `valtronics-exporter-${version}`;
  const stage = join(target, name);
  const packages = productionPackages(exporter);
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });

  for (const part of ['exporter', 'promql']) {
    cpSync(join(ROOT, part, 'dist'), join(stage, part, 'dist'), {
      recursive: true,
      filter: (path) => !UNUSED.test(path),
    });
    cpSync(join(ROOT, part, 'package.json'), join(stage, part, 'package.json'));
  }
  const others = packages.filter(({ name: of }) => !of.startsWith('@valtronics/'));
  for (const { folder } of others)
    cpSync(folder, join(stage, relative(ROOT, folder)), {
      recursive: true,
      dereference: true,
      // Its own dependencies are copied where it found them.
      filter: (path) => !UNUSED.test(path) && !path.slice(folder.length).includes('/node_modules'),
    });
  // In development the package hands out its TypeScript.
  const promql = join(stage, 'node_modules/@valtronics/promql');
  mkdirSync(join(stage, 'node_modules/@valtronics'), { recursive: true });
  cpSync(join(stage, 'promql'), promql, { recursive: true });
  rmSync(join(stage, 'promql'), { recursive: true });
  const manifest = readFileSync(join(promql, 'package.json'), 'utf8');
  writeFileSync(join(promql, 'package.json'), manifest.replace('./src/index.ts', './dist/index.js'));

  for (const [from, to] of FILES) cpSync(join(ROOT, from), join(stage, to), { recursive: true });
  writeFileSync(join(stage, 'THIRD-PARTY-LICENSES.txt'), licencesText(others));
  const archive = join(target, `${name}.tgz`);
  const sameEveryTime = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '--mtime=2026-01-01'];
  tar(['--create', '--gzip', `--file=${archive}`, `--directory=${target}`, ...sameEveryTime, name]);
  rmSync(stage, { recursive: true });
  return archive;
}
