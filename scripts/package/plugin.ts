import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../root.ts';
import { bundledPackages, licencesText } from './licences.ts';
import { packageIn } from './production-packages.ts';
import { writeZip } from './zip.ts';

const ID = 'valtronics-monitoring-app';
const SIGNER = '@grafana/sign-plugin@3.3.3';

/** Signs the built plugin in place, where Grafana's token for it is given; says what is missing otherwise. */
function sign(dist: string): string {
  const { GRAFANA_ACCESS_POLICY_TOKEN: token, GRAFANA_ROOT_URLS: urls } = process.env;
  if (token === undefined || token === '') return 'not signed: GRAFANA_ACCESS_POLICY_TOKEN is not set';
  const rootUrls = urls === undefined || urls === '' ? [] : ['--rootUrls', urls];
  const { status } = spawnSync('npx', ['--yes', SIGNER, '--distDir', dist, ...rootUrls], {
    cwd: join(ROOT, 'plugin'),
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('the plugin could not be signed, see above');
  return 'signed';
}

/**
 * Packs the plugin's build as Grafana installs it, `valtronics-monitoring-app-<version>.zip` in the folder, and returns
 * its path and whether it is signed.
 */
export function packPlugin(
  target: string,
  dist = join(ROOT, 'plugin/dist'),
): { path: string; signed: string } {
  const { version } = packageIn(join(ROOT, 'plugin'));
  const maps = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js.map'))
    .map((name) => readFileSync(join(dist, name), 'utf8'));
  // Before it is signed: the signature covers every file.
  writeFileSync(join(dist, 'THIRD-PARTY-LICENSES.txt'), licencesText(bundledPackages(maps, ROOT)));
  const signed = sign(dist);
  const path = join(target, `${ID}-${version}.zip`);
  writeZip(dist, ID, path);
  return { path, signed };
}
