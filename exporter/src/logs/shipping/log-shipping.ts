import type { Clock } from '../../base/clock.ts';
import type { Settings } from '../../config/schema.ts';
import type { Logger } from '../../log/logger.ts';
import {
  LOG_DEAD_LETTERS,
  LOG_QUEUE_BYTES,
  LOG_QUEUE_OLDEST,
  LOG_SHIP_FAILURES,
  LOG_SHIPPED,
} from '../../metrics/catalogue/logs.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import { StoreError } from '../../state/sqlite/errors.ts';
import { NO_TRACER, type Tracer } from '../../trace/tracer.ts';
import type { LineFilter } from '../aggregate/line-filter.ts';
import type { LogEntry } from '../entry.ts';
import type { Journal } from '../journal/journal.ts';
import { findInStore, oldestInStore, searchStore, type StorePage } from './search.ts';
import { createUpkeep, type StoreUpkeep } from './setup/upkeep.ts';
import { createShipper } from './shipper.ts';
import { createStoreClient } from './store-client.ts';

export interface LogShippingOptions {
  readonly settings: Pick<Settings, 'logs' | 'elasticsearch'>;
  readonly journal: Journal;
  /** All ids that mean the pattern of an id. */
  readonly patternIds: (pattern: string) => readonly string[];
  readonly metrics: Pick<Metrics, 'counter' | 'publish' | 'withdraw'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly tracer?: Tracer;
}

/** Lines of the log store, which reaches back further than the buffer; rejects with a sentence for operators. */
export interface LogStore {
  /** Newest lines first. A cursor is the `nextCursor` of the page before. */
  search(filter: LineFilter, limit: number, cursor?: string): Promise<StorePage>;
  /** The line of that id; undefined when the store has none. */
  find(id: string): Promise<LogEntry | undefined>;
  /** How far back it reaches, milliseconds since the epoch; null when it is empty. */
  oldest(): Promise<number | null>;
}

/** The way of entries into the log store, and back out of it. */
export interface LogShipping {
  /** Undefined for VictoriaLogs, which takes entries by Elasticsearch's API and has a search of its own. */
  readonly store: LogStore | undefined;
  start(): void;
  /** Publishes what waits. */
  update(): void;
  stop(): Promise<void>;
}

const QUEUE_FAMILIES = [LOG_QUEUE_BYTES, LOG_QUEUE_OLDEST, LOG_DEAD_LETTERS] as const;
/** Longest that somebody waits for a search, milliseconds. */
const SEARCH_DEADLINE = 10_000;
/** The oldest entry of the store is looked up so often, milliseconds: it changes once a day. */
const OLDEST_KEPT = 60_000;

/** Undefined without a log store. Throws for an address that is none. */
export function createLogShipping(options: LogShippingOptions): LogShipping | undefined {
  const { settings, journal, patternIds, metrics, clock, tracer = NO_TRACER } = options;
  const { url, api_key: apiKey, ca_file: caFile, setup } = settings.elasticsearch;
  if (url === undefined) return undefined;
  const logger = options.logger.child({ part: 'log shipping' });
  const client = createStoreClient({ url, apiKey, caFile, tracer });
  const upkeep: StoreUpkeep | undefined = setup
    ? createUpkeep({ client, retentionDays: settings.logs.retention_days, clock, logger })
    : undefined;
  const shipper = createShipper({
    ...{ journal, client, clock, logger, tracer },
    ...(upkeep === undefined ? {} : { prepare: upkeep.prepare }),
    onShipped: (entries) => metrics.counter(LOG_SHIPPED, {}).inc(entries),
    onFailure: (reason) => metrics.counter(LOG_SHIP_FAILURES, { reason }).inc(),
  });
  let oldest: { readonly value: number | null; readonly at: number } | undefined;

  function publishQueue(): void {
    const { waitingBytes, oldest: since, deadLetters } = journal.stats();
    metrics.publish(LOG_QUEUE_BYTES, [{ labels: {}, value: waitingBytes }]);
    metrics.publish(LOG_QUEUE_OLDEST, since === undefined ? [] : [{ labels: {}, value: since / 1000 }]);
    metrics.publish(LOG_DEAD_LETTERS, [{ labels: {}, value: deadLetters }]);
  }

  function withdraw(): void {
    for (const family of QUEUE_FAMILIES) metrics.withdraw(family);
  }

  const store: LogStore = {
    search: (filter, limit, cursor) => {
      const ids = filter.pattern === undefined ? [] : patternIds(filter.pattern);
      const search = { filter, patternIds: ids, limit, cursor };
      return searchStore(client, search, AbortSignal.timeout(SEARCH_DEADLINE));
    },
    find: (id) => findInStore(client, id, AbortSignal.timeout(SEARCH_DEADLINE)),
    oldest: async () => {
      const now = clock.monotonic();
      if (oldest === undefined || now - oldest.at > OLDEST_KEPT) {
        const value = await oldestInStore(client, AbortSignal.timeout(SEARCH_DEADLINE));
        oldest = { value: value ?? null, at: now };
      }
      return oldest.value;
    },
  };

  return {
    store: client.isVictoriaLogs ? undefined : store,
    start: shipper.start,
    update: () => {
      try {
        publishQueue();
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        withdraw();
      }
    },
    stop: async () => {
      await shipper.stop();
      await upkeep?.stop();
      client.close();
      withdraw();
    },
  };
}
