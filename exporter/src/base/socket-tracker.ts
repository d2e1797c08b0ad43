import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Closes what `server.close()` leaves open. */
export interface SocketTracker {
  /** Closes the connections without a request under way, from now on as soon as their answer is complete. */
  closeUnused(): void;
  /** Breaks every connection. */
  destroyAll(): void;
}

const peer = (socket: Socket): string => `${socket.remoteAddress ?? ''} ${socket.remotePort ?? ''}`;

/**
 * Follows a server's connections. Node closes idle ones itself, but neither those on which no request came yet,
 * nor those in a TLS handshake, nor kept-alive ones whose last answer ends after the close. Called when the server's own
 * listeners are in place.
 */
export function trackSockets(server: Server): SocketTracker {
  const sockets = new Set<Socket>();
  /** Sockets without a request so far, by peer: under TLS, request and connection have different objects. */
  const silent = new Map<string, Socket>();
  let closing = false;

  server.on('connection', (socket) => {
    const key = peer(socket);
    sockets.add(socket);
    silent.set(key, socket);
    socket.once('close', () => {
      sockets.delete(socket);
      if (silent.get(key) === socket) silent.delete(key);
    });
  });
  const begin = (request: IncomingMessage, response: ServerResponse): void => {
    silent.delete(peer(request.socket));
    response.once('close', () => {
      if (closing) setImmediate(() => server.closeIdleConnections());
    });
  };
  server.on('request', begin);
  // Node itself answers what is expected only while nobody listens for it.
  for (const event of ['checkContinue', 'checkExpectation'])
    if (server.listenerCount(event) > 0) server.on(event, begin);

  return {
    closeUnused: () => {
      closing = true;
      server.closeIdleConnections();
      for (const socket of silent.values()) socket.destroy();
    },
    destroyAll: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}
