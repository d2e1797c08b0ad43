/** What the gateway bears. Times in milliseconds. */
export interface GatewayLimits {
  /** More connections of clients are closed at once. */
  readonly connections: number;
  /** More requests at a time are answered with 503. */
  readonly inFlight: number;
  /** Bytes of a request's line and headers together. */
  readonly headBytes: number;
  /** For a client to send the whole head, and for its TLS handshake. */
  readonly clientHead: number;
  /** For a client to send or to take the next bytes while the gateway waits for it. */
  readonly clientIdle: number;
  /** A client's connection without a request. */
  readonly keepAlive: number;
  /** For a connection to the API, its TLS handshake included. */
  readonly connect: number;
  /** For the head of the API's answer, counted from the end of the request. */
  readonly upstreamHead: number;
  /** For the next bytes of the API's answer; not of a stream of events. */
  readonly upstreamIdle: number;
  /** A connection to the API without a request: less than the five seconds of uvicorn. */
  readonly upstreamKeepAlive: number;
  /** At the stop, for requests to come to their end. */
  readonly drain: number;
}

/** For an API behind uvicorn; the stop stays under five seconds. */
export const DEFAULT_LIMITS: GatewayLimits = {
  connections: 10_000,
  inFlight: 1000,
  headBytes: 16_384,
  clientHead: 10_000,
  clientIdle: 30_000,
  keepAlive: 75_000,
  connect: 5000,
  upstreamHead: 60_000,
  upstreamIdle: 120_000,
  upstreamKeepAlive: 4000,
  drain: 3000,
};
