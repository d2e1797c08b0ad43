import { messageOf } from '../base/errors.ts';
import type { Logger } from '../log/logger.ts';
import { CONFIG_RELOAD_SUCCESS } from '../metrics/catalogue/collection.ts';
import type { Metrics } from '../metrics/metrics.ts';

export interface ReloadOptions {
  readonly metrics: Pick<Metrics, 'publish'>;
  readonly logger: Logger;
  /** Reads the settings and takes them over; rejects, and leaves the old ones in force, when they cannot be used. */
  readonly takeOver: () => Promise<void>;
  /** What is still to be done once they are taken over; the end of the process need not wait for it. */
  readonly afterwards?: () => Promise<void>;
}

/** Reloads of the settings, one after another, whoever asks for them. */
export interface Reloads {
  /** Says how it went in the log and as a metric; rejects when it failed. */
  reload(): Promise<void>;
  /** Resolves when nothing is being taken over, however that went. */
  settled(): Promise<void>;
}

/** Says whether the last settings that were read are in force; those of the start are. */
export function publishReload(metrics: Pick<Metrics, 'publish'>, successful: boolean): void {
  metrics.publish(CONFIG_RELOAD_SUCCESS, [{ labels: {}, value: successful ? 1 : 0 }]);
}

export function createReloads({ metrics, logger, takeOver, afterwards }: ReloadOptions): Reloads {
  let changing: Promise<void> = Promise.resolve();
  return {
    reload: async () => {
      const turn = changing.then(takeOver);
      changing = turn.catch(() => undefined);
      try {
        await turn;
        await afterwards?.();
        publishReload(metrics, true);
        logger.info({ audit: true }, 'settings reloaded');
      } catch (error) {
        publishReload(metrics, false);
        logger.error({ error: messageOf(error) }, 'settings not reloaded: the old ones stay');
        throw error;
      }
    },
    settled: () => changing,
  };
}
