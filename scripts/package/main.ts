import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { builds } from '../builds.ts';
import { runCheck } from '../checks.ts';
import { ROOT } from '../root.ts';
import { packExporter } from './exporter.ts';
import { packPlugin } from './plugin.ts';

/** What is delivered and which workspace it is made of. */
const WORKSPACES = {
  'valtronics-exporter': '@valtronics/exporter',
  'valtronics-monitoring-app': 'valtronics-monitoring-app',
};

const sbomSchema = z.looseObject({
  metadata: z.looseObject({ component: z.looseObject({ name: z.string() }) }),
});

/** What the package is made of (CycloneDX), from the lock file. */
function writeSbom(archive: string, target: string): string {
  const [name = '', workspace = ''] =
    Object.entries(WORKSPACES).find(([of]) => basename(archive).startsWith(of)) ?? [];
  const { status, stdout, stderr } = spawnSync(
    'npm',
    [
      ...['sbom', '--sbom-format=cyclonedx', '--package-lock-only', '--omit=dev', `--workspace=${workspace}`],
      // A package of Grafana's asks for an older React than Grafana has; npm would refuse to list anything.
      '--legacy-peer-deps',
    ],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 2 ** 20 },
  );
  if (status !== 0) throw new Error(`npm sbom fails: ${stderr}`);
  const sbom = sbomSchema.parse(JSON.parse(stdout));
  // npm names it after the folder of the checkout.
  sbom.metadata.component.name = name;
  const path = join(target, `${name}.cdx.json`);
  writeFileSync(path, `${JSON.stringify(sbom, null, 2)}\n`);
  return path;
}

/** `npm run package`: builds, and packs into `dist/` what is delivered, with its bill of materials and checksums. */
async function main(): Promise<void> {
  const target = join(ROOT, 'dist');
  for (const build of builds) {
    if (!(await runCheck(build, 'inherit'))) throw new Error(`the build of ${build.name} failed, see above`);
  }
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target);
  const plugin = packPlugin(target);
  const archives = [packExporter(target), plugin.path];
  const files = [...archives, ...archives.map((archive) => writeSbom(archive, target))];
  const sums = files.map(
    (file) => `${createHash('sha256').update(readFileSync(file)).digest('hex')}  ${basename(file)}`,
  );
  writeFileSync(join(target, 'SHA256SUMS'), `${sums.join('\n')}\n`);
  for (const file of files)
    console.log(`dist/${basename(file)}  ${(statSync(file).size / 1e6).toFixed(1)} MB`);
  console.log(`The plugin is ${plugin.signed}.`);
}

await main();
