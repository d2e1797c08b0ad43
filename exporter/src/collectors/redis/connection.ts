import { parseCredentialUrl } from '../../base/credential-url.ts';
import { isIP } from 'node:net';
import { checkServerIdentity } from 'node:tls';
import { createClient } from '@redis/client';
import type { CertificateExpiry } from '../tls-expiry.ts';
import type { TlsEndpoint } from '../tls-expiry-probe.ts';

/** Where a Redis is, taken apart for people. */
export interface RedisAddress {
  /** Without secrets, e.g. `redis://127.0.0.1:6379`. */
  readonly target: string;
  readonly host: string;
  readonly port: number;
  /** Where TLS is spoken, with `rediss:`. */
  readonly tls: TlsEndpoint | undefined;
}

/**
 * Takes `redis[s]://[[user]:password@]host[:port][/db]` apart.
 *
 * @throws Error that does not contain the URL, since that may hold a password
 */
export function parseRedisUrl(text: string): RedisAddress {
  const { scheme, host, place, port } = parseCredentialUrl(text, { schemes: ['redis', 'rediss'] });
  const endpoint = { host, port: port ?? 6379 };
  return {
    ...endpoint,
    target: `${scheme}://${place}${port === undefined ? ':6379' : ''}`,
    tls: scheme === 'rediss' ? endpoint : undefined,
  };
}

export type RedisClient = ReturnType<typeof openClient>;

/**
 * A client that connects once and never again by itself: the runner decides when to try. It speaks the old
 * protocol, which every version and proxy understands, and sends nothing beyond what is asked.
 */
function openClient(url: string, address: RedisAddress, timeout: number, expiry?: CertificateExpiry) {
  const common = { connectTimeout: timeout, reconnectStrategy: false } as const;
  return createClient({
    url,
    RESP: 2,
    disableOfflineQueue: true,
    disableClientInfo: true,
    maintNotifications: 'disabled',
    socket: address.tls
      ? {
          ...common,
          tls: true,
          // Neither Node nor the library names the host to a server that holds several certificates.
          servername: isIP(address.tls.host) === 0 ? address.tls.host : '',
          checkServerIdentity: (host, certificate) => {
            expiry?.recordValidTo(address.target, certificate.valid_to);
            return checkServerIdentity(host, certificate);
          },
        }
      : common,
  });
}

/** The exporter's only connection to Redis, opened when needed and kept between attempts. */
export interface RedisConnection {
  /** A connected client, ready within `timeout` milliseconds. Rejects with what the library throws. */
  client(timeout: number): Promise<RedisClient>;
  /** Closes the connection at once, whatever it does; the next `client` opens another. */
  drop(): void;
}

export function createRedisConnection(
  url: string,
  address: RedisAddress,
  expiry: CertificateExpiry | undefined,
): RedisConnection {
  let current: RedisClient | undefined;

  function drop(): void {
    if (current?.isOpen === true) current.destroy();
    current = undefined;
  }

  return {
    drop,
    client: async (timeout) => {
      if (current?.isReady === true) return current;
      drop();
      const client = openClient(url, address, timeout, expiry);
      current = client;
      // Every failure also rejects the pending call; without a listener it would end the process.
      client.on('error', () => undefined);
      await client.connect();
      return client;
    },
  };
}
