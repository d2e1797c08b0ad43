import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { ClientConfig } from 'pg';
import { parseCredentialUrl } from './credential-url.ts';
import { errorCode, messageOf } from './errors.ts';

/** Where a database is, taken apart for people and for the driver. */
export interface PostgresAddress {
  /** Without secrets, e.g. `postgres://127.0.0.1:5432/valtronics_db`. */
  readonly target: string;
  /** A name, an address, or the folder of its socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  /** Where TLS may be spoken; undefined where the URL asks for none, or names a folder of sockets. */
  readonly tls: { readonly host: string; readonly port: number; readonly postgres: true } | undefined;
  /** `sslmode=prefer` or `allow`: TLS is tried and not insisted on, as libpq does. */
  readonly tlsOptional: boolean;
  /** Settings of the driver. Reads certificate files that the URL names, so it may throw. */
  config(options: { readonly tls: boolean }): ClientConfig;
}

const APPLICATION_NAME = 'valtronics-exporter';

const SCHEMES = ['postgresql', 'postgres', 'postgresql+psycopg2'];

const MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'];

/** The files that TLS needs, by libpq's names for them. */
interface TlsFiles {
  readonly sslrootcert: string | undefined;
  readonly sslcert: string | undefined;
  readonly sslkey: string | undefined;
}

function filesOf(query: URLSearchParams): TlsFiles {
  const file = (name: string): string | undefined => query.get(name) || undefined;
  return { sslrootcert: file('sslrootcert'), sslcert: file('sslcert'), sslkey: file('sslkey') };
}

/** Refuses what the driver would take for something else, or refuse in words that are not about this URL. */
function checkTls(query: URLSearchParams): void {
  const mode = query.get('sslmode');
  // libpq's word for the authorities of the system, which the driver takes anyway.
  if (query.get('sslrootcert') === 'system') query.delete('sslrootcert');
  const { sslrootcert, sslcert, sslkey } = filesOf(query);
  if (mode !== null && !MODES.includes(mode))
    throw new Error(`must have one of ${MODES.join(', ')} as sslmode, not "${mode.slice(0, 20)}"`);
  if (mode === 'verify-ca' && sslrootcert === undefined)
    throw new Error('must name the authority beside sslmode=verify-ca: add sslrootcert=/path/ca.pem');
  if ((sslcert === undefined) !== (sslkey === undefined))
    throw new Error('must have sslcert and sslkey together: the client certificate and its key');
}

function readPem(option: string, path: string): Buffer {
  let text: Buffer;
  try {
    text = readFileSync(path);
  } catch (error) {
    const why = errorCode(error) === 'ENOENT' ? 'there is no such file' : messageOf(error);
    throw new Error(`must name a file that can be read as ${option}, not "${path}": ${why}`, {
      cause: error,
    });
  }
  if (text.includes('-----BEGIN ')) return text;
  throw new Error(`must name a file in PEM as ${option}, not "${path}"`);
}

function checkFiles({ sslrootcert, sslcert, sslkey }: TlsFiles): void {
  if (sslrootcert !== undefined) readPem('sslrootcert', sslrootcert);
  if (sslcert === undefined || sslkey === undefined) return;
  const [cert, key] = [readPem('sslcert', sslcert), readPem('sslkey', sslkey)];
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    const code = errorCode(error);
    throw new Error(
      'must name a client certificate as sslcert and its key as sslkey: ' +
        `"${sslcert}" and "${sslkey}" do not belong together, or are exchanged${code === undefined ? '' : ` (${code})`}`,
      { cause: error },
    );
  }
}

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
  checkTls(query);
  // The driver reads all of it from the query, where a folder of sockets needs no place before the path.
  query.set('host', host);
  query.set('port', port);
  query.set('user', user);
  if (password !== undefined) query.set('password', password);
  const files = filesOf(query);
  const config = ({ tls }: { readonly tls: boolean }): ClientConfig => {
    const options = new URLSearchParams(query);
    if (tls) checkFiles(files);
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
    ...{ host, port: Number(port) },
    target: host.startsWith('/')
      ? `postgres:///${database}?host=${host}&port=${port}`
      : `postgres://${host.includes(':') ? `[${host}]` : host}:${port}/${database}`,
    user,
    database,
    tls:
      mode === null || mode === 'disable' || host.startsWith('/')
        ? undefined
        : { host, port: Number(port), postgres: true },
    tlsOptional: mode === 'prefer' || mode === 'allow',
    config,
  };
}
