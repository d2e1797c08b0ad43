import { STATUS_CODES, type ServerResponse } from 'node:http';

/** An answer that the gateway makes itself. */
export interface OwnAnswer {
  readonly status: number;
  /** For programs: in the body, and as `X-Valtronics-Gateway-Error`. Nothing went wrong without one, and there is no body. */
  readonly code?: string;
  /** For people: what happened and what to do. */
  readonly message?: string;
  readonly requestId: string;
  /** Seconds, where it is worth trying again. */
  readonly retryAfter?: number;
  /** The methods that are served. */
  readonly allow?: string;
  /** Ends the connection behind it: nobody knows what the client sends next. */
  readonly close: boolean;
}

function bodyOf({ code, message, requestId }: OwnAnswer): string {
  return code === undefined ? '' : `${JSON.stringify({ error: { code, message, requestId } })}\n`;
}

function headersOf(answer: OwnAnswer, body: string): string[] {
  return [
    ...(body === '' ? [] : ['Content-Type', 'application/json; charset=utf-8']),
    ...['Content-Length', String(Buffer.byteLength(body))],
    ...['Cache-Control', 'no-store', 'X-Request-ID', answer.requestId],
    ...(answer.code === undefined ? [] : ['X-Valtronics-Gateway-Error', answer.code]),
    ...(answer.allow === undefined ? [] : ['Allow', answer.allow]),
    ...(answer.retryAfter === undefined ? [] : ['Retry-After', String(answer.retryAfter)]),
    ...(answer.close ? ['Connection', 'close'] : []),
  ];
}

/** Sends it; the response must not have begun. Returns the bytes of its body. */
export function sendOwnAnswer(response: ServerResponse, answer: OwnAnswer): number {
  const body = bodyOf(answer);
  response.writeHead(answer.status, headersOf(answer, body));
  response.end(body);
  return Buffer.byteLength(body);
}

/** The same as bytes, for a connection that has no response: it did not send HTTP, or is about to be upgraded. */
export function ownAnswerText(answer: OwnAnswer): string {
  const body = bodyOf(answer);
  const lines = [
    `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}`,
    `Date: ${new Date().toUTCString()}`,
  ];
  const headers = headersOf({ ...answer, close: true }, body);
  for (let index = 0; index < headers.length; index += 2)
    lines.push(`${headers[index] ?? ''}: ${headers[index + 1] ?? ''}`);
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}
