import type { Span } from '../trace/tracer.ts';

/** Why the API gave no answer, or none that could be passed on. */
export type UpstreamFailure = 'refused' | 'reset' | 'timeout' | 'tls' | 'name' | 'closed' | 'other';

/** Why the gateway did not pass something on. `connections` are refused without an answer. */
export type Refusal = 'malformed' | 'too_long' | 'slow' | 'busy' | 'connections';

/** A request whose answer is over: complete, broken off or made by the gateway itself. Times are of the monotonic clock. */
export interface ServedRequest {
  readonly method: string;
  /** As it came, with query: it may hold what nobody shall read. */
  readonly target: string;
  /** Without query. */
  readonly path: string;
  /** What `routeOf` made of method and path. */
  readonly route: string;
  /** `1.0` or `1.1`. */
  readonly httpVersion: string;
  readonly scheme: 'http' | 'https';
  /** `Host` as it came; empty where HTTP/1.0 sent none. */
  readonly host: string;
  readonly userAgent: string | undefined;
  /** Of the client itself: from trusted proxies' `X-Forwarded-For`, else the peer's address. */
  readonly clientAddress: string;
  /** Who is connected to the gateway. */
  readonly peerAddress: string;
  /** Sent to the client: 499 when it left before there was an answer, 101 for an upgraded connection. */
  readonly status: number;
  /** `X-Request-ID` of request and answer. */
  readonly requestId: string;
  /** Where the API failed; undefined as well where it answered with an error of its own. */
  readonly failure: UpstreamFailure | undefined;
  /** True when the client left before its answer was complete. */
  readonly aborted: boolean;
  /** True when a kept-alive connection turned out to be closed and the request was sent again. */
  readonly retried: boolean;
  /** Milliseconds since the epoch, UTC, at which its head was complete. */
  readonly startedAt: number;
  /** Milliseconds until the answer was handed over completely; of an upgraded connection until its end. */
  readonly duration: number;
  /** Milliseconds until the API's head had come; undefined when none came. */
  readonly upstreamHead: number | undefined;
  /** Milliseconds from handing the request to the API until the end of its answer; 0 when it was not asked. */
  readonly upstream: number;
  /** Milliseconds of the gateway's own work: neither waiting for the API nor for the client. */
  readonly overhead: number;
  /** Bytes of bodies, without heads and framing; of an upgraded connection everything behind the heads. */
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** The server span, not ended yet: for exemplars and its trace id. */
  readonly span: Span;
}

/** Told of what happens in the gateway. What it throws is logged and harms no request. */
export interface GatewayObserver {
  /** A request begins; one `served` follows for each. */
  began(): void;
  served(request: ServedRequest): void;
  /** The API failed: also for requests that had begun to be answered. */
  failed(reason: UpstreamFailure): void;
  refused(reason: Refusal): void;
}
