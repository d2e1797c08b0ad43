import type { ClientRequest, IncomingMessage, InformationEvent, ServerResponse } from 'node:http';
import { errorCode, messageOf } from '../base/errors.ts';
import type { RequestUnderWay } from './client-error.ts';
import { failureAnswer, failureLine, failureOf } from './failure.ts';
import type { Connection } from './connection.ts';
import { passedTrailers } from './hop-by-hop.ts';
import { passInterim } from './interim.ts';
import type { GatewayLimits } from './limits.ts';
import { sendOwnAnswer, type OwnAnswer } from './own-answer.ts';
import type { QuietLog } from './quiet-log.ts';
import type { RequestRecord } from './record.ts';
import type { RequestTarget } from './request-head.ts';
import { hasContent, passContent } from './request-content.ts';
import { requestHeaders } from './request-headers.ts';
import { responseHeaders } from './response-headers.ts';
import type { Upstream } from './upstream.ts';

/** What every exchange needs, the same for all of them. */
export interface ExchangeOptions {
  readonly upstream: Upstream;
  readonly limits: GatewayLimits;
  readonly warn: QuietLog;
  /** True from the stop on: connections of clients then end behind their answers. */
  readonly closing: () => boolean;
}

/** What one exchange is about. */
export interface ExchangeParts {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly connection: Connection;
  readonly target: RequestTarget;
  readonly record: RequestRecord;
  /** Called once, at its end. */
  readonly over: () => void;
}

/** What may be sent twice (RFC 9110 §9.2.2). */
const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);
/** Milliseconds in which a client may send the rest of a body that nobody wants any more, before its connection is broken. */
const LINGER = 5000;

/** One request on its way to the API, and its answer on the way back. */
export class Exchange implements RequestUnderWay {
  isOver = false;

  readonly #options: ExchangeOptions;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #record: RequestRecord;
  readonly #connection: Connection;
  readonly #target: RequestTarget;
  readonly #onOver: () => void;
  readonly #hasContent: boolean;
  #headers: readonly string[] = [];
  #outgoing: ClientRequest | undefined;
  #answer: IncomingMessage | undefined;
  #hasInterim = false;
  /** The gateway answered itself, or broke off. */
  #isRejected = false;
  #next: (() => void) | undefined;
  /** Nothing more is wanted of the API. */
  #isSettled = false;
  /** Grows with every sign of life, for `check`. */
  #signs = 0;
  #signsSeen = -1;
  #quietSince = 0;

