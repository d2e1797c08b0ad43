import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AlertmanagerPlace } from './alertmanager-config.ts';

/** File with the address of a dead man's switch (provisioning/alertmanager/README.md). */
const WATCHDOG = 'watchdog-url';

/**
 * What the folder of Alertmanager's secrets holds: one file each, named as README.md says.
 * @throws Error when the folder or the watchdog's address cannot be read, or that is no address
 */
export function alertmanagerSecrets(folder: string): Pick<AlertmanagerPlace, 'given' | 'watchdogUrl'> {
  // No folder, no secrets: the usual case of somebody who tries it out.
  const given = new Set(existsSync(folder) ? readdirSync(folder) : []);
  if (!given.has(WATCHDOG)) return { given, watchdogUrl: undefined };
  const watchdogUrl = readFileSync(join(folder, WATCHDOG), 'utf8').trim();
  if (!URL.canParse(watchdogUrl)) throw new Error(`${join(folder, WATCHDOG)} holds no URL`);
  return { given, watchdogUrl };
}
