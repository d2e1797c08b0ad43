import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { Socket } from 'node:net';
import { messageOf } from '../base/errors.ts';
import type { ExchangeOptions } from './exchange.ts';
import { failureAnswer, failureLine, failureOf } from './failure.ts';
import type { Peer } from './forwarded.ts';
import { headText } from './interim.ts';
import { ownAnswerText, type OwnAnswer } from './own-answer.ts';
import type { RequestRecord } from './record.ts';
import type { RequestTarget } from './request-head.ts';
import { requestHeaders } from './request-headers.ts';
import { responseHeaders } from './response-headers.ts';

/** Milliseconds between two looks of the system whether the other side still lives. */
const TCP_KEEP_ALIVE = 30_000;

/** Bytes of a client that are kept for an API that has not agreed yet. */
const EARLY_BYTES = 65_536;

/** Whether a request shall become a WebSocket. Other protocols are not: over h2c a client would speak past the gateway. */
export function isWebSocketRequest(request: IncomingMessage): boolean {
  const { method, headers, httpVersionMinor } = request;
  return (
    method === 'GET' &&
    httpVersionMinor === 1 &&
    headers.upgrade?.trim().toLowerCase() === 'websocket' &&
    headers['transfer-encoding'] === undefined &&
    Number(headers['content-length'] ?? 0) === 0
  );
}

/** Sends at once, and notices when the other side is gone without a word. */
function prepare(socket: Duplex): void {
  if (!(socket instanceof Socket)) return;
  socket.setTimeout(0);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, TCP_KEEP_ALIVE);
}

/** One request to become a WebSocket and, once the API agreed, its bytes in both directions. */
export class Tunnel {
  readonly #options: ExchangeOptions;
  readonly #request: IncomingMessage;
  readonly #socket: Duplex;
  /** What the client sent before the API agreed; kept until then, for another answer would make a request of it. */
  readonly #early: Buffer[];
  readonly #record: RequestRecord;
  readonly #onOver: () => void;
  #outgoing: ClientRequest | undefined;
  #upstream: Duplex | undefined;
  #status = 499;
  #askedAt = 0;
  #isAnswered = false;
  #isOver = false;

  /** `head` is what came behind the request already. */
  constructor(
    options: ExchangeOptions,
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    record: RequestRecord,
    onOver: () => void,
  ) {
    this.#options = options;
    this.#request = request;
    this.#socket = socket;
    this.#early = head.length > 0 ? [head] : [];
    this.#record = record;
    this.#onOver = onOver;
    // The error itself says no more than the end that follows it.
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#over());
    prepare(socket);
    // Reads from the start, so that a client that leaves is noticed.
    socket.on('data', this.#keep).on('end', this.#leave);
  }

  begin(peer: Peer, { target, host }: RequestTarget): void {
    const since = this.#record.now();
    const { upstream } = this.#options;
    const { requestId, trace } = this.#record;
    this.#askedAt = since;
    try {
      const headers = requestHeaders(this.#request, {
        ...{ host, defaultHost: upstream.place, peer, requestId, trace: trace.ask(upstream) },
        upgrade: this.#request.headers.upgrade ?? 'websocket',
      });
      this.#record.asked();
      this.#outgoing = upstream.request({ method: 'GET', target, headers, fresh: true });
    } catch (error) {
      this.reject({
        ...{ status: 400, code: 'malformed_request', close: true },
        message: `The request cannot be passed on: ${messageOf(error)}.`,
      });
      return;
    }
    this.#outgoing.once('upgrade', (answer, socket, head) => this.#join(answer, socket, head));
    this.#outgoing.once('response', (answer) => this.#passRefusal(answer));
    this.#outgoing.on('error', (error) => this.#failed(error));
    this.#outgoing.end();
    this.#record.worked(since);
  }

  /** Answers without a connection to the API. */
  reject(answer: Omit<OwnAnswer, 'requestId'>): void {
    this.#isAnswered = true;
    this.#status = answer.status;
    this.#outgoing?.destroy();
    this.#finish(ownAnswerText({ ...answer, requestId: this.#record.requestId }));
  }

