import { type Clock, systemClock } from '../../base/clock.ts';
import type { OpenAlertsInput } from '../../platform-alerts/open-alerts.ts';
import type { AlertRowsInput } from '../../platform-alerts/alert-rows.ts';
import type { FleetInput } from '../../fleet/fleet.ts';
import type { Logger } from '../../log/logger.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import type { StateStore } from '../../state/state-store.ts';
import type { CollectContext, Collector, Commit } from '../collector.ts';
import { NO_TRACER, type Tracer } from '../../trace/tracer.ts';
import type { CertificateExpiry } from '../tls-expiry.ts';
import { parseApiUrl } from './address.ts';
import { createAsk } from './ask.ts';
import { ENDPOINTS } from './endpoints.ts';
import { ApiError } from './errors.ts';
import { describeHealth } from './health.ts';
import { createHttpGet } from './http-get.ts';
import { createApiParts } from './parts.ts';
import { createApiPublisher } from './publisher.ts';
import { pingSchema } from './schemas.ts';

export interface ApiCollectorOptions {
  /** `http[s]://host:8000[/prefix]`, with or without the API's own `/api/v1`. */
  readonly url: string;
  /** The exporter's version, for `User-Agent`. */
  readonly version: string;
  readonly fleet: FleetInput;
  readonly alertRows: AlertRowsInput;
  /** Takes the platform's open alerts, when somebody wants them. */
  readonly openAlerts?: OpenAlertsInput | undefined;
  readonly metrics: Metrics;
  readonly state: StateStore;
  readonly logger: Logger;
  readonly certificateExpiry?: CertificateExpiry;
  /** PEM file of the certificate authority; by default those that Node trusts. */
  readonly caFile?: string | undefined;
  /** Longest time of one request, milliseconds; 5,000 by default. */
  readonly requestTimeout?: number;
  /** Milliseconds between two device lists; 15,000 by default. */
  readonly devicesInterval?: number;
  /** Milliseconds between two looks for new alert rows; 15,000 by default. */
  readonly raisedAlertsInterval?: number;
  /** Milliseconds between two pagings through the active alert rows; 60,000 by default. */
  readonly activeAlertsInterval?: number;
  /** Milliseconds between two alert summaries; 60,000 by default. */
  readonly summaryInterval?: number;
  /** Pages of 1,000 alert rows that one paging asks for at most; 5 by default. */
  readonly alertPages?: number;
  /** How long the last values of one failing endpoint stay while others work, milliseconds; 120,000 by default. */
  readonly keepFor?: number;
  /** Longest answer, bytes; 16 MiB by default. */
  readonly maxBodyBytes?: number;
  /** The system's by default. */
  readonly clock?: Clock;
  readonly tracer?: Tracer;
}

/**
 * Polls the platform's REST API, serially: its event loop is blocked by its own database calls, and a slow
 * answer is no reason to ask it two things at once.
 *
 * The attempt fails when the API does not answer the ping or when none of its data can be read; then
 * `valtronics_api_healthy` is published by the failing attempt itself. A single endpoint that fails goes
 * without: the others count, `valtronics_api_endpoint_success` is 0 for it, the log names it, and its last
 * values stay for `keepFor`.
 *
 * @throws Error when the URL cannot be read
 */
export function createApiCollector(options: ApiCollectorOptions): Collector {
  const { metrics, clock = systemClock, requestTimeout = 5000, tracer = NO_TRACER } = options;
  const address = parseApiUrl(options.url);
  const { target } = address;
  const logger = options.logger.child({ collector: 'api' });
  const http = createHttpGet({
    address,
    userAgent: `valtronics-exporter/${options.version}`,
    maxBodyBytes: options.maxBodyBytes ?? 16 * 1024 * 1024,
    caFile: options.caFile,
    ...(options.certificateExpiry === undefined ? {} : { certificateExpiry: options.certificateExpiry }),
  });
  const publisher = createApiPublisher({ ...options, logger, target });
  const parts = createApiParts({ ...options, clock }, publisher.databases);

  /** The sentence for an API that answers and has no data, which its own health document does not notice. */
  function withoutData(error: string): ApiError {
    const health = parts.health.current();
    const said = health === undefined ? '' : `; its health document says: ${describeHealth(health)}`;
    const hint = 'the tables behind the API may be missing, see the log of the platform';
    return new ApiError(`${target} answers, but none of its data can be read: ${error}${said}; ${hint}`);
  }

  async function collect(context: CollectContext): Promise<Commit> {
    const time = clock.wall();
    const ask = createAsk({ http, metrics, address, requestTimeout, tracer }, context);
    try {
      await ask(ENDPOINTS.ping, '', pingSchema);
    } catch (error) {
      publisher.unreachable(parts);
      throw error;
    }
    const results = await parts.read(ask);
    const failure = parts.failure(results);
    if (failure === undefined)
      return () => {
        parts.accept(results);
        publisher.publish(parts, results, time);
      };
    parts.accept(results);
    publisher.publishStatus(parts);
    throw failure.kind === 'no data'
      ? withoutData(failure.error)
      : new ApiError(`${target} answers too slowly: the attempt ended before any data could be asked for`);
  }

  return {
    name: 'api',
    target,
    start: () => {
      publisher.start();
      return Promise.resolve();
    },
    collect,
    withdraw: () => {
      publisher.withdraw();
      parts.expire();
    },
    stop: async () => {
      http.close();
      options.certificateExpiry?.forget(target);
      await publisher.stop();
    },
  };
}
