import type { Installed } from './installed.ts';
import { GRAFANA, type Program, PROMETHEUS } from './programs.ts';

/** Who evaluates the alerts and tells people: Prometheus with Alertmanager, or Grafana. Never both. */
export type AlertEngine = 'prometheus' | 'grafana';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The engine that `VALTRONICS_ALERT_ENGINE` names, `prometheus` by default.
 * @throws Error when it names none
 */
export function alertEngineFrom(environment: Environment): AlertEngine {
  const name = environment['VALTRONICS_ALERT_ENGINE'] || 'prometheus';
  if (name === 'prometheus' || name === 'grafana') return name;
  throw new Error(`VALTRONICS_ALERT_ENGINE: "${name}" is not allowed: prometheus or grafana`);
}

/**
 * The programs that take part. With Grafana as the engine Alertmanager takes none.
 * @throws Error when Grafana is to evaluate the alerts and it, or the Prometheus that it asks, is not installed
 */
export function partsFor(engine: AlertEngine, installed: Installed): Installed {
  if (engine === 'prometheus') return installed;
  const require = (program: Program, binary: string | undefined): void => {
    if (binary !== undefined) return;
    throw new Error(
      `VALTRONICS_ALERT_ENGINE=grafana needs ${program.name}, which is not installed: ${program.hint}`,
    );
  };
  require(GRAFANA, installed.grafana);
  require(PROMETHEUS, installed.prometheus);
  return { ...installed, alertmanager: undefined };
}
