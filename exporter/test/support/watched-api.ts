import { createApiCollector, type ApiCollectorOptions } from '../../src/collectors/api/collector.ts';
import { createCertificateExpiry } from '../../src/collectors/tls-expiry.ts';
import type { Collector } from '../../src/collectors/collector.ts';
import { recordingAlertRows, recordingFleet, recordingLogger, recordingMetrics } from './recording.ts';
import { attemptContext } from './attempt.ts';
import { memoryState } from './memory-state.ts';

/** An API collector with recording doubles around it. */
export interface WatchedApi {
  readonly collector: Collector;
  readonly fleet: ReturnType<typeof recordingFleet>;
  readonly alerts: ReturnType<typeof recordingAlertRows>;
  readonly metrics: ReturnType<typeof recordingMetrics>;
  readonly log: ReturnType<typeof recordingLogger>;
  readonly state: ReturnType<typeof memoryState>;
  /** One attempt with its commit; `timeout` in milliseconds. */
  collect(timeout?: number, signal?: AbortSignal): Promise<void>;
  /** The message of an attempt that has to fail. */
  failure(timeout?: number): Promise<string>;
}

export function watchApi(url: string, options: Partial<ApiCollectorOptions> = {}): WatchedApi {
  const fleet = recordingFleet();
  const alerts = recordingAlertRows();
  const metrics = recordingMetrics();
  const log = recordingLogger();
  const state = memoryState();
  const collector = createApiCollector({
    url,
    version: '1.2.3',
    fleet,
    alertRows: alerts,
    metrics,
    state,
    logger: log,
    certificateExpiry: createCertificateExpiry(metrics),
    // A pause of the machine is no fault of an endpoint.
    requestTimeout: 180_000,
    ...options,
  });
  void collector.start?.();
  const collect = async (timeout = 180_000, signal = new AbortController().signal): Promise<void> =>
    (await collector.collect(attemptContext(timeout, signal)))();
  const failure = async (timeout?: number): Promise<string> => {
    const error: unknown = await collect(timeout).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof Error)) throw new Error('the attempt did not fail');
    return error.message;
  };
  return { collector, fleet, alerts, metrics, log, state, collect, failure };
}
