import type { Duplex } from 'node:stream';
import type { Exchange } from './exchange.ts';
import type { Peer } from './forwarded.ts';
import { plainAddress, type TrustedProxies } from './trusted-proxies.ts';

/** What is kept of a client's connection. */
export interface Connection {
  readonly peer: Peer;
  /** The newest request on it that is not over. */
  last: Exchange | undefined;
  /** An answer said that it ends: what else comes on it is not served (RFC 9112 §9.6), nor read as a request. */
  isClosing: boolean;
}

/** Remembers connections for as long as they live. */
export function createConnections(isTrusted: TrustedProxies): {
  of(socket: Duplex & { readonly remoteAddress?: string | undefined }): Connection;
} {
  const known = new WeakMap<Duplex, Connection>();
  return {
    of: (socket) => {
      const before = known.get(socket);
      if (before !== undefined) return before;
      const address = plainAddress(socket.remoteAddress ?? '');
      const scheme = 'encrypted' in socket ? 'https' : 'http';
      const peer = { address, trusted: isTrusted(address), scheme } as const;
      const connection: Connection = { peer, last: undefined, isClosing: false };
      known.set(socket, connection);
      return connection;
    },
  };
}
