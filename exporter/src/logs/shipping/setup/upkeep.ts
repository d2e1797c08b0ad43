import type { Clock } from '../../../base/clock.ts';
import { messageOf } from '../../../base/errors.ts';
import type { Logger } from '../../../log/logger.ts';
import type { StoreClient } from '../store-client.ts';
import { deleteOldIndices } from './old-indices.ts';
import { type SetupReport, setUpStore } from './set-up.ts';

export interface UpkeepOptions {
  readonly client: StoreClient;
  readonly retentionDays: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Puts the log store in order before entries go there, and keeps it so where the store cannot by itself. */
export interface StoreUpkeep {
  /** Once, before the first entry. Rejects with StoreUnreachableError while the store does not answer. */
  prepare(signal: AbortSignal): Promise<void>;
  /** What is in place; undefined before it was put there. */
  report(): SetupReport | undefined;
  /** Ends what `prepare` began; resolves when nothing of it runs any more. */
  stop(): Promise<void>;
}

/** Between two looks for old indices, milliseconds. */
const HOUR = 3_600_000;

export function createUpkeep({ client, retentionDays, clock, logger }: UpkeepOptions): StoreUpkeep {
  const stopping = new AbortController();
  let report: SetupReport | undefined;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  async function clear(): Promise<void> {
    try {
      const deleted = await deleteOldIndices(client, retentionDays, clock.wall(), stopping.signal);
      if (deleted.length > 0) logger.info({ indices: deleted }, 'old indices of log entries were deleted');
    } catch (error) {
      if (stopping.signal.aborted) return;
      logger.warn(
        { error: messageOf(error) },
        'old indices of log entries cannot be deleted; tried again in an hour',
      );
    }
  }

  function begin(): void {
    running = clear();
    timer = setInterval(() => {
      running = clear();
    }, HOUR).unref();
  }

  return {
    prepare: async (signal) => {
      report = await setUpStore(client, retentionDays, signal);
      const { problems, ...rest } = report;
      logger.info(rest, 'the log store is set up');
      for (const problem of problems) logger.warn({ problem }, 'a part of the log store is not set up');
      if (report.retention === 'plain' && !stopping.signal.aborted) begin();
    },
    report: () => report,
    stop: async () => {
      stopping.abort();
      clearInterval(timer);
      await running;
    },
  };
}
