import type { Installed } from './installed.ts';
import type { Run } from './run.ts';

/**
 * Settings of the exporter's alert manager that follow from what runs beside it. What the user set stays: an
 * Alertmanager of their own, or a settings file, which may name one or the receivers themselves.
 */
export function alertingSettings(
  { environment, ports }: Pick<Run, 'environment' | 'ports'>,
  installed: Pick<Installed, 'alertmanager'>,
): NodeJS.ProcessEnv {
  const own = ['VALTRONICS_ALERTMANAGER_URL', 'VALTRONICS_ALERTMANAGER_URL_FILE', 'VALTRONICS_CONFIG_FILE'];
  if (installed.alertmanager === undefined || own.some((name) => Boolean(environment[name]))) return {};
  return { VALTRONICS_ALERTMANAGER_URL: `http://127.0.0.1:${ports.alertmanager}` };
}
