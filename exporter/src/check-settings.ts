import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import pg from 'pg';
import { loadRules } from './alerts/rules/load/load.ts';
import { ownRuleProblems } from './alerts/rules/load/own-rules.ts';
import { errorCode, messageOf } from './base/errors.ts';
import { parsePostgresUrl } from './collectors/postgres/address.ts';
import type { Fault } from './config/load.ts';
import type { Settings } from './config/schema.ts';
import { parseListenAddress } from './base/listen-address.ts';
import { readWebConfig } from './http/web-config/read.ts';
import { createFormatFinder } from './logs/formats/format-finder.ts';
import { checkStateFolder } from './state/file-state-store.ts';

/** Runs a check; its error is the option's fault. */
async function faultOf(option: string, check: () => unknown): Promise<Fault[]> {
  try {
    await check();
    return [];
  } catch (error) {
    return [{ option, message: messageOf(error) }];
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'the exporter’s user may not read it',
  EISDIR: 'it is a folder',
};

function readPem(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const reason = REASONS[errorCode(error) ?? ''] ?? messageOf(error);
    throw new Error(`"${path}" cannot be read: ${reason}`, { cause: error });
  }
}

function checkAuthority(path: string | undefined): void {
  if (path === undefined) return;
  const ca = readPem(path);
  // OpenSSL takes a file without any certificate for an empty list of authorities.
  if (!ca.includes('-----BEGIN ')) throw new Error(`"${path}" holds no certificate in PEM`);
  try {
    createSecureContext({ ca });
  } catch (error) {
    throw new Error(`"${path}" holds no certificate that can be used: ${messageOf(error)}`, { cause: error });
  }
}

function checkPair(certPath: string | undefined, keyPath: string | undefined): void {
  if (certPath === undefined || keyPath === undefined) return;
  const [cert, key] = [readPem(certPath), readPem(keyPath)];
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    throw new Error(
      `"${certPath}" and key_file "${keyPath}" do not make a client certificate: ${messageOf(error)}`,
      {
        cause: error,
      },
    );
  }
}

/** Throws for a format that there is none of, with those that there are. */
function checkFormat(format: string | undefined): void {
  if (format !== undefined) createFormatFinder({ format });
}

/** The driver reads the certificate files that the URL names. It connects to nothing. */
function checkDatabase(url: string | undefined): void {
  if (url !== undefined) new pg.Client(parsePostgresUrl(url).config({ tls: true }));
}

/**
 * What a start with these settings would fail of, apart from what only the network knows: files that are missing or hold
 * something else, rules that cannot be read. Asked before a start, before a reload gives the old settings up, and by
 * `--config.check`. Opens nothing and leaves nothing behind.
 */
export async function findFaults(settings: Settings): Promise<readonly Fault[]> {
  const { api, database, elasticsearch, logs, mqtt, otel, receivers, rules, web_config_file: web } = settings;
  const found = await Promise.all([
    faultOf('listen', () => parseListenAddress(settings.listen)),
    faultOf('logs.syslog_listen', () =>
      logs.syslog_listen === undefined ? undefined : parseListenAddress(logs.syslog_listen),
    ),
    faultOf('state_dir', () => checkStateFolder(settings.state_dir)),
    faultOf('web_config_file', () => (web === undefined ? undefined : readWebConfig(web))),
    faultOf('api.ca_file', () => checkAuthority(api.ca_file)),
    faultOf('database.url', () => checkDatabase(database.url)),
    faultOf('mqtt.ca_file', () => checkAuthority(mqtt.ca_file)),
    faultOf('mqtt.cert_file', () => checkPair(mqtt.cert_file, mqtt.key_file)),
    faultOf('receivers.email_ca_file', () => checkAuthority(receivers.email_ca_file)),
    faultOf('elasticsearch.ca_file', () => checkAuthority(elasticsearch.ca_file)),
    faultOf('otel.ca_file', () => checkAuthority(otel.ca_file)),
    ...logs.sources.map(({ format }) => faultOf('logs.sources', () => checkFormat(format))),
  ]);
  return [
    ...found.flat(),
    ...loadRules(rules.files, []).problems.map((message) => ({ option: 'rules.files', message })),
    ...ownRuleProblems(rules.own).map((message) => ({ option: 'rules.own', message })),
  ];
}
