import { describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCertificate } from '../test/support/certificate.ts';
import { describeWith, OPENSSL } from '../test/support/require.ts';
import { temporaryFolder } from '../test/support/server.ts';
import { findFaults } from './check-settings.ts';
import type { GivenFlag } from './config/command-line.ts';
import { loadSettings } from './config/load.ts';

async function linesOf(
  environment: Record<string, string>,
  flags: ReadonlyMap<string, GivenFlag> = new Map(),
): Promise<readonly string[]> {
  const loaded = loadSettings(environment, undefined, flags);
  return loaded.refuse(await findFaults(loaded.settings)).lines;
}

describe('findFaults', () => {
  it('finds none without sources', async () => {
    expect(await linesOf({})).toEqual([]);
  });

  it.each([
    ['API_CA_FILE', '/no/ca.pem', '"/no/ca.pem" cannot be read: there is no such file'],
    ['API_CA_FILE', '/tmp', '"/tmp" cannot be read: it is a folder'],
    ['MQTT_CA_FILE', import.meta.filename, `"${import.meta.filename}" holds no certificate in PEM`],
    ['RECEIVERS_EMAIL_CA_FILE', '/no/ca.pem', '"/no/ca.pem" cannot be read: there is no such file'],
    ['ELASTICSEARCH_CA_FILE', '/no/ca.pem', '"/no/ca.pem" cannot be read: there is no such file'],
    ['WEB_CONFIG_FILE', '/no/web.yml', expect.stringMatching(/^web configuration \/no\/web.yml: .*ENOENT/)],
    ['RULES_FILES', '/no/*.yml', expect.stringContaining('no file matches /no/*.yml')],
    ['RULES_OWN', '[{"name":"R","expression":"up =="}]', expect.stringContaining('R: expression, column 6')],
    ['DATABASE_URL', 'postgresql://u@h/d?sslrootcert=/no/root.pem', expect.stringContaining('/no/root.pem')],
    ['DATABASE_URL', 'postgresql://u@/d?host=a,b', expect.stringContaining('must name one host')],
    ['SYSLOG_LISTEN', ':99999', expect.stringContaining('cannot listen on ":99999"')],
    ['STATE_DIR', `${import.meta.filename}/state`, expect.stringContaining('not a folder')],
  ])('finds that VALTRONICS_%s=%s cannot be used', async (name, value, words) => {
    const lines = await linesOf({ [`VALTRONICS_${name}`]: value });
    expect(lines.map((line) => line.split(/: (.*)/s).slice(0, 2))).toEqual([[`VALTRONICS_${name}`, words]]);
  });

  it('finds a format of logs that there is none of, and names those that there are', async () => {
    const folder = temporaryFolder('formats');
    const file = join(folder.path, 'config.yml');
    writeFileSync(file, 'logs: {sources: [{service: api, paths: [/x.log], format: apache}]}');
    const loaded = loadSettings({}, file);
    const { lines } = loaded.refuse(await findFaults(loaded.settings));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/config\.yml, line 1, column 17: logs\.sources: .*apache.*python/);
    await folder.remove();
  });

  it('names the flag that gave the value', async () => {
    const flags = new Map([['web_config_file', { flag: '--web.config.file', value: '/no/web.yml' }]]);
    expect((await linesOf({ VALTRONICS_WEB_CONFIG_FILE: '/other.yml' }, flags))[0]).toMatch(
      /^--web.config.file: web configuration \/no\/web.yml/,
    );
  });

  describeWith([OPENSSL], 'with certificates', () => {
    it('finds a key that is not the certificate’s', async () => {
      const folder = temporaryFolder('certificates');
      const [one, other] = [await makeCertificate(30), await makeCertificate(30)];
      try {
        const [cert, key, wrong] = ['cert.pem', 'key.pem', 'wrong.pem'].map((name) =>
          join(folder.path, name),
        );
        writeFileSync(cert ?? '', one.cert);
        writeFileSync(key ?? '', one.key);
        writeFileSync(wrong ?? '', other.key);
        const lines = (keyFile = ''): Promise<readonly string[]> =>
          linesOf({ VALTRONICS_MQTT_CERT_FILE: cert ?? '', VALTRONICS_MQTT_KEY_FILE: keyFile });
        expect(await lines(key)).toEqual([]);
        expect(await lines(wrong)).toEqual([
          expect.stringMatching(/^VALTRONICS_MQTT_CERT_FILE: .* do not make a client certificate: /),
        ]);
      } finally {
        await Promise.all([folder.remove(), one.remove(), other.remove()]);
      }
    });
  });
});
