import { parseCredentialUrl } from '../../base/credential-url.ts';

/** Where a Redis is, taken apart for people. */
export interface RedisAddress {
  /** Without secrets, e.g. `redis://127.0.0.1:6379`. */
  readonly target: string;
  /** `rediss:` */
  readonly tls: boolean;
}

/**
 * Takes `redis[s]://[[user]:password@]host[:port][/db]` apart.
 *
 * @throws Error that does not contain the URL, since that may hold a password
 */
export function parseRedisUrl(text: string): RedisAddress {
  const { scheme, place, port } = parseCredentialUrl(text, { schemes: ['redis', 'rediss'] });
  return { target: `${scheme}://${place}${port === undefined ? ':6379' : ''}`, tls: scheme === 'rediss' };
}
