import { constants } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { messageOf } from '../../base/errors.ts';
import { CURVES, TLS12_SUITES, TLS13_SUITES, TLS_VERSIONS } from './cipher-names.ts';
import type { TlsServerConfig } from './schema.ts';

/** What is asked of a client's certificate. */
export interface ClientPolicy {
  /** The client is asked for one. */
  readonly request: boolean;
  /** A connection without one is refused. */
  readonly require: boolean;
  /** One that is given must be signed by the client authority. */
  readonly verify: boolean;
  /** When not empty, one of these must be among its subject alternative names. */
  readonly allowedNames: readonly string[];
}

/** TLS of the server, with the files' contents. */
export interface TlsConfig {
  readonly context: SecureContextOptions;
  readonly client: ClientPolicy;
}

type Suite = NonNullable<TlsServerConfig['cipher_suites']>[number];

function clientPolicy(config: TlsServerConfig): ClientPolicy {
  const type = config.client_auth_type;
  const allowedNames = config.client_allowed_sans ?? [];
  const request = type !== '' && type !== 'NoClientCert';
  const verify = type === 'VerifyClientCertIfGiven' || type === 'RequireAndVerifyClientCert';
  const require = request && type.startsWith('Require');
  if (!request && (config.client_ca !== '' || config.client_ca_file !== '')) {
    throw new Error('client_ca_file is set without a client_auth_type that asks for certificates');
  }
  if (config.client_allowed_sans != null && !require) {
    throw new Error(
      'client_allowed_sans requires client_auth_type RequireAnyClientCert or RequireAndVerifyClientCert',
    );
  }
  return { request, require, verify, allowedNames };
}

/** OpenSSL's cipher list: the TLS 1.3 suites always, the TLS 1.2 ones as chosen. */
function cipherList(suites: readonly Suite[]): string {
  const known: Readonly<Record<string, string>> = TLS12_SUITES;
  return [...TLS13_SUITES, ...suites.map((suite) => known[suite] ?? '').filter((name) => name !== '')].join(
    ':',
  );
}

async function pem(folder: string, option: string, file: string, text: string): Promise<string> {
  if (file === '') return text;
  const path = resolve(folder, file);
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Error(`${option}: cannot read ${path}: ${messageOf(error)}`, { cause: error });
  }
}

/** True when any of the options that mean TLS is set: the toolkit's rule. */
function wantsTls(config: TlsServerConfig): boolean {
  const { cert, key, client_ca, cert_file, key_file, client_ca_file, client_auth_type } = config;
  return [cert, key, client_ca, cert_file, key_file, client_ca_file, client_auth_type].some((v) => v !== '');
}

/** Reads the files (relative ones from `folder`) and checks that they fit; undefined when TLS is not wanted. */
export async function readTlsConfig(config: TlsServerConfig, folder: string): Promise<TlsConfig | undefined> {
  if (!wantsTls(config)) return undefined;
  const client = clientPolicy(config);
  if (config.cert_file === '' && config.cert === '') throw new Error('one of cert or cert_file is missing');
  if (config.key_file === '' && config.key === '') throw new Error('one of key or key_file is missing');
  const suites = config.cipher_suites ?? [];
  const curves = config.curve_preferences ?? [];
  const ca = await pem(folder, 'client_ca_file', config.client_ca_file, config.client_ca);
  const context: SecureContextOptions = {
    cert: await pem(folder, 'cert_file', config.cert_file, config.cert),
    key: await pem(folder, 'key_file', config.key_file, config.key),
    minVersion: TLS_VERSIONS[config.min_version],
    maxVersion: TLS_VERSIONS[config.max_version],
    honorCipherOrder: config.prefer_server_cipher_suites,
    ...(ca === '' ? {} : { ca }),
    ...(suites.length === 0 ? {} : { ciphers: cipherList(suites) }),
    ...(curves.length === 0 ? {} : { ecdhCurve: curves.map((curve) => CURVES[curve]).join(':') }),
    // A resumed session would skip the check of the client's certificate.
    ...(client.request ? { secureOptions: constants.SSL_OP_NO_TICKET } : {}),
  };
  try {
    createSecureContext(context);
  } catch (error) {
    throw new Error(`certificate, key or client authority cannot be used: ${messageOf(error)}`, {
      cause: error,
    });
  }
  return { context, client };
}