  constructor(options: ExchangeOptions, parts: ExchangeParts) {
    this.#options = options;
    this.#request = parts.request;
    this.#response = parts.response;
    this.#connection = parts.connection;
    this.#target = parts.target;
    this.#record = parts.record;
    this.#onOver = parts.over;
    this.#hasContent = hasContent(parts.request);
    parts.response.once('close', () => this.#over());
  }

  /** Asks the API. Called once, when the answers to the connection's earlier requests are over. */
  begin(): void {
    if (this.#isGone()) return;
    const since = this.#record.now();
    const { upstream } = this.#options;
    const { requestId, trace } = this.#record;
    this.#headers = requestHeaders(this.#request, {
      ...{ host: this.#target.host, defaultHost: upstream.place, peer: this.#connection.peer, requestId },
      trace: trace.ask(upstream),
    });
    this.#record.asked();
    this.#send(false);
    this.#record.worked(since);
  }

  /** Answers without asking the API, or instead of what it did not answer. */
  reject(answer: Omit<OwnAnswer, 'requestId'>): void {
    if (this.#isGone()) return;
    this.#settle();
    this.#isRejected = true;
    if (this.#response.headersSent || this.#response.destroyed) {
      this.#response.destroy();
      return;
    }
    const { requestId } = this.#record;
    const close = this.#closes(answer.close);
    this.#record.responseBytes += sendOwnAnswer(this.#response, { ...answer, requestId, close });
  }

  /** Ends it without an answer: the connection ends before its turn. */
  drop(): void {
    this.#over();
  }

  get isReceived(): boolean {
    return this.#request.complete;
  }

  get isRejected(): boolean {
    return this.#isRejected;
  }

  /** Calls when its answer is over. */
  afterwards(work: () => void): void {
    this.#next = work;
  }

  /** What comes of the client is no HTTP any more. */
  malformed(message: string): void {
    this.reject({ status: 400, code: 'malformed_request', message, close: true });
  }

  /** Whether the connection ends behind the answer: because it must, or because the gateway stops. */
  #closes(must: boolean): boolean {
    const closes = must || this.#options.closing();
    if (closes) this.#connection.isClosing = true;
    return closes;
  }

  /** Whether there is nobody to be answered. Node says nothing to a pipelined request whose turn never came. */
  #isGone(): boolean {
    if (this.#request.socket.destroyed) this.#over();
    return this.isOver;
  }

  /** Ends what has been quiet for too long; called every now and then. Returns true when the client was too slow. */
  check(now: number): boolean {
    if (this.isOver || this.#outgoing === undefined) return false;
    if (this.#signs !== this.#signsSeen) {
      this.#signsSeen = this.#signs;
      this.#quietSince = now;
      return false;
    }
    const quiet = now - this.#quietSince;
    const { limits } = this.#options;
    if (this.#isClientsTurn()) {
      if (quiet < limits.clientIdle) return false;
      this.reject({
        ...{ status: 408, code: 'slow_request', close: true },
        message: 'The request did not arrive in time: send it faster, or in smaller parts.',
      });
      return true;
    }
    const most = this.#patience();
    if (!this.#isSettled && quiet >= most) {
      const late = Object.assign(new Error(`no sign of the API for ${most} ms`), { code: 'ETIMEDOUT' });
      this.#outgoing.destroy(late);
    }
    return false;
  }

  /** Whether the gateway waits for the client: for the rest of its body, or for it to take what was answered. */
  #isClientsTurn(): boolean {
    if (this.#response.writableNeedDrain || this.#response.writableEnded) return true;
    const isSending = this.#answer === undefined && !this.#request.complete;
    // One that asked whether to send waits for the API.
    if (this.#request.headers.expect !== undefined && !this.#hasInterim && this.#record.requestBytes === 0)
      return false;
    return isSending && this.#outgoing?.writableNeedDrain !== true;
  }

  /** Milliseconds that the API may be quiet now. */
  #patience(): number {
    const { limits, upstream } = this.#options;
    if (this.#answer !== undefined) {
      const isEvents = this.#answer.headers['content-type']?.startsWith('text/event-stream') === true;
      return isEvents ? Infinity : limits.upstreamIdle;
    }
    const isConnecting = this.#outgoing === undefined || upstream.isConnecting(this.#outgoing);
    return isConnecting ? limits.connect : limits.upstreamHead;
  }

  #send(fresh: boolean): void {
    const { upstream } = this.#options;
    const { target } = this.#target;
    let outgoing: ClientRequest;
    try {
      outgoing = upstream.request({ method: this.#record.method, target, headers: this.#headers, fresh });
    } catch (error) {
      this.malformed(`The request cannot be passed on: ${messageOf(error)}.`);
      return;
    }
    this.#outgoing = outgoing;
    outgoing.on('information', (interim) => this.#passInterim(interim));
    outgoing.on('response', (answer) => this.#pass(answer));
    outgoing.on('error', (error) => this.#failed(error));
    // Node tells no error of an upgrade that nobody wanted.
    outgoing.once('close', () => {
      if (this.#outgoing === outgoing && this.#answer === undefined) this.#failed(new Error('no answer'));
    });
    if (!this.#hasContent) outgoing.end();
    else {
      passContent(this.#request, outgoing, {
        isWanted: () => !this.#isSettled,
        onMove: (bytes) => {
          this.#signs += 1;
          this.#record.requestBytes += bytes;
        },
      });
    }
  }

  /** Those who speak HTTP/1.0 know nothing of what comes before an answer. */
  #passInterim(interim: InformationEvent): void {
    this.#signs += 1;
    this.#hasInterim = true;
    const { socket } = this.#response;
    if (this.#isSettled || socket === null || this.#request.httpVersionMinor === 0) return;
    const isAwaited = this.#request.headers.expect !== undefined && interim.statusCode === 100;
    // By Node, which then knows that the connection can be kept.
    if (isAwaited && interim.rawHeaders.length === 0) this.#response.writeContinue();
    else passInterim(interim, socket);
  }

  #pass(answer: IncomingMessage): void {
    const since = this.#record.now();
    this.#signs += 1;
    this.#record.answered();
    this.#answer = answer;
    const { statusCode: status = 0, statusMessage = '' } = answer;
    const response = this.#response;
    const hasBody = this.#record.method !== 'HEAD' && status !== 204 && status !== 304;
    const isHttp11 = this.#request.httpVersionMinor > 0;
    const chunked = hasBody && isHttp11 && answer.headers['content-length'] === undefined;
    answer.on('error', (error) => this.#failed(error));
    try {
      const headers = responseHeaders(answer, {
        ...{ requestId: this.#record.requestId, chunked, close: this.#closes(false) },
      });
      response.writeHead(status, statusMessage, headers);
    } catch (error) {
      this.#outgoing?.destroy();
      this.#failed(error);
      return;
    }
    answer.on('data', (chunk: Buffer) => {
      this.#signs += 1;
      this.#record.responseBytes += chunk.length;
      if (!response.destroyed && !response.write(chunk)) answer.pause();
    });
    response.on('drain', () => {
      this.#signs += 1;
      answer.resume();
    });
    answer.once('end', () => this.#complete(answer, chunked));
    // The head goes now, with what has come of the body: that may follow much later.
    response.write('', 'latin1');
    this.#record.worked(since);
  }

  #complete(answer: IncomingMessage, chunked: boolean): void {
    const since = this.#record.now();
    this.#signs += 1;
    this.#record.upstreamOver(answer.statusCode);
    if (chunked) {
      const trailers = passedTrailers(answer.rawTrailers);
      if (trailers.length > 0) this.#response.addTrailers(trailers);
    }
    this.#response.end();
    this.#settle();
    this.#record.worked(since);
  }

  #failed(error: unknown): void {
    if (this.#isSettled) return;
    if (this.#mayTryAgain(error)) {
      this.#record.retried = true;
      this.#send(true);
      return;
    }
    const reason = failureOf(error);
    this.#record.failed(reason);
    this.#options.warn(...failureLine(reason, error, this.#record.requestId, this.#options.upstream.place));
    this.reject(failureAnswer(reason));
  }

  /** Once, for what may be done twice, when a kept connection was closed in the moment in which it was used. */
  #mayTryAgain(error: unknown): boolean {
    const code = errorCode(error);
    return (
      !this.#record.retried &&
      !this.#hasContent &&
      !this.#hasInterim &&
      this.#answer === undefined &&
      this.#outgoing?.reusedSocket === true &&
      (code === 'ECONNRESET' || code === 'EPIPE') &&
      IDEMPOTENT.has(this.#record.method)
    );
  }

  /** Ends what goes on with the API, and takes the rest of the client's body to throw it away. */
  #settle(): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    const outgoing = this.#outgoing;
    // One whose answer is complete and that was sent completely goes back to the kept ones.
    if (outgoing !== undefined && !(this.#answer?.complete === true && outgoing.writableEnded))
      outgoing.destroy();
    if (!this.#request.complete) this.#request.resume();
  }

  #over(): void {
    if (this.isOver) return;
    const response = this.#response;
    const isAborted = !response.writableFinished && !this.#isSettled;
    this.isOver = true;
    this.#settle();
    this.#record.over(response.headersSent ? response.statusCode : 499, isAborted);
    this.#linger();
    if (this.#connection.last === this) this.#connection.last = undefined;
    this.#onOver();
    this.#next?.();
  }

  #linger(): void {
    const { socket, complete } = this.#request;
    if (complete || socket.destroyed) return;
    const timer = setTimeout(() => socket.destroy(), LINGER);
    this.#request.once('end', () => clearTimeout(timer));
    socket.once('close', () => clearTimeout(timer));
  }
}
