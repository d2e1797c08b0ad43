import { afterEach, expect, it } from '@jest/globals';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { createClient } from '@redis/client';
import type { Collector } from '../../src/collectors/collector.ts';
import { createUnusableMessages } from '../../src/collectors/mqtt/unusable.ts';
import { createCollectors } from '../../src/collectors/sources.ts';
import { readCertificateEnd } from '../../src/collectors/tls-expiry-probe.ts';
import { loadSettings } from '../../src/config/load.ts';
import { CERTIFICATE_EXPIRY } from '../../src/metrics/catalogue/platform.ts';
import { attemptContext } from '../support/attempt.ts';
import { makeCertificate, type TestCertificate } from '../support/certificate.ts';
import { manualClock } from '../support/clock.ts';
import { startFakeApi } from '../support/fake-api.ts';
import { memoryState } from '../support/memory-state.ts';
import { startMosquitto } from '../support/mosquitto.ts';
import { createPlatformSchema } from '../support/platform-schema.ts';
import { presentCertificate, startPostgres } from '../support/postgres.ts';
import { recordingMqttFleet } from '../support/recording-mqtt-fleet.ts';
import {
  recordingAlertRows,
  recordingFleet,
  recordingLogger,
  recordingMetrics,
} from '../support/recording.ts';
import { startRedis } from '../support/redis.ts';
import { describeWith, MOSQUITTO, OPENSSL, POSTGRES, REDIS } from '../support/require.ts';
import { freePort, temporaryFolder, waitFor } from '../support/server.ts';

const HOUR = 3_600_000;

/** A source over TLS that can be given another certificate while its clients stay connected. */
interface Source {
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
  present(certificate: TestCertificate): Promise<void>;
}

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function certificate(days: number): Promise<TestCertificate> {
  const made = await makeCertificate(days);
  undo.push(made.remove);
  return made;
}

/** Files that hold the certificate of the day, in a place that does not change. */
async function certificateFiles(first: TestCertificate) {
  const folder = temporaryFolder('presented');
  undo.push(folder.remove);
  const paths = { cert: join(folder.path, 'cert.pem'), key: join(folder.path, 'key.pem') };
  const replace = async (next: TestCertificate): Promise<void> => {
    await copyFile(next.certPath, paths.cert);
    await copyFile(next.keyPath, paths.key);
  };
  await replace(first);
  return { ...paths, replace };
}

async function api(first: TestCertificate): Promise<Source> {
  const server = await startFakeApi({ tls: first });
  undo.push(() => server.stop());
  return {
    port: server.port,
    settings: { VALTRONICS_API_URL: server.url, VALTRONICS_API_CA_FILE: first.certPath },
    present: (next) => {
      server.present(next);
      return Promise.resolve();
    },
  };
}

async function postgres(first: TestCertificate): Promise<Source> {
  const server = await startPostgres();
  undo.push(() => server.stop());
  await presentCertificate(server, first);
  await server.createDatabase('valtronics_db');
  const client = await server.connect('valtronics_db');
  await createPlatformSchema(client);
  await client.end();
  return {
    port: server.port,
    settings: { VALTRONICS_DATABASE_URL: `${server.url('valtronics_db')}?sslmode=require` },
    present: (next) => presentCertificate(server, next),
  };
}

async function mosquitto(first: TestCertificate): Promise<Source> {
  const files = await certificateFiles(first);
  const port = await freePort();
  const server = await startMosquitto({
    port,
    lines: [
      `certfile ${files.cert}`,
      `keyfile ${files.key}`,
      `cafile ${first.certPath}`,
      'require_certificate true',
    ],
  });
  undo.push(() => server.stop());
  return {
    port,
    settings: {
      VALTRONICS_MQTT_URL: `mqtts://127.0.0.1:${port}`,
      VALTRONICS_MQTT_CA_FILE: first.certPath,
      VALTRONICS_MQTT_CERT_FILE: first.certPath,
      VALTRONICS_MQTT_KEY_FILE: first.keyPath,
    },
    present: async (next) => {
      await files.replace(next);
      server.process.kill('SIGHUP');
    },
  };
}

