import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:tls';
import { makeCertificate, type TestCertificate } from '../../test/support/certificate.ts';
import { describeWith, OPENSSL } from '../../test/support/require.ts';
import { recordingMetrics } from '../../test/support/recording.ts';
import { freePort } from '../../test/support/server.ts';
import { CERTIFICATE_EXPIRY } from '../metrics/catalogue/platform.ts';
import { createCertificateExpiry } from './tls-expiry.ts';

describeWith([OPENSSL], 'certificate expiry', () => {
  let certificate: TestCertificate;
  let server: Server;
  let port: number;
  beforeAll(async () => {
    certificate = await makeCertificate(10);
    server = createServer({ key: certificate.key, cert: certificate.cert }, (socket) =>
      socket.on('error', () => undefined),
    );
    port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await certificate.remove();
  });

  it('reads the certificate of a connected socket', async () => {
    const metrics = recordingMetrics();
    const socket = connect({ port, host: '127.0.0.1', ca: certificate.cert });
    await once(socket, 'secureConnect');
    createCertificateExpiry(metrics).record('https://x', socket);
    socket.destroy();
    const expiry = metrics.gauge(CERTIFICATE_EXPIRY, 'https://x') ?? 0;
    expect(Math.abs(expiry - (Date.now() / 1000 + 10 * 86_400))).toBeLessThan(3600);
  });

  it('keeps all targets, takes a renewal and ignores what is no time', () => {
    const metrics = recordingMetrics();
    const expiry = createCertificateExpiry(metrics);
    expiry.recordValidTo('a', 'Dec 22 00:00:00 2026 GMT');
    expiry.recordValidTo('b', 'Dec 23 00:00:00 2026 GMT');
    expiry.recordValidTo('a', 'Dec 24 00:00:00 2026 GMT');
    expiry.recordValidTo('a', 'never');
    expect(metrics.gauge(CERTIFICATE_EXPIRY, 'a')).toBe(Date.UTC(2026, 11, 24) / 1000);
    expect(metrics.gauge(CERTIFICATE_EXPIRY, 'b')).toBe(Date.UTC(2026, 11, 23) / 1000);
    expiry.forget('a');
    expect(metrics.published.get(CERTIFICATE_EXPIRY.name)).toHaveLength(1);
    expiry.forget('b');
    expect(metrics.published.has(CERTIFICATE_EXPIRY.name)).toBe(false);
  });
});
