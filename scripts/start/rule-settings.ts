import { join } from 'node:path';
import type { Installed } from './installed.ts';
import { ROOT } from './run-folder.ts';
import type { Run } from './run.ts';

/** What says already which rules the exporter evaluates; a settings file may. */
const OWN = ['VALTRONICS_RULES_FILES', 'VALTRONICS_RULES_OWN', 'VALTRONICS_CONFIG_FILE'] as const;

/**
 * Has the exporter evaluate the repository's rules itself where no Prometheus does, as the same target that
 * Prometheus would scrape. What the user set stays.
 */
export function ruleSettings(
  { environment, ports }: Pick<Run, 'environment' | 'ports'>,
  installed: Pick<Installed, 'prometheus'>,
): { readonly VALTRONICS_RULES_FILES?: string; readonly VALTRONICS_RULES_INSTANCE?: string } {
  if (installed.prometheus !== undefined || OWN.some((name) => Boolean(environment[name]))) return {};
  return {
    VALTRONICS_RULES_FILES: join(ROOT, 'provisioning', 'prometheus', 'rules', '*.yml'),
    VALTRONICS_RULES_INSTANCE: environment['VALTRONICS_RULES_INSTANCE'] || `127.0.0.1:${ports.exporter}`,
  };
}
