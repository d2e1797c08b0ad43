import type { Settings } from '../config/schema.ts';
import type { Logger } from '../log/logger.ts';
import { type AlertSource, system } from './alert.ts';
import type { Policy } from './policies.ts';
import type { AlertStore } from './store/store.ts';

/** Alerts that are ended in one transaction. */
const PIECE = 100;

/** Sources that the settings do not have: who raised an alert ends it, and these are not there to do so. */
export function removedSources({
  api,
  database,
  mqtt,
  rules,
}: Pick<Settings, 'api' | 'database' | 'mqtt' | 'rules'>): AlertSource[] {
  return [
    ...(api.url === undefined && database.url === undefined ? (['platform'] as const) : []),
    ...(mqtt.url === undefined ? (['device'] as const) : []),
    ...(rules.files.length + rules.own.length === 0 ? (['rules'] as const) : []),
  ];
}

/** A policy: ends what these sources raised before they were taken out of the settings. */
export function createEndOfRemoved(
  store: Pick<AlertStore, 'open' | 'report'>,
  sources: readonly AlertSource[],
  logger: Logger,
): Policy {
  return async (now) => {
    for (const source of sources) {
      const gone = [...(await store.open(source)).keys()]
        .slice(0, PIECE)
        .map((fingerprint) => ({ fingerprint }));
      if (gone.length === 0) continue;
      const comment = 'its source is no longer configured';
      await store.report({ source, firing: [], gone, comment, by: system(source), now });
      logger.info(
        { source, alerts: gone.length },
        'alerts of a source that is no longer configured are over',
      );
      return 'more';
    }
    return 'idle';
  };
}