async function redis(first: TestCertificate): Promise<Source> {
  const files = await certificateFiles(first);
  const port = await freePort();
  const server = await startRedis({
    args: [
      ...['--tls-port', String(port), '--tls-auth-clients', 'no'],
      ...['--tls-cert-file', files.cert, '--tls-key-file', files.key, '--tls-ca-cert-file', first.certPath],
    ],
  });
  undo.push(() => server.stop());
  // As NODE_EXTRA_CA_CERTS does, which Node reads once.
  const trusted = getCACertificates();
  setDefaultCACertificates([...trusted, first.cert.toString()]);
  undo.push(() => {
    setDefaultCACertificates(trusted);
    return Promise.resolve();
  });
  return {
    port,
    settings: { VALTRONICS_REDIS_URL: `rediss://127.0.0.1:${port}` },
    present: async (next) => {
      await files.replace(next);
      const client = await createClient({ url: server.url }).connect();
      await client.configSet({ 'tls-cert-file': files.cert, 'tls-key-file': files.key });
      client.destroy();
    },
  };
}

/** The collector of the only source that is configured, on a clock that stands still. */
function watch(settings: Readonly<Record<string, string>>) {
  const metrics = recordingMetrics();
  const log = recordingLogger();
  const clock = manualClock();
  const [collector] = createCollectors({
    settings: loadSettings(settings).settings,
    version: '1.2.3',
    fleet: { ...recordingMqttFleet(), ...recordingFleet(), mqttAvailable: () => undefined },
    alertRows: recordingAlertRows(),
    unusable: createUnusableMessages({ logger: log }),
    metrics,
    state: memoryState(),
    logger: log,
    clock,
  });
  if (collector === undefined) throw new Error('no source is configured');
  const { target }: Collector = collector;
  undo.push(async () => collector.stop?.());
  const collect = async (): Promise<void> => (await collector.collect(attemptContext(30_000)))();
  const shown = (): number | undefined => metrics.gauge(CERTIFICATE_EXPIRY, target);
  return { collector, metrics, log, clock, collect, shown };
}

describeWith([OPENSSL, MOSQUITTO, POSTGRES, REDIS], 'a certificate that is renewed', () => {
  it.each([
    ['api', api],
    ['postgres', postgres],
    ['mqtt', mosquitto],
    ['redis', redis],
  ])('is seen within the hour on a connection that lives on: %s', async (name, start) => {
    const [old, renewed] = [await certificate(10), await certificate(90)];
    const source = await start(old);
    const { collector, collect, clock, shown, log } = watch(source.settings);
    const endpoint = { host: '127.0.0.1', port: source.port, postgres: name === 'postgres' };
    const client = { cert: old.cert, key: old.key };
    const presented = async (): Promise<number> => {
      // A handshake that is late or refused while the server takes its certificate is tried again.
      const end = await readCertificateEnd(
        { ...endpoint, client: () => client },
        AbortSignal.timeout(60_000),
      ).catch(() => undefined);
      return Date.parse(end ?? '') / 1000;
    };
    await waitFor('the first certificate', async () => (await presented()) === old.validTo / 1000);
    await collector.start?.();
    await collect();
    await waitFor('the certificate', () => shown() === old.validTo / 1000);

    await source.present(renewed);
    await waitFor('the renewed one', async () => (await presented()) === renewed.validTo / 1000);
    clock.advance(HOUR - 1);
    await collect();
    // The working connection is the one from before: it knows the old certificate only.
    expect(shown()).toBe(old.validTo / 1000);
    clock.advance(1);
    await collect();
    await waitFor('the renewed one is shown', () => shown() === renewed.validTo / 1000);
    await collect();
    expect(log.lines.filter((line) => line.includes('certificate cannot'))).toEqual([]);
  });
});
