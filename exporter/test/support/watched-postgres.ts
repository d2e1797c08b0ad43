import {
  createPostgresCollector,
  type PostgresCollectorOptions,
} from '../../src/collectors/postgres/collector.ts';
import type { Collector } from '../../src/collectors/collector.ts';
import { createCertificateExpiry } from '../../src/collectors/tls-expiry.ts';
import { recordingAlertRows, recordingFleet, recordingLogger, recordingMetrics } from './recording.ts';
import { attemptContext } from './attempt.ts';
import { memoryState } from './memory-state.ts';

/** A PostgreSQL collector with recording doubles around it. */
export interface WatchedPostgres {
  readonly collector: Collector;
  readonly fleet: ReturnType<typeof recordingFleet>;
  readonly alerts: ReturnType<typeof recordingAlertRows>;
  readonly metrics: ReturnType<typeof recordingMetrics>;
  readonly log: ReturnType<typeof recordingLogger>;
  /** One attempt with its commit; `timeout` in milliseconds. */
  collect(timeout?: number, signal?: AbortSignal): Promise<void>;
}

export function watchPostgres(url: string, options: Partial<PostgresCollectorOptions> = {}): WatchedPostgres {
  const fleet = recordingFleet();
  const alerts = recordingAlertRows();
  const metrics = recordingMetrics();
  const log = recordingLogger();
  const collector = createPostgresCollector({
    url,
    fleet,
    alertRows: alerts,
    metrics,
    state: memoryState(),
    logger: log,
    normaliseUnit: (unit) => (unit === 'celsius' ? '°C' : unit),
    certificateExpiry: createCertificateExpiry(metrics),
    ...options,
  });
  void collector.start?.();
  const collect = async (timeout = 30_000, signal = new AbortController().signal): Promise<void> =>
    (await collector.collect(attemptContext(timeout, signal)))();
  return { collector, fleet, alerts, metrics, log, collect };
}
