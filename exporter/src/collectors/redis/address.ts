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
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['redis:', 'rediss:'].includes(url.protocol))
    throw new Error('the Redis URL cannot be read: expected redis://[user]:password@host:6379 or rediss://…');
  const target = `${url.protocol}//${url.hostname || '127.0.0.1'}:${url.port || '6379'}`;
  return { target, tls: url.protocol === 'rediss:' };
}
