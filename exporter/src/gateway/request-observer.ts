import { methodOf } from '../access-line/request-target.ts';
import type { Endpoints } from '../api-routes/endpoints.ts';
import { createRequestCounts } from '../api-routes/request-counts.ts';
import {
  GATEWAY_IN_FLIGHT,
  GATEWAY_OVERHEAD,
  GATEWAY_REFUSED,
  GATEWAY_UPSTREAM_FAILURES,
} from '../metrics/catalogue/gateway.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { accessLogLine } from './access-log-line.ts';
import type { GatewayObserver, Refusal, UpstreamFailure } from './served-request.ts';

const SECOND = 1000;
const FAILURES: readonly UpstreamFailure[] = [
  'refused',
  'reset',
  'timeout',
  'tls',
  'name',
  'closed',
  'other',
];
const REFUSALS: readonly Refusal[] = ['malformed', 'too_long', 'slow', 'busy', 'connections'];

export interface RequestObserverOptions {
  readonly metrics: Metrics;
  readonly endpoints: Endpoints;
  /** False where the access logs of the API count its requests. */
  readonly countsRequests: boolean;
  /** `service.name` of the lines. */
  readonly service: string;
  /** Takes a line of the access log. */
  readonly write: (line: string) => void;
}

/** What the gateway sees as metrics and as lines of its access log. */
export interface RequestObserver extends GatewayObserver {
  /** Shows how many requests are in the gateway. */
  update(inFlight: number): void;
  /** Takes the gauge away; what was counted stays. */
  withdraw(): void;
}

/**
 * Counts and logs what the gateway serves. Reasons are there from the start, at 0, so that the first failure is a rise.
 * The histograms' buckets point at the traces that are kept.
 */
export function createRequestObserver(options: RequestObserverOptions): RequestObserver {
  const { metrics, endpoints, countsRequests, service, write } = options;
  const requests = createRequestCounts(metrics);
  const overhead = metrics.histogram(GATEWAY_OVERHEAD, {});
  const failures = new Map(
    FAILURES.map((reason) => [reason, metrics.counter(GATEWAY_UPSTREAM_FAILURES, { reason })] as const),
  );
  const refusals = new Map(
    REFUSALS.map((reason) => [reason, metrics.counter(GATEWAY_REFUSED, { reason })] as const),
  );

  return {
    began: () => undefined,
    served: (request) => {
      const { span } = request;
      const overheadSeconds = Math.max(0, request.overhead) / SECOND;
      overhead.observe(overheadSeconds);
      span.exemplar(overhead, overheadSeconds);
      if (countsRequests) {
        const status = String(request.status);
        const durationSeconds = request.duration / SECOND;
        const method = methodOf(request.method);
        const cell = requests.count(endpoints.endpointOf(request.path, status), {
          ...{ method, status, durationSeconds },
        });
        if (cell !== undefined) span.exemplar(cell, durationSeconds);
      }
      write(accessLogLine(request, service));
    },
    failed: (reason) => failures.get(reason)?.inc(),
    refused: (reason) => refusals.get(reason)?.inc(),
    update: (inFlight) => metrics.publish(GATEWAY_IN_FLIGHT, [{ labels: {}, value: inFlight }]),
    withdraw: () => metrics.withdraw(GATEWAY_IN_FLIGHT),
  };
}
