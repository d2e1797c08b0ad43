import type { IncomingMessage } from 'node:http';
import type { Clock } from '../base/clock.ts';
import { requestIdFrom } from '../base/request-id.ts';
import type { Tracer } from '../trace/tracer.ts';
import { clientAddress, type Peer } from './forwarded.ts';
import type { Guard } from './guard.ts';
import { traceRequest, type RequestTrace } from './request-trace.ts';
import type { GatewayObserver, UpstreamFailure } from './served-request.ts';
import type { TrustedProxies } from './trusted-proxies.ts';

/** What every record needs, the same for all of them. */
export interface RecordOptions {
  readonly clock: Clock;
  readonly tracer: Tracer;
  readonly observer: GatewayObserver;
  readonly guard: Guard;
  readonly routeOf: (method: string, path: string) => string;
  readonly isTrusted: TrustedProxies;
}

/** What is known and measured of one request, told to the observer and to its trace once, at its end. */
export class RequestRecord {
  readonly requestId: string;
  readonly method: string;
  readonly trace: RequestTrace;
  failure: UpstreamFailure | undefined;
  retried = false;
  requestBytes = 0;
  responseBytes = 0;

  readonly #options: RecordOptions;
  readonly #request: IncomingMessage;
  readonly #peer: Peer;
  readonly #host: string;
  readonly #target: string;
  readonly #path: string;
  readonly #route: string;
  readonly #clientAddress: string;
  readonly #startedAt: number;
  readonly #begin: number;
  #overhead = 0;
  #askedAt: number | undefined;
  #headAt: number | undefined;
  #upstreamEnd: number | undefined;
  #isOver = false;

  /** `host` and `target` as they were understood; those of a request that is refused as they came. */
  constructor(options: RecordOptions, request: IncomingMessage, peer: Peer, host: string, target: string) {
    this.#options = options;
    this.#request = request;
    this.#peer = peer;
    this.#host = host;
    this.#target = target;
    this.#startedAt = options.clock.wall();
    this.#begin = options.clock.monotonic();
    this.method = request.method ?? 'GET';
    this.requestId = requestIdFrom(request.headers['x-request-id']);
    const question = target.indexOf('?');
    this.#path = question === -1 ? target : target.slice(0, question);
    const { guard, routeOf, tracer, observer } = options;
    this.#route = guard('routes', () => routeOf(this.method, this.#path), 'other');
    this.#clientAddress = clientAddress(request.headers, peer, options.isTrusted);
    this.trace = traceRequest(tracer, guard, {
      ...{ request, path: this.#path, route: this.#route, host, scheme: peer.scheme },
      ...{ requestId: this.requestId, clientAddress: this.#clientAddress, peerAddress: peer.address },
    });
    guard('counts', () => observer.began(), undefined);
  }

  /** Milliseconds of the monotonic clock. */
  now(): number {
    return this.#options.clock.monotonic();
  }

  /** Adds the gateway's own work from then until now. */
  worked(since: number): void {
    this.#overhead += this.now() - since;
  }

  /** The request is handed to the API. */
  asked(): void {
    this.#askedAt ??= this.now();
  }

  /** The API's head is there. */
  answered(): void {
    this.#headAt ??= this.now();
  }

  /** The API's answer is complete, or will not come. */
  upstreamOver(status?: number): void {
    if (this.#upstreamEnd !== undefined || this.#askedAt === undefined) return;
    this.#upstreamEnd = this.now();
    this.trace.answered({ status, failure: this.failure });
  }

  /** The API failed: no answer will come. */
  failed(reason: UpstreamFailure): void {
    this.failure = reason;
    const { guard, observer } = this.#options;
    guard('counts', () => observer.failed(reason), undefined);
    this.upstreamOver();
  }

  /** The end, once. */
  over(status: number, aborted: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.upstreamOver();
    const end = this.now();
    const { guard, observer } = this.#options;
    const { headers, httpVersion } = this.#request;
    guard(
      'counts',
      () =>
        observer.served({
          ...{ method: this.method, target: this.#target, path: this.#path, route: this.#route, httpVersion },
          ...{ scheme: this.#peer.scheme, host: this.#host, userAgent: headers['user-agent'] },
          ...{ clientAddress: this.#clientAddress, peerAddress: this.#peer.address },
          ...{ status, requestId: this.requestId, failure: this.failure, aborted, retried: this.retried },
          startedAt: this.#startedAt,
          duration: end - this.#begin,
          upstreamHead:
            this.#headAt === undefined || this.#askedAt === undefined
              ? undefined
              : this.#headAt - this.#askedAt,
          upstream: this.#askedAt === undefined ? 0 : (this.#upstreamEnd ?? end) - this.#askedAt,
          overhead: this.#overhead,
          ...{ requestBytes: this.requestBytes, responseBytes: this.responseBytes },
          span: this.trace.server,
        }),
      undefined,
    );
    this.trace.end({ status, aborted, failure: this.failure });
  }
}
