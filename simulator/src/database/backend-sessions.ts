import pg from 'pg';

/** The connections that the platform's backend holds: a pool that mostly idles, and one session that never ends. */
export interface BackendSessions {
  stop(): Promise<void>;
}

const POOL_SIZE = 5;
const QUERY_EVERY = 5_000;

/**
 * Opens SQLAlchemy's pool of five, which answers a query now and then, and the MQTT handler's session, which
 * stays "idle in transaction" for ever.
 * @param onError told when a connection is lost; the sessions do not come back by themselves
 */
export async function openBackendSessions(
  url: string,
  onError: (error: Error) => void,
): Promise<BackendSessions> {
  const pool = new pg.Pool({ connectionString: url, max: POOL_SIZE, idleTimeoutMillis: 0 });
  pool.on('error', onError);
  const handler = new pg.Client({ connectionString: url });
  handler.on('error', onError);
  await handler.connect();
  await handler.query('begin');
  await handler.query('select 1');
  const clients = await Promise.all(Array.from({ length: POOL_SIZE }, () => pool.connect()));
  for (const client of clients) client.release();
  const timer = setInterval(() => {
    pool.query('select count(*) from devices where is_active').catch(onError);
  }, QUERY_EVERY);
  return {
    async stop() {
      clearInterval(timer);
      await Promise.allSettled([pool.end(), handler.end()]);
    },
  };
}
