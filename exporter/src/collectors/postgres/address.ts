import type { ClientConfig } from 'pg';
import { parseCredentialUrl } from '../../base/credential-url.ts';

/** Where a database is, taken apart for people and for the driver. */
export interface PostgresAddress {
  /** Without secrets, e.g. `postgres://127.0.0.1:5432/valtronics_db`. */
  readonly target: string;
  readonly user: string;
  readonly database: string;
  /** `sslmode=prefer` or `allow`: TLS is tried and not insisted on, as libpq does. */
  readonly tlsOptional: boolean;
  /** Settings of the driver. Reads certificate files that the URL names, so it may throw. */
  config(options: { readonly tls: boolean }): ClientConfig;
}

const APPLICATION_NAME = 'valtronics-exporter';

const SCHEMES = ['postgresql', 'postgres', 'postgresql+psycopg2'];

/**
 * Takes a connection URL apart. `sslmode` has libpq's meaning (`require` encrypts without checking the
 * certificate, `verify-full` checks it), so that the URL of other tools works unchanged; the driver's own
 * meaning differs.
 *
 * @throws Error that does not contain the URL, since that may hold a password
 */
export function parsePostgresUrl(text: string): PostgresAddress {
  const url = parseCredentialUrl(text, { schemes: SCHEMES, hostOptional: true });
  // libpq lets the query overrule what stands before it, and takes the local host where there is none.
  const query = new URLSearchParams(url.query);
  const host = query.get('host') || url.host || 'localhost';
  if (host.includes(',')) throw new Error('must name one host: several, with commas, are not supported');
  const port = query.get('port') || String(url.port ?? 5432);
  const user = query.get('user') || url.user || 'postgres';
  const password = query.get('password') || url.password;
  const database = decodeURI(url.path.slice(1)) || user;
  const mode = query.get('sslmode');
  // The driver reads all of it from the query, where a folder of sockets needs no place before the path.
  query.set('host', host);
  query.set('port', port);
  query.set('user', user);
  if (password !== undefined) query.set('password', password);
  const config = ({ tls }: { readonly tls: boolean }): ClientConfig => {
    const options = new URLSearchParams(query);
    if (mode !== null) {
      options.set('uselibpqcompat', 'true');
      options.set('sslmode', tls ? mode.replace('allow', 'prefer') : 'disable');
    }
    return {
      connectionString: `postgres://driver/${encodeURI(database)}?${options.toString()}`,
      user,
      database,
      application_name: APPLICATION_NAME,
      keepAlive: true,
    };
  };
  return {
    target: host.startsWith('/')
      ? `postgres:///${database}?host=${host}&port=${port}`
      : `postgres://${host.includes(':') ? `[${host}]` : host}:${port}/${database}`,
    user,
    database,
    tlsOptional: mode === 'prefer' || mode === 'allow',
    config,
  };
}
