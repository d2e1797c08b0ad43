import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { errorCode } from '../base/errors.ts';
import { ownAnswerText } from './own-answer.ts';
import type { Refusal } from './served-request.ts';

/** What Node's parser or its timers say of a connection, as an answer; undefined when there is nobody to be answered. */
function answerTo(
  error: Error,
): { status: number; code: string; message: string; reason: Refusal } | undefined {
  const code = errorCode(error) ?? '';
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return {
      ...{ status: 408, code: 'slow_request', reason: 'slow' },
      message: 'The request’s headers did not arrive in time.',
    };
  }
  if (code === 'HPE_HEADER_OVERFLOW' || code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') {
    return {
      ...{ status: 400, code: 'request_too_long', reason: 'too_long' },
      message: 'Address and headers are too long: send fewer or shorter ones.',
    };
  }
  // The connection's end within a request: a client that left.
  if (!code.startsWith('HPE_') || code === 'HPE_INVALID_EOF_STATE') return undefined;
  const said = 'reason' in error && typeof error.reason === 'string' ? `: ${error.reason}` : '';
  return {
    ...{ status: 400, code: 'malformed_request', reason: 'malformed' },
    message: `This is no well-formed HTTP${said}.`,
  };
}

/** A request that has begun on the connection before the error. */
export interface RequestUnderWay {
  /** Whether it had arrived completely, so that the error is about what came behind it. */
  readonly isReceived: boolean;
  /** Whether the gateway has answered it by itself, so that what comes behind is of no interest. */
  readonly isRejected: boolean;
  /** Answers it with 400, or breaks an answer that has begun. */
  malformed(message: string): void;
  /** Calls when its answer is over. */
  afterwards(work: () => void): void;
}

/**
 * Answers what Node could not read, and closes the connection: nobody knows where the next request begins. Returns why,
 * or undefined when the client had just left.
 */
export function answerClientError(
  error: Error,
  socket: Duplex,
  underWay: RequestUnderWay | undefined,
): Refusal | undefined {
  // Behind a request that wanted the connection closed something else came.
  if (underWay?.isRejected === true || errorCode(error) === 'HPE_CLOSED_CONNECTION') return undefined;
  const answer = answerTo(error);
  if (answer === undefined) {
    socket.destroy();
    return undefined;
  }
  const { reason, ...words } = answer;
  const close = (): void => {
    if (socket.writable) socket.end(ownAnswerText({ ...words, requestId: randomUUID(), close: true }));
    else socket.destroy();
    // Whatever else comes is not read: the client sees the answer and then the end.
    socket.once('finish', () => socket.destroy());
  };
  if (underWay === undefined) close();
  else if (underWay.isReceived) underWay.afterwards(close);
  else underWay.malformed(words.message);
  return reason;
}
