import { DatabaseError, escapeIdentifier } from 'pg';
import { messageOf } from '../../base/errors.ts';
import { errorCode } from '../../base/errors.ts';
import { describeNetworkError } from '../network-error.ts';
import type { PostgresAddress } from '../../base/postgres-address.ts';

/** The tables that the exporter reads. */
export const READ_TABLES = ['devices', 'telemetry_data', 'alerts'] as const;

type Address = Pick<PostgresAddress, 'target' | 'user' | 'database'>;

function grants({ user, database }: Address): string {
  const role = escapeIdentifier(user);
  return (
    `GRANT CONNECT ON DATABASE ${escapeIdentifier(database)} TO ${role}; ` +
    `GRANT USAGE ON SCHEMA public TO ${role}; GRANT SELECT ON ${READ_TABLES.join(', ')} TO ${role};`
  );
}

const TLS_OPTIONS = {
  authority: 'sslrootcert of VALTRONICS_DATABASE_URL (…?sslmode=verify-full&sslrootcert=/path/ca.pem)',
  client: 'sslcert and sslkey of VALTRONICS_DATABASE_URL',
};

/** What lets a user in whom pg_hba.conf refuses, by what the server says. */
function wayIn(text: string): string {
  if (/valid client certificate/.test(text))
    return `name the client certificate and its key in ${TLS_OPTIONS.client}`;
  if (/certificate authentication failed/.test(text))
    return `the client certificate of ${TLS_OPTIONS.client} is for another user`;
  if (/no encryption|SSL off/.test(text))
    return 'add sslmode=require to VALTRONICS_DATABASE_URL, or allow it in pg_hba.conf';
  return 'create the role or allow it in pg_hba.conf';
}

/** Sentences by SQLSTATE; `text` is the server's own message. */
const STATES: Readonly<Record<string, (address: Address, text: string) => string>> = {
  '28P01': ({ target, user }) =>
    `${target} refuses the password of user "${user}": correct it in VALTRONICS_DATABASE_URL`,
  '28000': ({ target, user }, text) => `${target} does not let user "${user}" in (${text}): ${wayIn(text)}`,
  '3D000': ({ target, database }) =>
    `${target} has no database "${database}": correct the name in VALTRONICS_DATABASE_URL`,
  '42501': (address, text) =>
    `user "${address.user}" may not read ${address.target} (${text}): run ${grants(address)}`,
  '42P01': ({ target }, text) =>
    `${target} lacks a table of the platform (${text}): is it the platform's database? Its backend makes the tables when it first starts`,
  '42703': ({ target }, text) =>
    `${target} lacks a column of the platform (${text}): its schema is older or newer than this exporter knows, update the platform or the exporter`,
  '57014': ({ target }, text) =>
    `${target} did not finish a query in time (${text}): look for locks and slow queries in pg_stat_activity`,
  '55P03': ({ target }, text) =>
    `${target} holds a lock that the exporter waits for (${text}): look for it in pg_locks`,
  '57P01': ({ target }) => `${target} shuts down: tried again at the next collection`,
  '57P02': ({ target }) => `${target} crashed and restarts: tried again at the next collection`,
  '57P03': ({ target }, text) => `${target} is not ready yet (${text}): tried again at the next collection`,
  '53300': ({ target }, text) =>
    `${target} has no connection left for the exporter (${text}): raise max_connections or find who holds them`,
};

const DRIVER: readonly (readonly [RegExp, string])[] = [
  [
    /does not support SSL/,
    'does not speak TLS: remove sslmode from VALTRONICS_DATABASE_URL or enable it there',
  ],
  [/password must be a string/, 'asks for a password: give one in VALTRONICS_DATABASE_URL'],
  [/SASL|SCRAM/, 'failed the password exchange: check user and password in VALTRONICS_DATABASE_URL'],
  [
    /timeout expired/,
    'did not accept a connection in time: check the address, the network and its firewalls',
  ],
  [/[Cc]onnection terminated/, 'closed the connection in mid-conversation: see its own log'],
];

/** One sentence with the next step for whatever a query or a connection threw. Never holds the password. */
export function describePostgresError(error: unknown, address: Address): string {
  const text = messageOf(error).split('\n')[0] ?? '';
  if (error instanceof DatabaseError) {
    const sentence = STATES[error.code ?? '']?.(address, text);
    return sentence ?? `${address.target} answered with an error: ${text} (SQLSTATE ${error.code ?? 'none'})`;
  }
  const network = describeNetworkError(error, address.target, TLS_OPTIONS);
  if (network !== undefined) return network;
  const known = DRIVER.find(([pattern]) => pattern.test(text));
  if (known !== undefined) return `${address.target} ${known[1]}`;
  const code = errorCode(error);
  return `${address.target} cannot be used: ${text}${code === undefined ? '' : ` (${code})`}`;
}
