import pg from 'pg';
import { loadRules } from './alerts/rules/load/load.ts';
import { ownRuleProblems } from './alerts/rules/load/own-rules.ts';
import { parsePostgresUrl } from './base/postgres-address.ts';
import { checkAuthority, checkPair, faultOf } from './config/file-checks.ts';
import type { Fault, LoadedSettings } from './config/load.ts';
import type { Settings } from './config/schema.ts';
import { findGatewayFaults } from './gateway/service/faults.ts';
import { parseListenAddress } from './base/listen-address.ts';
import { readWebConfig } from './http/web-config/read.ts';
import { createFormatFinder } from './logs/formats/format-finder.ts';
import { checkStateFolder } from './state/file-state-store.ts';

/** Throws for a format that there is none of, with those that there are. */
function checkFormat(format: string | undefined): void {
  if (format !== undefined) createFormatFinder({ format });
}

/** The driver reads the certificate files that the URL names. It connects to nothing. */
function checkDatabase(url: string | undefined): void {
  if (url !== undefined) new pg.Client(parsePostgresUrl(url).config({ tls: true }));
}

/** Looks for what a start would fail of. */
export type FindFaults = (settings: Settings) => Promise<readonly Fault[]>;

/** The settings, when a start with them can work; throws SettingsError otherwise. */
export async function usableSettings(
  load: () => LoadedSettings,
  find: FindFaults = findFaults,
): Promise<LoadedSettings> {
  const loaded = load();
  const faults = await find(loaded.settings);
  if (faults.length > 0) throw loaded.refuse(faults);
  return loaded;
}

/**
 * What a start with these settings would fail of, apart from what only the network knows: files that are missing or hold
 * something else, rules that cannot be read. Asked before a start, before a reload gives the old settings up, and by
 * `--config.check`. Opens nothing and leaves nothing behind.
 */
export async function findFaults(settings: Settings): Promise<readonly Fault[]> {
  const { api, database, elasticsearch, logs, mqtt, otel, receivers, rules, store } = settings;
  const { web_config_file: web } = settings;
  const found = await Promise.all([
    faultOf('listen', () => parseListenAddress(settings.listen)),
    faultOf('logs.syslog_listen', () =>
      logs.syslog_listen === undefined ? undefined : parseListenAddress(logs.syslog_listen),
    ),
    faultOf('state_dir', () => checkStateFolder(settings.state_dir)),
    faultOf('web_config_file', () => (web === undefined ? undefined : readWebConfig(web))),
    faultOf('api.ca_file', () => checkAuthority(api.ca_file)),
    faultOf('database.url', () => checkDatabase(database.url)),
    faultOf('store.url', () => checkDatabase(store.url)),
    faultOf('mqtt.ca_file', () => checkAuthority(mqtt.ca_file)),
    faultOf('mqtt.cert_file', () => checkPair(mqtt.cert_file, mqtt.key_file)),
    faultOf('receivers.email_ca_file', () => checkAuthority(receivers.email_ca_file)),
    faultOf('elasticsearch.ca_file', () => checkAuthority(elasticsearch.ca_file)),
    faultOf('otel.ca_file', () => checkAuthority(otel.ca_file)),
    ...logs.sources.map(({ format }) => faultOf('logs.sources', () => checkFormat(format))),
  ]);
  return [
    ...found.flat(),
    ...(await findGatewayFaults(settings)),
    ...loadRules(rules.files, []).problems.map((message) => ({ option: 'rules.files', message })),
    ...ownRuleProblems(rules.own).map((message) => ({ option: 'rules.own', message })),
  ];
}
