import type { ClientRequest, IncomingMessage } from 'node:http';
import { passedTrailers } from './hop-by-hop.ts';

export interface ContentOptions {
  /** False when nobody wants the rest: it is taken and thrown away. */
  readonly isWanted: () => boolean;
  /** Something moved; with the bytes that came of the client. */
  readonly onMove: (bytes: number) => void;
}

/** Whether a body follows the request's head. */
export function hasContent({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Passes the body on as it comes and as fast as the API takes it, with its trailers. */
export function passContent(
  request: IncomingMessage,
  outgoing: ClientRequest,
  options: ContentOptions,
): void {
  const { isWanted, onMove } = options;
  // The head goes at once: a client may wait with its body for what the API says to that.
  outgoing.write('', 'latin1');
  outgoing.on('drain', () => {
    onMove(0);
    request.resume();
  });
  request.on('data', (chunk: Buffer) => {
    onMove(chunk.length);
    if (isWanted() && !outgoing.write(chunk)) request.pause();
  });
  request.once('end', () => {
    onMove(0);
    if (!isWanted()) return;
    const trailers = passedTrailers(request.rawTrailers);
    if (trailers.length > 0) outgoing.addTrailers(trailers);
    outgoing.end();
  });
}