  /** Ends the waiting for an API that does not answer; an open tunnel may be quiet for as long as it likes. */
  check(now: number): void {
    if (this.#isAnswered || this.#outgoing === undefined) return;
    const { limits, upstream } = this.#options;
    const most = upstream.isConnecting(this.#outgoing) ? limits.connect : limits.upstreamHead;
    if (now - this.#askedAt < most) return;
    this.#outgoing.destroy(Object.assign(new Error(`no answer for ${most} ms`), { code: 'ETIMEDOUT' }));
  }

  /** Ends both sides. */
  close(): void {
    this.#socket.destroy();
  }

  readonly #keep = (chunk: Buffer): void => {
    if (this.#isAnswered) return;
    this.#early.push(chunk);
    if (this.#early.reduce((sum, { length }) => sum + length, 0) > EARLY_BYTES) this.#socket.pause();
  };

  readonly #leave = (): void => {
    if (!this.#isAnswered) this.#socket.destroy();
  };

  #finish(text: string): void {
    this.#socket.end(text);
    this.#socket.resume();
    this.#socket.once('finish', () => this.#socket.destroy());
  }

  #join(answer: IncomingMessage, upstream: Duplex, head: Buffer): void {
    const client = this.#socket;
    this.#record.answered();
    this.#isAnswered = true;
    this.#status = 101;
    this.#upstream = upstream;
    upstream.on('error', () => upstream.destroy());
    if (client.destroyed) {
      upstream.destroy();
      return;
    }
    prepare(upstream);
    const headers = responseHeaders(answer, {
      ...{ requestId: this.#record.requestId, chunked: false, close: false },
    });
    headers.push('Connection', 'Upgrade', 'Upgrade', answer.headers.upgrade ?? 'websocket');
    client.write(headText(101, answer.statusMessage, headers), 'latin1');
    client.off('data', this.#keep).off('end', this.#leave);
    if (head.length > 0) client.write(head);
    this.#record.responseBytes += head.length;
    for (const chunk of this.#early.splice(0)) {
      upstream.write(chunk);
      this.#record.requestBytes += chunk.length;
    }
    this.#count(client, upstream);
    // An end of one direction is passed on; a break of either ends both.
    client.pipe(upstream);
    upstream.pipe(client);
    client.once('close', () => upstream.destroy());
    upstream.once('close', () => client.destroy());
  }

  #count(client: Duplex, upstream: Duplex): void {
    client.on('data', (chunk: Buffer) => (this.#record.requestBytes += chunk.length));
    upstream.on('data', (chunk: Buffer) => (this.#record.responseBytes += chunk.length));
  }

  /** The API answers like to any other request; the connection ends behind that. */
  #passRefusal(answer: IncomingMessage): void {
    this.#record.answered();
    this.#isAnswered = true;
    this.#status = answer.statusCode ?? 502;
    const headers = responseHeaders(answer, {
      ...{ requestId: this.#record.requestId, chunked: false, close: true },
    });
    this.#socket.write(headText(this.#status, answer.statusMessage, headers), 'latin1');
    answer.on('data', (chunk: Buffer) => (this.#record.responseBytes += chunk.length));
    answer.on('error', () => this.#socket.destroy());
    answer.once('end', () => {
      this.#record.upstreamOver(this.#status);
      this.#finish('');
    });
    answer.pipe(this.#socket, { end: false });
  }

  #failed(error: unknown): void {
    if (this.#isOver || this.#isAnswered) return;
    const reason = failureOf(error);
    this.#record.failed(reason);
    this.#options.warn(...failureLine(reason, error, this.#record.requestId, this.#options.upstream.place));
    this.reject(failureAnswer(reason));
  }

  #over(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#outgoing?.destroy();
    this.#upstream?.destroy();
    if (this.#status === 101) this.#record.upstreamOver(101);
    this.#record.over(this.#status, !this.#isAnswered);
    this.#onOver();
  }
}
