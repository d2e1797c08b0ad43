import { afterEach, expect, it } from '@jest/globals';
import { createCertificateExpiry } from '../../src/collectors/tls-expiry.ts';
import { makeCertificate } from '../support/certificate.ts';
import { startMosquitto, type MosquittoOptions } from '../support/mosquitto.ts';
import { recordingMetrics } from '../support/recording.ts';
import { describeWith, MOSQUITTO, OPENSSL } from '../support/require.ts';
import { freePort, waitFor, type RunningServer } from '../support/server.ts';
import { connectDevice, watchMqtt, type WatchOptions, type WatchedMqtt } from '../support/watched-mqtt.ts';

const cleanUp: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
});

async function watch(options: WatchOptions): Promise<WatchedMqtt> {
  const watched = await watchMqtt(options);
  cleanUp.push(() => watched.stop());
  return watched;
}

async function mosquitto(options: MosquittoOptions): Promise<RunningServer> {
  const server = await startMosquitto(options);
  cleanUp.push(() => server.stop());
  return server;
}

const connected = async (watched: WatchedMqtt): Promise<number | undefined> =>
  (await watched.family('valtronics_mqtt_connected'))[''];

describeWith([OPENSSL, MOSQUITTO], 'a guarded mosquitto', () => {
  it('refuses a wrong password and a missing user, in words, without the password', async () => {
    const { port } = await mosquitto({ users: { watch: 'right' } });
    const wrong = await watch({ url: `mqtt://watch:hunter2@127.0.0.1:${port}` });
    const nobody = await watch({ url: `mqtt://127.0.0.1:${port}` });
    const right = await watch({ url: `mqtt://watch:right@127.0.0.1:${port}` });
    await right.collect();
    const message = await wrong.failure();
    expect(message).toMatch(`mqtt://127.0.0.1:${port} refuses user "watch"`);
    expect(message).not.toContain('hunter2');
    expect(await nobody.failure()).toMatch('refuses clients without a user');
  });

  it('that hides $SYS costs only the statistics', async () => {
    const { port } = await mosquitto({
      users: { watch: 'right' },
      acl: ['user watch', 'topic readwrite valtronics/#'],
    });
    const watched = await watch({ url: `mqtt://watch:right@127.0.0.1:${port}`, patience: 200 });
    await watched.collect();
    expect(await watched.failure(watched.broker)).toMatch(
      /let user "watch" read \$SYS\/broker\/# in the broker’s ACL/,
    );
    expect(await watched.family('valtronics_broker_uptime_seconds')).toEqual({});
  });

  it('tells who took the session away', async () => {
    const { port } = await mosquitto({});
    const url = `mqtt://127.0.0.1:${port}`;
    const first = await watch({ url, clientId: 'same', backoff: { initial: 60_000, max: 60_000 } });
    await first.collect();
    const second = await watch({ url, clientId: 'same' });
    await second.collect();
    await waitFor('the first to lose it', async () =>
      (await first.failure()).includes('VALTRONICS_MQTT_CLIENT_ID'),
    );
    expect(await connected(first)).toBe(0);
    expect(await connected(second)).toBe(1);
  });

  it('is watched over TLS with a client certificate, and its certificate is recorded', async () => {
    const certificate = await makeCertificate(30);
    cleanUp.push(() => certificate.remove());
    const { certPath, keyPath } = certificate;
    const port = await freePort();
    await mosquitto({
      port,
      lines: [`certfile ${certPath}`, `keyfile ${keyPath}`, `cafile ${certPath}`, 'require_certificate true'],
    });
    const url = `mqtts://127.0.0.1:${port}`;
    const metrics = recordingMetrics();
    const expiry = createCertificateExpiry(metrics);
    const files = { ca: certPath, cert: certPath, key: keyPath };
    const watched = await watch({ url, files, onSecure: (target, socket) => expiry.record(target, socket) });
    await watched.collect();
    const client = await connectDevice(url, {
      ca: certificate.cert,
      cert: certificate.cert,
      key: certificate.key,
    });
    cleanUp.push(() => client.endAsync(true));
    const payload = JSON.stringify({ name: 't', value: 1, pad: 'x'.repeat(300_000) });
    for (let n = 0; n < 5; n += 1) await client.publishAsync('valtronics/A/telemetry', payload, { qos: 1 });
    await waitFor('the points', () => watched.fleet.points.length === 5);
    expect([...metrics.published.keys()]).toEqual(['valtronics_tls_certificate_expiry_timestamp_seconds']);

    const untrusting = await watch({ url });
    expect(await untrusting.failure()).toMatch(/self-signed certificate/);
    const plain = await watch({ url: `mqtt://127.0.0.1:${port}`, connectTimeout: 500 });
    expect(await plain.failure()).toMatch(`mqtt://127.0.0.1:${port}`);
    const missing = await watch({ url, files: { ca: `${certPath}.missing` } });
    expect(await missing.failure()).toMatch(/cannot be used: mqtt\.ca_file .*missing does not exist/);
  });
});
