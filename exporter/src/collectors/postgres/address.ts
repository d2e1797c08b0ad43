import type { ClientConfig } from 'pg';

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

/** `postgres://user@/db` has no host for the URL parser; libpq takes the local one. */
function parseUrl(text: string): URL {
  return new URL(text.replace('@/', '@localhost/'));
}

/**
 * Takes a connection URL apart. `sslmode` has libpq's meaning (`require` encrypts without checking the
 * certificate, `verify-full` checks it), so that the URL of other tools works unchanged; the driver's own
 * meaning differs.
 *
 * @throws Error that does not contain the URL, since that may hold a password
 */
export function parsePostgresUrl(text: string): PostgresAddress {
  if (!URL.canParse(text.replace('@/', '@localhost/')))
    throw new Error('the database URL cannot be read: expected postgres://user:password@host:5432/database');
  const url = parseUrl(text);
  const folder = url.searchParams.get('host') ?? '';
  const host = folder !== '' && !folder.startsWith('/') ? folder : url.hostname || 'localhost';
  const port = url.searchParams.get('port') ?? (url.port || '5432');
  const user = url.searchParams.get('user') ?? (decodeURIComponent(url.username) || 'postgres');
  const database = decodeURIComponent(url.pathname.slice(1)) || user;
  const mode = url.searchParams.get('sslmode');
  const config = ({ tls }: { readonly tls: boolean }): ClientConfig => {
    const connection = new URL(url);
    if (mode !== null) {
      connection.searchParams.set('uselibpqcompat', 'true');
      connection.searchParams.set('sslmode', tls ? mode.replace('allow', 'prefer') : 'disable');
    }
    return {
      connectionString: connection.toString(),
      user,
      database,
      application_name: APPLICATION_NAME,
      keepAlive: true,
    };
  };
  return {
    target: folder.startsWith('/')
      ? `postgres:///${database}?host=${folder}&port=${port}`
      : `postgres://${host}:${port}/${database}`,
    user,
    database,
    tlsOptional: mode === 'prefer' || mode === 'allow',
    config,
  };
}
